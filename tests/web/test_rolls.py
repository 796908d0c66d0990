"""The roll as it is tapped: who was changed, who stays as he was, and who counts as what."""

from types import SimpleNamespace
from uuid import UUID

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.identifiers import new_id
from booking.services.attendance import Marked
from booking.services.rosters import Expected, Roll
from booking.web.forms import Form
from booking.web.pages.marks import changes, counts
from tests.given import NOW

AWA, BINTA = new_id(NOW), new_id(NOW)
NOTHING = (None, None)


def expected(booking_id: UUID, mark: Mark | None = None, reason: Reason | None = None) -> Expected:
    about = {"first_name": "Awa", "last_name": "Diallo", "needs": frozenset(), "mark": mark, "reason": reason}
    return Expected(booking_id=booking_id, job_seeker_id=booking_id, **about)


ROLL = Roll(meeting=SimpleNamespace(), expected=[expected(AWA), expected(BINTA)], others=(), has_full_names=True)


def row(who: UUID = AWA, *, was: str = "", wasreason: str = "", **said: str) -> list[tuple[str, str]]:
    return [(f"{name}.{who}", value) for name, value in {"was": was, "wasreason": wasreason, **said}.items()]


def changed(*rows: list[tuple[str, str]], **more: str) -> dict[UUID, Marked]:
    return changes(Form([pair for one in rows for pair in one] + list(more.items())), ROLL)[0]


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ({"mark": "attended"}, (Mark.ATTENDED, None)),
        ({"mark": "late"}, (Mark.LATE, None)),
        ({"mark": "absent"}, (Mark.ABSENT, None)),
        ({"mark": "attended", "left": "1"}, (Mark.LEFT_EARLY, None)),
        ({"mark": "absent", "why": "ill"}, (Mark.EXCUSED, Reason.ILL)),
        ({"mark": "excused"}, (Mark.EXCUSED, None)),
        # What refines another answer says nothing of this one.
        ({"mark": "late", "left": "1"}, (Mark.LATE, None)),
        ({"mark": "attended", "why": "ill"}, (Mark.ATTENDED, None)),
    ],
)
def test_three_big_answers_and_what_refines_them_make_a_mark(said, mark):
    assert changed(row(**said)) == {AWA: mark}


def test_a_row_that_was_not_touched_is_left_alone():
    same = row(was="absent", mark="absent"), row(BINTA)

    assert changed(*same) == {}


def test_another_reason_is_a_change_of_who_stays_excused():
    was = {"was": "excused", "wasreason": "ill", "mark": "absent"}

    assert changed(row(**was, why="ill")) == {}
    assert changed(row(**was, why="job")) == {AWA: (Mark.EXCUSED, Reason.JOB)}


def test_what_had_stood_there_is_told_too_so_that_nobody_is_overwritten():
    sent = Form(row(was="late", mark="absent"))

    assert changes(sent, ROLL)[1] == {AWA: (Mark.LATE, None)}


def test_a_mark_is_taken_back():
    rows = row(was="absent", mark="absent"), row(BINTA, was="late", mark="late")

    assert changed(*rows, clear=str(AWA)) == {AWA: NOTHING}


def test_all_the_others_are_present_with_one_tap():
    rows = row(mark="absent"), row(BINTA)

    assert changed(*rows, action="others") == {AWA: (Mark.ABSENT, None), BINTA: (Mark.ATTENDED, None)}


def test_who_was_marked_before_is_not_one_of_the_others():
    rows = row(was="late", mark="late"), row(BINTA, was="absent", mark="absent")

    assert changed(*rows, action="others") == {}


def test_whose_mark_is_taken_back_is_not_one_of_the_others():
    assert changed(row(was="late", mark="late"), action="others", clear=str(AWA)) == {AWA: NOTHING}


def test_who_came_onto_the_roll_since_the_page_was_opened_is_left_alone():
    assert changed(row(), action="others") == {AWA: (Mark.ATTENDED, None)}


def test_a_mark_that_there_is_not_is_no_mark():
    sent = Form(row(was="late", mark="asleep"))

    assert changes(sent, ROLL)[0] == {AWA: NOTHING}
    assert sent.problems.found == {f"mark.{AWA}": "unknown-choice"}


def test_everybody_is_counted_once():
    marks = [Mark.ATTENDED, Mark.LEFT_EARLY, Mark.LATE, Mark.ABSENT, Mark.EXCUSED, Mark.EXCUSED, None]

    found = counts([expected(new_id(NOW), mark) for mark in marks])

    assert found == {"present": 2, "late": 1, "absent": 3, "open": 1}
    assert sum(found.values()) == len(marks)
