"""What can stand in the catalogue."""

from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField
from booking.domain.workshops import comes_round
from tests.given import a_workshop


def test_a_title_in_two_lengths_is_enough():
    workshop = a_workshop()

    assert workshop.checked() is workshop


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"title": " "}, {"title": "required"}),
        ({"title": "A" * 121}, {"title": "too-long"}),
        ({"title": "Premiers\npas"}, {"title": "bad-characters"}),
        ({"short_title": ""}, {"short_title": "required"}),
        ({"short_title": "A" * 15}, {"short_title": "too-long"}),
        ({"objectives": "A" * 2001}, {"objectives": "too-long"}),
        ({"theme": "A" * 81}, {"theme": "too-long"}),
        ({"to_bring": "Un\x00crayon"}, {"to_bring": "bad-characters"}),
        ({"usual_minutes": 14}, {"usual_minutes": "out-of-range"}),
        ({"usual_minutes": 481}, {"usual_minutes": "out-of-range"}),
        ({"usual_capacity": 501}, {"usual_capacity": "out-of-range"}),
        ({"minimum": 9}, {"minimum": "out-of-range"}),
        ({"minimum": -1}, {"minimum": "out-of-range"}),
    ],
)
def test_a_field_that_cannot_stand_is_named(known, said):
    with pytest.raises(InvalidField) as refused:
        a_workshop(**({"short_title": "Premiers pas"} | known)).checked()

    assert refused.value.facts["fields"] == said


def test_objectives_may_have_several_lines():
    a_workshop(objectives="Allumer l’ordinateur\nTenir la souris").checked()


def test_every_problem_is_told_at_once():
    with pytest.raises(InvalidField) as refused:
        a_workshop(title="", short_title="", usual_capacity=0).checked()

    assert set(refused.value.facts["fields"]) == {"title", "short_title", "usual_capacity", "minimum"}


def test_a_workshop_comes_round_when_it_would_come_before_itself() -> None:
    one, other, third = a_workshop("Un"), a_workshop("Deux"), a_workshop("Trois")
    known = {one.id: (), other.id: (one.id,), third.id: (other.id,)}

    assert comes_round(replace(one, after=(third.id,)), known)
    assert not comes_round(replace(third, after=(one.id, other.id)), known)


def test_a_circle_of_others_is_not_its_own_fault() -> None:
    one, other, new = a_workshop("Un"), a_workshop("Deux"), a_workshop("Nouveau")

    assert not comes_round(replace(new, after=(one.id,)), {one.id: (other.id,), other.id: (one.id,)})
