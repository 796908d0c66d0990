"""The ledger sees what is missing, and what is too many."""

from uuid import UUID, uuid4

from tests.failover.ledger import Ledger, Verdict

PLACE = (uuid4(), uuid4())
HERE, GONE, STRANGE = uuid4(), uuid4(), uuid4()


def a_ledger() -> Ledger:
    ledger = Ledger()
    ledger.booked(HERE, PLACE, "a", 1)
    ledger.booked(GONE, PLACE, "b", 2)
    ledger.cancelled(GONE, 5)
    return ledger


def rows() -> dict[UUID, tuple[tuple[UUID, UUID], bool]]:
    return {HERE: (PLACE, True), GONE: (PLACE, False)}


def test_what_is_there_as_it_was_told_is_well() -> None:
    assert a_ledger().judge(rows()).is_well


def test_a_booking_that_is_not_there_is_lost() -> None:
    assert a_ledger().judge({GONE: (PLACE, False)}) == Verdict(lost=1, doubled=0)


def test_a_cancellation_that_is_forgotten_is_lost() -> None:
    assert a_ledger().judge(rows() | {GONE: (PLACE, True)}) == Verdict(lost=1, doubled=0)


def test_a_booking_in_another_place_is_lost() -> None:
    assert a_ledger().judge(rows() | {HERE: ((uuid4(), PLACE[1]), True)}) == Verdict(lost=1, doubled=0)


def test_a_booking_that_nobody_was_told_of_is_one_too_many() -> None:
    assert a_ledger().judge(rows() | {STRANGE: (PLACE, True)}) == Verdict(lost=0, doubled=1)


def test_silence_is_counted_to_the_end_of_the_fault() -> None:
    assert a_ledger().longest_silence(1.5, 9) == 4
