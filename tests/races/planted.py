"""Races planted on purpose, as other programs have them: a harness that does not find these proves nothing."""

from sqlalchemy import text

from booking.domain import bookings as rules
from booking.domain.bookings import Booking
from booking.domain.errors import SessionFull
from booking.storage import audit, bookings, sessions
from booking.storage.database import Database, Tx
from tests.given import HOUR, NOW
from tests.races import acts
from tests.races.acts import Told, Try
from tests.races.crew import Meet

OVERLAP = "ex_job_seeker_times_overlap"


async def count_then_book(db: Database, tried: Try) -> None:
    """Count who sits there; if there is a seat, take it, hours or microseconds later."""
    booking = await _counted(db, tried)
    async with db.transaction() as tx:
        await _write(tx, tried, booking)


async def count_then_hold(db: Database, tried: Try) -> None:
    """The same, with a deadline."""
    booking = rules.held(await _counted(db, tried), NOW + HOUR)
    async with db.transaction() as tx:
        await _write(tx, tried, booking)


async def _counted(db: Database, tried: Try) -> Booking:
    session_id, person_id = tried.who
    async with db.reading() as tx:
        session = await sessions.load(tx, session_id)
        taken = len(await bookings.seated(tx, session_id))
    if taken >= session.capacity:
        raise SessionFull
    return rules.book(session_id, person_id, session.agency_id, by=tried.by.id, now=NOW)


async def _write(tx: Tx, tried: Try, booking: Booking) -> None:
    if tx.dialect == "sqlite":
        await tx.run(text("PRAGMA ignore_check_constraints = ON"))
    await bookings.add(tx, booking)
    await sessions.count(tx, booking.session_id, taken=1)
    await audit.record(tx, tried.by, "booked", "booking", booking.id, NOW, booking.agency_id)


async def without_the_seat_rule(db: Database) -> None:
    """Drop the CHECK; on SQLite each connection is told to pass it over."""
    if db.dialect == "postgresql":
        await _say(db, "ALTER TABLE sessions DROP CONSTRAINT ck_sessions_seats")


async def without_the_overlap_rule(db: Database) -> None:
    """Let one person sit in two places."""
    if db.dialect == "postgresql":
        await _say(db, f"ALTER TABLE job_seeker_times DROP CONSTRAINT {OVERLAP}")
    else:
        await _say(db, f"DROP TRIGGER {OVERLAP}_insert")


async def without_the_place_rule(db: Database) -> None:
    """Let one room be in two places; PostgreSQL only."""
    await _say(db, "ALTER TABLE occupancies DROP CONSTRAINT ex_occupancies_overlap")


async def _say(db: Database, command: str) -> None:
    async with db.transaction() as tx:
        await tx.run(text(command))


async def try_planted(db: Database, rounds: list[list[Try]], meet: Meet) -> list[list[Told]]:
    """The rounds, with a deed that the product does not know."""
    acts.WHAT |= {"count_then_book": count_then_book, "count_then_hold": count_then_hold}
    return await acts.try_in_step(db, rounds, meet)
