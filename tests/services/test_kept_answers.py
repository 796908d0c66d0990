"""An answer, kept and told again: every booking and every refusal survives the database."""

from dataclasses import replace
from datetime import date

import pytest

from booking.domain import bookings as rules
from booking.domain.bookings import Booking, Party
from booking.domain.errors import Refused
from booking.domain.idempotency import once
from booking.domain.identifiers import new_id
from booking.services.answers import REFUSALS, answered_once, kept_booking, revived
from booking.storage import idempotency
from tests.given import NOW, World, in_days


def a_booking() -> Booking:
    return rules.book(new_id(NOW), new_id(NOW), new_id(NOW), by=new_id(NOW), now=NOW)


BOOKINGS = {
    "a seat": a_booking(),
    "a place on the waitlist": rules.waiting(a_booking()),
    "a seat after waiting": rules.waiting(a_booking()).promoted(in_days(1)),
    "an end": a_booking().cancelled(Party.SERVICE, 'Salle « inondée » \\ "eau" 💧', in_days(1)),
    "microseconds": replace(a_booking(), created_at=NOW.replace(microsecond=123456)),
}
KEPT = [kind for kind in REFUSALS.values() if kind is not Refused]


@pytest.mark.parametrize("booking", BOOKINGS.values(), ids=BOOKINGS)
def test_a_booking_is_told_again_as_it_was(booking):
    assert revived(kept_booking(booking)) == booking


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.code())
def test_every_refusal_is_raised_again_with_its_facts(kind):
    with pytest.raises(kind) as refused:
        revived({"refused": kind.code(), "facts": {"taken": 6, "fields": {"name": "required"}}})

    assert type(refused.value) is kind
    assert refused.value.facts == {"taken": 6, "fields": {"name": "required"}}


def test_no_two_refusals_share_a_code():
    subclasses = set(Refused.__subclasses__())

    assert len({kind.code() for kind in subclasses}) == len(subclasses)
    assert set(KEPT) <= subclasses


async def test_answers_survive_the_database_to_the_last_sign(world: World) -> None:
    for name, booking in BOOKINGS.items():
        key = once(world.adviser.id, name)
        async with world.db.transaction() as tx:
            assert await idempotency.claim(tx, key, NOW) is None
            await idempotency.settle(tx, key, kept_booking(booking))

        async with world.db.transaction() as tx:
            kept = await idempotency.claim(tx, key, NOW)

        assert revived(kept) == booking


async def test_the_facts_of_a_refusal_are_kept_in_plain_words(world: World) -> None:
    key, session_id = once(world.adviser.id, "k"), new_id(NOW)
    facts = {"session_id": session_id, "on": date(2026, 11, 2), "at": NOW, "state": Party.SERVICE, "ids": [session_id]}

    async def refuse(tx) -> Booking:
        raise REFUSALS["session-full"](**facts)

    for _ in range(2):
        with pytest.raises(REFUSALS["session-full"]) as refused:
            await answered_once(world.db, key, NOW, refuse)

    assert refused.value.facts == {
        "session_id": str(session_id),
        "on": "2026-11-02",
        "at": "2026-10-19T08:00:00+00:00",
        "state": "service",
        "ids": [str(session_id)],
    }
