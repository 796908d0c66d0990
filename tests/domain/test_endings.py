"""How a session ends before its time: with a reason, and with something to become of its people."""

import pytest

from booking.domain.endings import End, Then
from booking.domain.errors import InvalidField
from booking.domain.identifiers import new_id
from tests.given import NOW

ELSEWHERE = new_id(NOW)


def problems(**known: object) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        End(**({"because": "Salle inondée"} | known)).checked()
    return refused.value.facts["fields"]


def test_who_ends_a_session_only_tells_its_people_unless_he_says_more():
    assert End(because="Salle inondée").checked() == End(because="Salle inondée", then=Then.TELL, must_fit=False)


def test_the_reason_stands_in_letters_without_the_blanks_around_it():
    assert End(because="  Salle inondée ").checked().because == "Salle inondée"


@pytest.mark.parametrize(
    ("because", "code"),
    [("", "required"), ("   ", "required"), ("A" * 201, "too-long"), ("Salle\x00", "bad-characters")],
)
def test_people_are_owed_a_reason_that_can_be_printed(because, code):
    assert problems(because=because) == {"because": code}


def test_a_reason_may_have_two_hundred_signs():
    assert End(because="A" * 200).checked().because == "A" * 200


def test_people_are_moved_somewhere():
    assert problems(then=Then.MOVE) == {"into": "required"}
    assert End(because="Panne", then=Then.MOVE, into=ELSEWHERE, must_fit=True).checked().into == ELSEWHERE


@pytest.mark.parametrize("then", [Then.TELL, Then.OFFER])
def test_who_is_only_told_is_moved_nowhere(then):
    assert problems(then=then, into=ELSEWHERE) == {"into": "unknown-choice"}
    assert End(because="Panne", then=then).checked().then is then


def test_both_problems_are_told_at_once():
    assert problems(because="", then=Then.MOVE) == {"because": "required", "into": "required"}
