"""The line for the seats of one session: who waits for it, and who waits for any session of its workshop there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Text, bindparam, select, text

from booking.domain.sessions import Session
from booking.domain.waits import Skip, Wait
from booking.storage.columns import Flag, Id, Instant
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import made
from booking.storage.tables import skips

BOOKING, WAIT = "booking", "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """Somebody in the line, by a booking on the waitlist or a wait for the workshop (``kind``).

    ``is_excused``: a missing prerequisite has its reason. The last three say why he would be passed over now.
    """

    id: UUID
    kind: str
    job_seeker_id: UUID
    agency_id: UUID
    priority: int
    waiting_since: datetime
    is_excused: bool
    is_elsewhere: bool
    has_seat: bool
    has_declined: bool

    @property
    def skip(self) -> Skip | None:
        """Why he is passed over, as far as the database knows."""
        reasons = ((self.has_declined, Skip.DECLINED), (self.has_seat, Skip.HAS_A_SEAT))
        reasons += ((self.is_elsewhere, Skip.ELSEWHERE),)
        return next((reason for is_so, reason in reasons if is_so), None)


_LINE = text("""
    SELECT line.id, line.kind, line.job_seeker_id, line.agency_id, line.priority, line.waiting_since, line.is_excused,
           EXISTS (
               SELECT 1 FROM job_seeker_times t JOIN meetings m ON m.session_id = :session AND m.starts_at > :now
               AND t.starts_at < m.ends_at AND t.ends_at > m.starts_at WHERE t.job_seeker_id = line.job_seeker_id
           ) OR EXISTS (
               SELECT 1 FROM job_seekers p JOIN occupancies o ON o.holder_id = p.staff_id
               JOIN meetings m ON m.session_id = :session AND m.starts_at > :now
               AND o.starts_at < m.ends_at AND o.ends_at > m.starts_at WHERE p.id = line.job_seeker_id
           ) AS is_elsewhere,
           EXISTS (
               SELECT 1 FROM bookings o JOIN sessions s ON s.id = o.session_id AND s.state = 'open'
               WHERE o.job_seeker_id = line.job_seeker_id AND s.workshop_id = :workshop AND o.session_id <> :session
               AND o.state IN ('held', 'booked', 'offered') AND o.makes_up_id IS NULL
           ) AS has_seat,
           EXISTS (
               SELECT 1 FROM skips k WHERE k.session_id = :session AND k.waiter_id = line.id AND k.reason = 'declined'
           ) AS has_declined
    FROM (
        SELECT id, 'booking' AS kind, job_seeker_id, agency_id, priority, waiting_since,
               overridden_because IS NOT NULL AS is_excused
        FROM bookings WHERE session_id = :session AND state = 'waitlisted'
        UNION ALL
        SELECT w.id, 'wait', w.job_seeker_id, w.agency_id, w.priority, w.waiting_since,
               w.overridden_because IS NOT NULL
        FROM waits w JOIN wait_agencies a ON a.wait_id = w.id AND a.agency_id = :agency
        WHERE w.workshop_id = :workshop AND w.state = 'waiting' AND NOT EXISTS (
            SELECT 1 FROM bookings b
            WHERE b.session_id = :session AND b.job_seeker_id = w.job_seeker_id AND b.state <> 'cancelled')
    ) AS line ORDER BY line.priority, line.waiting_since, line.id
""").columns(
    id=Id,
    kind=Text,
    job_seeker_id=Id,
    agency_id=Id,
    priority=Integer,
    waiting_since=Instant,
    is_excused=Flag,
    is_elsewhere=Flag,
    has_seat=Flag,
    has_declined=Flag,
)
_LINE_OF = _LINE.bindparams(
    bindparam("session", type_=Id),
    bindparam("workshop", type_=Id),
    bindparam("agency", type_=Id),
    bindparam("now", type_=Instant),
)


async def of_session(tx: Tx, session: Session, now: datetime) -> list[Waiter]:
    """Everybody in the line in turn: priority first, then time; the id settles a tie, and grows with time itself."""
    known = {"session": session.id, "workshop": session.workshop_id, "agency": session.agency_id, "now": now}
    return [made(Waiter, row) for row in await tx.rows(_LINE_OF, known)]


async def note(tx: Tx, session_id: UUID, passed: Sequence[tuple[Waiter | Wait, Skip]], now: datetime) -> None:
    """Write who was passed over and why; what is known already stays, with its time."""
    lines = [
        {"session_id": session_id, "waiter_id": w.id, "job_seeker_id": w.job_seeker_id, "reason": reason, "at": now}
        for w, reason in passed
    ]
    if lines:
        await tx.run(INSERT[tx.dialect](skips).on_conflict_do_nothing(), lines)


async def skipped(tx: Tx, session_id: UUID) -> dict[UUID, list[tuple[Skip, datetime]]]:
    """Who was passed over in this session, by booking or wait, with the reasons and when."""
    wanted = select(skips).where(skips.c.session_id == session_id).order_by(skips.c.at)
    found: dict[UUID, list[tuple[Skip, datetime]]] = {}
    for row in await tx.rows(wanted):
        found.setdefault(row.waiter_id, []).append((Skip(row.reason), row.at))
    return found
