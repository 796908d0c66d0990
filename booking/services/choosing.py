"""The adviser decides about a suggestion: follows it, sets it aside, books the seat, writes down how to reach."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.diagnoses import Choice, Diagnosis, Reason, Verdict
from booking.domain.errors import InvalidField, NotFound
from booking.domain.idempotency import Once
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.staff import Right, Staff
from booking.domain.suggestions import Kind, Suggestion, fitting
from booking.services import bookings, diagnoses
from booking.services.answers import Answered
from booking.storage import audit, job_seekers, sessions, workshops
from booking.storage import diagnoses as kept
from booking.storage.database import Database, Tx

# What must be known of somebody before he can be reached so; paper in the hand needs nothing.
NEEDS = {Channel.CALL: "phone"}


async def decide(
    db: Database,
    diagnosis_id: UUID,
    key: str,
    verdict: Verdict,
    *,
    reason: Reason | None = None,
    words: str = "",
    by: Staff,
    now: datetime,
) -> Choice:
    """Follow a suggestion, or set it aside for a reason; deciding again replaces what was decided.

    To follow a channel makes it the one by which the person is reached. Raises :class:`InvalidField`,
    :class:`NotFound` for what the rules do not suggest, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        found = await diagnoses.load(tx, diagnosis_id, by, Right.BOOK, held=True)
        wanted = found.named(key).suggestion
        new = _choice(found.diagnosis, wanted, verdict, by, now)
        before = found.choice(key)
        came = before.booking_id if before and verdict is Verdict.FOLLOWED else None
        new = replace(new, reason=reason, words=words.strip(), booking_id=came).checked()
        if wanted.kind is Kind.CHANNEL and verdict is Verdict.FOLLOWED:
            await _prefer(tx, found.diagnosis.job_seeker_id, Channel(wanted.what), by, now)
        return await _write(tx, new, found.diagnosis, by, now)


async def undecide(db: Database, diagnosis_id: UUID, key: str, *, by: Staff, now: datetime) -> None:
    """Nothing is decided about this suggestion any more. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        found = await diagnoses.load(tx, diagnosis_id, by, Right.BOOK, held=True)
        if await kept.undecide(tx, diagnosis_id, key):
            agency_id = found.diagnosis.agency_id
            await audit.record(tx, by, "undone", "diagnosis", diagnosis_id, now, agency_id, suggestion=key)


async def book(
    db: Database,
    diagnosis_id: UUID,
    key: str,
    session_id: UUID,
    *,
    because: str = "",
    once: Once | None = None,
    by: Staff,
    now: datetime,
) -> Answered:
    """Give the person a seat in a session that the suggestion means, and keep that it came of it.

    Raises like :func:`booking.services.bookings.book`, and :class:`NotFound` for a session of another workshop.
    """
    async with db.reading() as tx:
        found = await diagnoses.load(tx, diagnosis_id, by, Right.BOOK)
        wanted = found.named(key).suggestion
        workshop_id = (await sessions.load(tx, session_id)).workshop_id
        meant = fitting(wanted, await workshops.every(tx)) if wanted.kind is Kind.WORKSHOP else []
    if workshop_id not in {one.id for one in meant}:
        raise NotFound(session_id=session_id)
    person_id = found.diagnosis.job_seeker_id
    done = await bookings.book(db, session_id, person_id, because=because, once=once, by=by, now=now)
    async with db.transaction() as tx:
        held = await diagnoses.load(tx, diagnosis_id, by, Right.BOOK, held=True)
        new = replace(_choice(held.diagnosis, wanted, Verdict.FOLLOWED, by, now), booking_id=done.booking.id)
        await _write(tx, new, held.diagnosis, by, now)
    return done


def _choice(diagnosis: Diagnosis, wanted: Suggestion, verdict: Verdict, by: Staff, now: datetime) -> Choice:
    return Choice(
        id=new_id(now),
        diagnosis_id=diagnosis.id,
        kind=wanted.kind,
        suggestion=wanted.key,
        verdict=verdict,
        decided_at=now,
        decided_by=by.id,
    )


async def _write(tx: Tx, new: Choice, about: Diagnosis, by: Staff, now: datetime) -> Choice:
    said = {"suggestion": new.suggestion, "verdict": new.verdict}
    await audit.record(tx, by, "decided", "diagnosis", about.id, now, about.agency_id, **said)
    return await kept.decide(tx, new)


async def _prefer(tx: Tx, person_id: UUID, channel: Channel, by: Staff, now: datetime) -> None:
    """Letters go to an address; without one they are handed over."""
    before = await job_seekers.load(tx, person_id, for_update=True)
    wanted = _reachable(before, channel)
    if before.preferred is not wanted:
        person = replace(before, preferred=wanted, version=before.version + 1, changed_at=now)
        await job_seekers.change(tx, person)
        await audit.record(tx, by, "changed", "job_seeker", person.id, now, person.agency_id, fields=["preferred"])


def _reachable(person: JobSeeker, channel: Channel) -> Channel:
    if channel is Channel.LETTER and not person.has_postal_address:
        return Channel.HAND
    missing = NEEDS.get(channel)
    if missing and not getattr(person, missing):
        raise InvalidField(fields={missing: "required"})
    return channel
