"""Whoever joins a cycle on its way comes from the next meeting on, and is told and reminded of that."""

import pytest
from sqlalchemy import delete

from booking.domain.attendance import Mark
from booking.domain.errors import NotSeated, SessionClosed
from booking.domain.messages import MessageKind
from booking.services import bookings, doctor, messages, reconciling
from booking.storage import outbox
from booking.storage.tables import messages as message_rows
from tests.given import World, in_days
from tests.given_cycles import a_cycle, expected, mark, workshop_with

DAYS = (1, 8, 15)
LATE = in_days(1, 3)


async def test_one_joins_until_the_set_meeting_and_not_after(world: World) -> None:
    await workshop_with(world, join_until=2, cutoff_hours=24)
    cycle = await a_cycle(world, days=DAYS)

    await world.booked(cycle, now=in_days(6.9))
    with pytest.raises(SessionClosed):
        await world.booked(cycle, now=in_days(7))


async def test_a_late_joiner_is_expected_from_the_next_meeting_on_only(world: World) -> None:
    await workshop_with(world, join_until=3)
    cycle = await a_cycle(world, days=DAYS)
    early, late = await world.booked(cycle), await world.booked(cycle, now=LATE)

    assert set(await expected(world, cycle, 1)) == {early.id}
    assert set(await expected(world, cycle, 2)) == {early.id, late.id}
    with pytest.raises(NotSeated):
        await mark(world, cycle, 1, late, Mark.ATTENDED, at=in_days(1, 4))
    assert await doctor.examine(world.db, now=LATE) == []


async def test_his_letter_names_the_meetings_ahead(world: World) -> None:
    await workshop_with(world, join_until=3)
    cycle = await a_cycle(world, days=DAYS)
    late = await world.booked(cycle, now=LATE)

    letter = await messages.letter(world.db, late.id, by=world.adviser, now=LATE)

    assert "mardi 27 octobre" in letter.words.body and "L’atelier a 2 séances" in letter.words.body
    assert "Mardi 20 octobre" not in letter.words.body and "mardi 20 octobre" not in letter.words.body


async def test_his_reminder_is_planned_again_when_it_is_lost_and_never_twice(world: World) -> None:
    await workshop_with(world, join_until=3)
    cycle = await a_cycle(world, days=DAYS)
    late = await world.booked(cycle, now=LATE)
    assert (await reconciling.reconcile(world.db, LATE)).count == 0

    async with world.db.transaction() as tx:
        await tx.run(delete(message_rows).where(message_rows.c.kind == MessageKind.REMINDER))
    healed = await reconciling.reconcile(world.db, LATE)

    async with world.db.reading() as tx:
        found = [m for m in await outbox.of_booking(tx, late.id) if m.kind is MessageKind.REMINDER]
    assert (healed.missing, [message.rule for message in found]) == (1, ["d1"])
    assert (await reconciling.reconcile(world.db, LATE)).count == 0


async def test_who_comes_back_after_a_slip_keeps_his_place_from_then_on(world: World) -> None:
    cycle = await a_cycle(world, days=DAYS)
    booking = await world.booked(cycle)
    await bookings.cancel(world.db, booking.id, party="adviser", by=world.adviser, now=in_days(1, 1))

    await bookings.restore(world.db, booking.id, by=world.adviser, now=in_days(1, 1.2))

    assert [await expected(world, cycle, n) for n in (1, 2)] == [[], [booking.id]]
