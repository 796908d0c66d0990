"""What a workshop asks for, against what is known of a person: only what is known to be missing counts."""

import pytest

from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Need
from booking.domain.prerequisites import Missing, beyond, missing
from booking.domain.workshops import Level, Skill
from tests.given import NOW, a_workshop

FIRST, SECOND = new_id(NOW), new_id(NOW)


@pytest.mark.parametrize("level", [Level.INTERMEDIATE, Level.ADVANCED])
def test_who_never_used_a_computer_begins_with_the_beginners(level):
    assert beyond(level, (), {Need.NEVER_USED_COMPUTER}) == [Missing(level=level)]
    assert beyond(Level.BEGINNER, (), {Need.NEVER_USED_COMPUTER}) == []


def test_other_needs_say_nothing_of_the_level():
    assert beyond(Level.ADVANCED, (), set(Need) - {Need.NEVER_USED_COMPUTER}) == []


@pytest.mark.parametrize(
    ("need", "lacked"),
    [
        (Need.NEVER_USED_COMPUTER, {Skill.USES_MOUSE, Skill.USES_KEYBOARD}),
        (Need.READS_LITTLE, {Skill.READS_FRENCH, Skill.WRITES_FRENCH}),
        (Need.HEARS_LITTLE, set()),
        (Need.ACCESSIBLE_PLACE, set()),
    ],
)
def test_a_need_tells_which_skills_somebody_cannot_have_yet(need, lacked):
    found = beyond(Level.BEGINNER, list(Skill), {need})

    assert {one.skill for one in found} == lacked


def test_a_skill_that_is_not_asked_for_is_not_missed():
    assert beyond(Level.BEGINNER, [Skill.HAS_EMAIL], {Need.READS_LITTLE}) == []


def test_nothing_is_known_to_be_missing_of_who_said_nothing():
    assert beyond(Level.ADVANCED, list(Skill), ()) == []


def test_a_workshop_that_comes_before_is_missed_until_it_was_done():
    workshop = a_workshop(after=(FIRST, SECOND))

    assert missing(workshop, (), ()) == [Missing(workshop_id=FIRST), Missing(workshop_id=SECOND)]
    assert missing(workshop, (), {FIRST}) == [Missing(workshop_id=SECOND)]
    assert missing(workshop, (), {FIRST, SECOND}) == []


def test_everything_missing_is_told_at_once_the_level_first():
    workshop = a_workshop(level=Level.ADVANCED, skills=(Skill.USES_MOUSE, Skill.HAS_EMAIL), after=(FIRST,))

    found = missing(workshop, {Need.NEVER_USED_COMPUTER}, ())

    assert [one.facts for one in found] == [
        {"level": "advanced"},
        {"skill": "uses_mouse"},
        {"workshop_id": str(FIRST)},
    ]
