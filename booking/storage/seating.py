"""The hottest path: take a seat and write everything that goes with it.

On PostgreSQL this is one statement, because round trips and Python objects are what a booking costs; on SQLite, where
a statement costs next to nothing and cannot write two tables, it is the same steps one after the other. Either way the
session's row is changed first: its lock orders rivals, and a booking written before it would double the work. On
PostgreSQL the key comes after it, so that who finds no seat has written nothing and needs no transaction around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from sqlalchemy import bindparam, or_, text, update

from booking.domain.bookings import Booking
from booking.domain.errors import RequestRunning
from booking.domain.idempotency import Once
from booking.domain.messages import Message
from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Staff
from booking.storage import audit, bookings, errands, holds, idempotency, outbox
from booking.storage.constraints import LockTimeout
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.tables import sessions

_IN_ONE_STATEMENT = hot(
    text("""
    WITH seat AS (
        UPDATE sessions SET taken = taken + 1
        WHERE id = :session AND state = 'open' AND sequence = :session_sequence AND closes_at > :now
          AND taken + kept < capacity + allowance
          AND (opens_at IS NULL OR opens_at <= :now)
          AND NOT EXISTS (SELECT FROM idempotency_keys WHERE staff_id = :by AND key = CAST(:key AS text))
        RETURNING id
    ), key AS (
        INSERT INTO idempotency_keys (staff_id, key, fingerprint, answer, created_at)
        SELECT :by, CAST(:key AS text), CAST(:fingerprint AS text), CAST(CAST(:answer AS text) AS jsonb), :now
        FROM seat WHERE CAST(:key AS text) IS NOT NULL
        ON CONFLICT DO NOTHING RETURNING 1
    ), person AS (
        SELECT pg_advisory_xact_lock(:person) FROM seat
    ), booking AS (
        INSERT INTO bookings (id, session_id, job_seeker_id, agency_id, state, sequence, priority, booked_by,
                              created_at, changed_at, cancelled_because, code, overridden_because)
        SELECT :booking, seat.id, :job_seeker, :agency, 'booked', 0, 0, :by, :now, :now, '',
               CAST(:code AS text), CAST(:because AS text) FROM seat
        RETURNING id
    ), times AS (
        INSERT INTO job_seeker_times (booking_id, meeting_id, job_seeker_id, starts_at, ends_at)
        SELECT :booking, m.id, :job_seeker, m.starts_at, m.ends_at
        FROM person CROSS JOIN seat JOIN meetings m ON m.session_id = seat.id AND m.starts_at > :now
    ), said AS (
        INSERT INTO messages (id, kind, rule, agency_id, booking_id, booking_sequence, session_id, session_sequence,
                              job_seeker_id, due_at, not_after, priority, dedupe_key, state, details, created_at)
        SELECT m.id, m.kind, m.rule, :agency, booking.id, 0, :session, :session_sequence,
               :job_seeker, m.due_at, m.not_after, m.priority, m.dedupe_key, 'planned', '{}', :now
        FROM booking, unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:rules AS text[]),
                             CAST(:due AS timestamptz[]), CAST(:not_after AS timestamptz[]),
                             CAST(:priorities AS bigint[]), CAST(:dedupe AS text[]))
                      AS m (id, kind, rule, due_at, not_after, priority, dedupe_key)
    ), line AS (
        INSERT INTO audit (at, staff_id, agency_id, action, noun, noun_id, via, place, sign_in, details)
        SELECT :now, :by, :agency, 'booked', 'booking', booking.id,
               CAST(:via AS text), CAST(:place AS text), CAST(:sign_in AS text), '{}' FROM booking
    )
    SELECT 1 / CAST(CAST(:key AS text) IS NULL OR EXISTS (SELECT FROM key) AS int) FROM seat
    """)
)

_COUNT_SEAT = hot(
    update(sessions)
    .where(
        sessions.c.id == bindparam("session"),
        sessions.c.sequence == bindparam("as_read"),
        sessions.c.state == SessionState.OPEN,
        sessions.c.closes_at > bindparam("now"),
        or_(sessions.c.opens_at.is_(None), sessions.c.opens_at <= bindparam("now")),
        sessions.c.taken + sessions.c.kept < sessions.c.capacity + sessions.c.allowance,
    )
    .values(taken=sessions.c.taken + 1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A seat to take: the booking, the session as it was read, what must be said, and the answer to keep."""

    booking: Booking
    session: Session
    messages: Sequence[Message]
    by: Staff
    once: Once | None
    answer: dict[str, Any]


async def take(tx: Tx, taking: Taking) -> bool:
    """Take a seat, if the session is still as it was read, open, and has one, and the key is new.

    It is all that its transaction does (``at_once``). False means that nothing may be kept of it: leave it by an error,
    then ask why.
    Raises :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`, :class:`RequestRunning`.
    """
    if tx.dialect != "postgresql":
        return await _step_by_step(tx, taking)
    if taking.once:
        errands.know_repeat()
    try:
        return await tx.row(_IN_ONE_STATEMENT, _given(taking)) is not None
    except asyncpg.DivisionByZeroError:
        # How the statement takes itself back when the same request, with the same key, was quicker.
        return False
    except LockTimeout as error:
        if taking.once and "idempotency_keys" in error.where:
            raise RequestRunning(key=taking.once.key) from error
        raise


def _given(taking: Taking) -> dict[str, Any]:
    booking, session, messages, once = taking.booking, taking.session, taking.messages, taking.once
    return {
        "by": taking.by.id,
        "key": once.key if once else None,
        "fingerprint": once.fingerprint if once else None,
        "answer": idempotency.written(taking.answer),
        "now": booking.created_at,
        "session": session.id,
        "session_sequence": session.sequence,
        "booking": booking.id,
        "job_seeker": booking.job_seeker_id,
        "code": booking.code,
        "because": booking.overridden_because,
        "person": holds.key(booking.job_seeker_id),
        "agency": booking.agency_id,
        "ids": [message.id for message in messages],
        "kinds": [message.kind.value for message in messages],
        "rules": [message.rule for message in messages],
        "due": [message.due_at for message in messages],
        "not_after": [message.not_after for message in messages],
        "priorities": [message.priority for message in messages],
        "dedupe": [message.dedupe_key for message in messages],
        **audit.origin(),
    }


async def _step_by_step(tx: Tx, taking: Taking) -> bool:
    booking, now = taking.booking, taking.booking.created_at
    if taking.once and await idempotency.claim(tx, taking.once, now) is not None:
        return False
    as_read = {"session": taking.session.id, "as_read": taking.session.sequence, "now": now}
    if not await tx.run(_COUNT_SEAT, as_read):
        return False
    await bookings.add(tx, booking)
    await outbox.plan(tx, taking.messages)
    await audit.record(tx, taking.by, "booked", "booking", booking.id, now, booking.agency_id)
    await idempotency.settle(tx, taking.once, taking.answer)
    return True
