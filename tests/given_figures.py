"""Figures as a seeded life leaves them, and the same figures counted from the rows by plain SQL of the test's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import text

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import Party
from booking.domain.errors import Refused
from booking.domain.sessions import Session
from booking.services import attendance, bookings, counting, scheduling, sealing
from booking.storage.database import Database
from tests.given import NOW, SITE, World, in_days, meeting

COUNTED = """
    SELECT s.id AS id, s.capacity + s.allowance AS seats,
        count(*) FILTER (WHERE b.is_seat) AS seated,
        count(*) FILTER (WHERE b.is_seat AND b.present > 0) AS came,
        count(*) FILTER (WHERE b.is_seat AND b.present = 0 AND b.absent > 0) AS absent,
        count(*) FILTER (WHERE b.is_seat AND b.present = 0 AND b.absent = 0 AND b.excused > 0) AS excused,
        count(*) FILTER (WHERE b.is_seat AND b.state = 'booked' AND b.present > 0 AND b.present >= (
            SELECT count(*) FROM meetings m WHERE m.session_id = s.id AND m.starts_at > b.created_at)) AS finished,
        count(*) FILTER (WHERE b.cancelled_by = 'person' AND b.is_lost) AS cancelled_person,
        count(*) FILTER (WHERE b.cancelled_by = 'adviser' AND b.is_lost) AS cancelled_adviser,
        count(*) FILTER (WHERE b.cancelled_by = 'service' AND b.is_lost) AS cancelled_service
    FROM sessions s LEFT JOIN (
        SELECT p.*,
            p.state IN ('booked', 'held', 'offered') OR p.present + p.absent + p.excused > 0 AS is_seat,
            p.present + p.absent + p.excused = 0 AND p.cancelled_because NOT IN (
                'hold-over', 'offer-over', 'session-began', 'moved', 'duplicate', 'made-up', 'meeting-gone',
                'not-there', 'absences') AS is_lost
        FROM (
            SELECT x.*, count(CASE WHEN a.mark IN ('attended', 'late', 'left_early') THEN 1 END) AS present,
                count(CASE WHEN a.mark = 'absent' THEN 1 END) AS absent,
                count(CASE WHEN a.mark = 'excused' THEN 1 END) AS excused
            FROM bookings x LEFT JOIN attendance a ON a.booking_id = x.id
            WHERE x.makes_up_id IS NULL GROUP BY x.id
        ) AS p
    ) AS b ON b.session_id = s.id
    WHERE s.state IN ('open', 'held') AND s.starts_at <= :now GROUP BY s.id
"""
NAMES = ("seats", "seated", "came", "absent", "excused", "finished", "cancelled_person", "cancelled_adviser",
         "cancelled_service")  # fmt: skip
KEPT = f"SELECT session_id AS id, {', '.join(NAMES)} FROM session_figures WHERE is_begun AND called_off = 0"
TABLES = ("session_figures", "figures", "person_steps", "step_figures", "referral_figures")


async def counted(world: World, now: datetime) -> int:
    """As the clock does it: seal what was written, then count."""
    await sealing.seal(world.db, now, site=SITE)
    return await counting.follow(world.db, now)


async def kept(db: Database) -> dict[str, Any]:
    """The figures of each begun session."""
    async with db.reading() as tx:
        return {str(row.id): [getattr(row, name) for name in NAMES] for row in await tx.rows(text(KEPT))}


async def by_sql(db: Database, now: datetime) -> dict[str, Any]:
    """The same, counted from bookings and presences."""
    value: Any = now if db.dialect == "postgresql" else int(now.timestamp() * 1_000_000)
    async with db.reading() as tx:
        rows = await tx.rows(text(COUNTED).bindparams(now=value))
        return {str(row.id): [getattr(row, name) for name in NAMES] for row in rows}


async def everything(db: Database) -> dict[str, Any]:
    """Every row of every table of figures, but the mark."""
    async with db.reading() as tx:
        return {
            name: sorted(str(tuple(row)) for row in await tx.rows(text(f"SELECT * FROM {name}"))) for name in TABLES
        }


async def some_sessions(world: World, how_many: int = 4) -> list[Session]:
    """Cycles of two meetings and single ones, some days apart."""
    plans = [[meeting(in_days(2 + n)), *([meeting(in_days(2 + n, 4))] if n % 2 else [])] for n in range(how_many)]
    return [await world.session(*plan, capacity=4) for plan in plans]


async def live(world: World, sessions: Sequence[Session], seed: int, deeds: int) -> None:
    """Random deeds, each as somebody would do it; what is refused did not happen."""
    chance = Random(seed)
    people = [await world.job_seeker(f"Personne{n}") for n in range(6)]
    made: list[Any] = []
    for n in range(deeds):
        session, now = chance.choice(sessions), NOW + timedelta(minutes=n)
        try:
            await _one(world, chance, session, chance.choice(people), made, now)
        except Refused:
            continue


async def _one(world: World, chance: Random, session: Session, person: Any, made: list[Any], now: datetime) -> None:
    deed = chance.choice(["book", "book", "book", "cancel", "mark", "mark", "mark", "correct", "call off"])
    by = {"by": world.manager}
    if deed == "book" or not made:
        made.append(await world.booked(session, person, now))
        return
    booking = chance.choice(made)
    if deed == "cancel":
        await bookings.cancel(world.db, booking.id, party=chance.choice(list(Party)), **by, now=now)
    elif deed == "call off" and chance.random() < 0.2:
        await scheduling.cancel(world.db, session.id, because="panne", **by, site=SITE, now=now)
    else:
        (of,) = [one for one in [session] if one.id == booking.session_id] or [None]
        if of:
            mark = chance.choice([*Mark, None]) if deed == "correct" else chance.choice(list(Mark))
            reason = Reason.ILL if mark is Mark.EXCUSED else None
            at = chance.choice(of.meetings)
            await attendance.mark(world.db, at.id, booking.id, mark, reason=reason, **by, now=in_days(9))
