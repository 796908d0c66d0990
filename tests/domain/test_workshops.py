"""What can stand in the catalogue."""

import pytest

from booking.domain.errors import InvalidField
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
