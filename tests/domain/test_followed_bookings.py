"""The next step for a booking, from its outcome and what else is known."""

from dataclasses import replace

import pytest

from booking.domain.bookings import DUPLICATE, MOVED, Party, book
from booking.domain.followed_bookings import AHEAD, URGENT, Facts, Standing, Step, next_step
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from tests.given import NOW

BOOKING = book(*(new_id(NOW) for _ in range(3)), by=new_id(NOW), now=NOW)
STAMPS = {"created_at": NOW, "changed_at": NOW}
NOBODY_REACHES = JobSeeker(id=new_id(NOW), agency_id=new_id(NOW), first_name="Awa", last_name="Sow", **STAMPS)
REACHED = replace(NOBODY_REACHES, phone="+33639980001")


def step(outcome: Standing, **known: object) -> Step:
    usual = {"booking": BOOKING, "person": REACHED} | known
    return next_step(Facts(outcome=outcome, **usual))  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", Standing)
def test_every_outcome_has_a_step(outcome: Standing):
    assert step(outcome, has_next=True) in Step


def test_who_gets_nothing_by_himself_is_handed_the_paper():
    assert step(Standing.COMING) is Step.NOTHING
    assert step(Standing.COMING, person=NOBODY_REACHES) is Step.HAND_PAPER


@pytest.mark.parametrize("outcome", [Standing.ABSENT, Standing.CAME, Standing.CANCELLED])
def test_another_place_in_the_workshop_settles_it(outcome: Standing):
    assert step(outcome) is not Step.NOTHING
    assert step(outcome, has_other_place=True) is Step.NOTHING


def test_who_asks_for_another_date_is_answered_whatever_else_he_has():
    assert step(Standing.WISHES_OTHER, has_other_place=True) is Step.OFFER_OTHER_DATE


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"cancelled_by": Party.PERSON}, Step.OFFER_OTHER_DATE),
        ({"cancelled_by": Party.SERVICE}, Step.OFFER_OTHER_DATE),
        ({"cancelled_by": Party.ADVISER}, Step.NOTHING),
        ({"cancelled_by": Party.SERVICE, "cancelled_because": MOVED}, Step.NOTHING),
        ({"cancelled_by": Party.SERVICE, "cancelled_because": DUPLICATE}, Step.NOTHING),
    ],
)
def test_a_place_lost_is_replaced_unless_nothing_was_lost(known: dict[str, object], expected: Step):
    assert step(Standing.CANCELLED, booking=replace(BOOKING, **known)) is expected  # type: ignore[arg-type]


def test_the_next_workshop_is_offered_only_where_there_is_one():
    assert step(Standing.FINISHED) is Step.NOTHING
    assert step(Standing.FINISHED, has_next=True) is Step.OFFER_NEXT


def test_who_was_offered_a_seat_is_called_for_his_answer_whatever_else_he_has():
    assert step(Standing.OFFERED, has_other_place=True) is Step.CALL_FOR_ANSWER
    assert step(Standing.HELD, has_other_place=True) is Step.CONFIRM
    assert step(Standing.NOT_MARKED, has_other_place=True) is Step.ASK_WHETHER_CAME


def test_who_waits_is_waited_with():
    assert step(Standing.WAITING) is step(Standing.WAITING, has_next=True) is Step.NOTHING


def test_who_needs_an_answer_comes_first_and_every_outcome_has_one_place():
    over = set(Standing) - {*URGENT, *AHEAD}

    assert {*URGENT} == {Standing.WISHES_OTHER, Standing.OFFERED}
    assert {*AHEAD} == {Standing.HELD, Standing.COMING, Standing.WAITING}
    assert over == {Standing.NOT_MARKED, Standing.CAME, Standing.FINISHED, Standing.ABSENT, Standing.CANCELLED}
