"""What the reconciler would heal, looked at without healing it."""

from sqlalchemy import delete, update

from booking.domain.messages import MessageKind
from booking.domain.sessions import Session
from booking.services import reconciling
from booking.services.reconciling import look, reconcile
from booking.storage.tables import bookings, messages
from tests.given import NOW, World, in_days, meeting


async def forgotten(world: World, days: int) -> Session:
    """A session for one person whose reminders were lost."""
    session = await world.session(meeting(in_days(days)))
    await world.booked(session, await world.job_seeker())
    async with world.db.transaction() as tx:
        lost = (messages.c.session_id == session.id, messages.c.kind == MessageKind.REMINDER)
        await tx.run(delete(messages).where(*lost))
    return session


async def test_where_nothing_is_missing_nothing_is_told(world: World) -> None:
    await world.booked(await world.session())

    found = await look(world.db, NOW, first=20)

    assert (found.count, found.sessions, found.first) == (0, 0, [])


async def test_what_is_missing_is_what_would_be_planned(world: World) -> None:
    await forgotten(world, 14)

    found = await look(world.db, NOW, first=20)
    healed = await reconcile(world.db, NOW)

    assert (found.missing, found.stale) == (healed.missing, healed.stale) == (2, 0)
    assert (await look(world.db, NOW, first=20)).count == 0


async def test_what_speaks_of_an_earlier_seat_is_stale(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)
    async with world.db.transaction() as tx:
        await tx.run(update(bookings).where(bookings.c.id == booking.id).values(sequence=7))

    found = await look(world.db, NOW, first=20)
    healed = await reconcile(world.db, NOW)

    assert (found.missing, found.stale) == (healed.missing, healed.stale) == (2, 2)
    assert [(lack.listed.session.id, lack.missing, lack.stale) for lack in found.first] == [(session.id, 2, 2)]


async def test_the_next_sessions_are_named_first(world: World, monkeypatch) -> None:
    for size in ("SESSIONS", "PAGE"):
        monkeypatch.setattr(reconciling, size, 1)
    _, next_one, _ = await forgotten(world, 15), await forgotten(world, 14), await forgotten(world, 15)

    found = await look(world.db, NOW, first=1)

    assert (found.sessions, [lack.listed.session.id for lack in found.first]) == (3, [next_one.id])
