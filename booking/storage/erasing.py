"""Everything that is known of a person goes; somebody without a name keeps his places, so that counts stay true."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Text, and_, case, delete, func, insert, or_, select, update

from booking.domain.bookings import Booking, BookingState
from booking.domain.erasures import ERASED_NAME
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import PENDING, MessageState
from booking.storage import figure_marks, job_seekers, merging, person_steps, referral_people
from booking.storage import tables as t
from booking.storage.database import Tx
from booking.storage.person_rows import GOES, WORDS, nothing_in, rows_of
from booking.storage.shapes import columns, made

# Why a place ended, in words of ours: they name nobody and are counted.
OURS = (
    "hold-over", "offer-over", "session-began", "moved", "declined", "absences", "duplicate", "made-up", "meeting-gone",
    "not-there",
)  # fmt: skip
# What a line of the audit says that names nobody: ids, states, numbers, names of fields.
TELLING_NOBODY = frozenset(
    {"state", "party", "mark", "meeting", "moved_from", "capacity", "extra", "into", "channel", "fields", "workshop",
     "agencies", "way", "gone", "verdict", "suggestion",
     "partner", "outcome", "deed"}
)  # fmt: skip
# In this order: what is found by the addresses comes before they are blanked themselves.
BLANKED = (
    "contact_suppressions", "message_attempts", "incoming_texts", "messages", "waits", "bookings",
    "diagnosis_choices", "diagnoses",
)  # fmt: skip
LONGEST_ANSWER = timedelta(days=31)
_HELD = (MessageState.CLAIMED, MessageState.SENDING)


async def lock(tx: Tx, person_id: UUID) -> list[UUID]:
    """Nobody gives this person anything from now on; returns every identifier he has had, none if he is not there.

    It waits for who is placing him at this moment: their foreign keys hold the row.
    """
    p = t.job_seekers.c
    mine = and_(or_(p.id == person_id, p.merged_into == person_id), p.staff_id.is_(None))
    return [
        row.id
        for row in await tx.rows(select(p.id).where(mine, p.erased_at.is_(None)).order_by(p.id).with_for_update())
    ]


async def sessions_of(tx: Tx, person_id: UUID) -> list[UUID]:
    """The sessions in which this person has or had a place."""
    found = select(t.bookings.c.session_id).where(t.bookings.c.job_seeker_id == person_id).distinct()
    return [row.session_id for row in await tx.rows(found)]


async def places_to_come(tx: Tx, person_id: UUID, now: datetime) -> list[Booking]:
    """The places of this person that are not over, the first to come first."""
    found = (
        select(*columns(Booking, t.bookings))
        .join(t.sessions, t.sessions.c.id == t.bookings.c.session_id)
        .where(t.bookings.c.job_seeker_id == person_id, t.bookings.c.state != BookingState.CANCELLED)
        .where(t.sessions.c.ends_at > now)
    )
    rows = await tx.rows(found.order_by(t.sessions.c.starts_at, t.bookings.c.id))
    return [made(Booking, row) for row in rows]


async def unsaid(tx: Tx, person_id: UUID) -> int:
    """How many messages to this person have still to leave."""
    m = t.messages.c
    waiting = (_to(person_id), m.state.in_([*PENDING, MessageState.SENDING]))
    return await tx.value(select(func.count()).select_from(t.messages).where(*waiting)) or 0


def _to(person_id: UUID) -> ColumnElement[bool]:
    """Whether a message is to this person: found by his bookings, which vouch for it."""
    return t.messages.c.booking_id.in_(select(t.bookings.c.id).where(t.bookings.c.job_seeker_id == person_id))


async def leaves_now(tx: Tx, person_id: UUID) -> bool:
    """Whether a message to this person is in somebody's hands at this moment; nobody takes another from now on.

    Who is taking one is waited for: what he has read would be sent to somebody erased.
    """
    m = t.messages.c
    theirs = select(m.state).where(_to(person_id), m.state.in_((*PENDING, *_HELD)))
    return any(row.state in _HELD for row in await tx.rows(theirs.order_by(m.id).with_for_update()))


async def counts(tx: Tx, people: Collection[UUID], hashes: Collection[str]) -> dict[str, int]:
    """How many rows of each table are about this person."""
    found = rows_of(people, hashes).items()
    return {x.name: await tx.value(select(func.count()).select_from(x).where(those)) or 0 for x, those in found}


async def erase(tx: Tx, people: list[UUID], person: JobSeeker, hashes: Collection[str], now: datetime) -> None:
    """Blank what was said, hand his places to somebody without a name, and let the person go."""
    theirs = rows_of(people, hashes)
    references = select(t.message_attempts.c.provider_reference).where(theirs[t.message_attempts])
    await tx.run(delete(t.delivery_receipts).where(t.delivery_receipts.c.reference.in_(references.scalar_subquery())))
    await _withdraw(tx, person.id, now)
    await referral_people.end_all(tx, people, now)
    await _blank_audit(tx, theirs[t.audit])
    for name in BLANKED:
        await _blank(tx, t.metadata.tables[name], theirs)
    for name in reversed(GOES[1:]):
        table = t.metadata.tables[name]
        await tx.run(delete(table).where(theirs[table]))
    stand_in = await _stand_in(tx, person, now)
    for one in people:
        await merging.hand_over(tx, one, stand_in)
    # What counted of him counts for who stands in for him.
    await figure_marks.mark(tx, now)
    await person_steps.count(tx, [*people, stand_in])
    await _blank_answers(tx, people, stand_in, now)
    await tx.run(delete(t.job_seekers).where(t.job_seekers.c.merged_into.in_(people)))
    await tx.run(delete(t.job_seekers).where(t.job_seekers.c.id.in_(people)))


async def _withdraw(tx: Tx, person_id: UUID, now: datetime) -> None:
    waiting = update(t.messages).where(_to(person_id), t.messages.c.state.in_(PENDING))
    await tx.run(waiting.values(state=MessageState.CANCELLED, settled_at=now, lease_token=None, lease_until=None))


async def _blank(tx: Tx, table: Table, theirs: dict[Table, Any]) -> None:
    """In one statement: what tells whose row it is goes with the rest."""
    words = {name: _blanked(table, name) for name in WORDS[table.name]}
    # The link to his own page opens nothing any more.
    closed = {"link_version": table.c.link_version + 1} if table is t.bookings else {}
    await tx.run(update(table).where(theirs[table]).values(words | closed))


def _blanked(table: Table, name: str) -> Any:
    """That there was a reason stays; only what it was goes."""
    column = table.c[name]
    if name == "cancelled_because":
        return case((column.in_(OURS), column), else_="")
    return case((column.is_not(None), ""), else_=None) if name.endswith("because") else nothing_in(table, name)


async def _blank_audit(tx: Tx, about: Any) -> None:
    """The deed stays, and what it says that names nobody."""
    a = t.audit.c
    for row in await tx.rows(select(a.id, a.details).where(about)):
        kept = {name: said for name, said in row.details.items() if name in TELLING_NOBODY}
        if kept != row.details:
            await tx.run(update(t.audit).where(a.id == row.id).values(details=kept))


async def _blank_answers(tx: Tx, people: Collection[UUID], stand_in: UUID, now: datetime) -> None:
    """Answers kept for who asks again repeat who was booked, and the reasons. They are kept for a month at most."""
    keys, b = t.idempotency_keys, t.bookings.c
    lately = select(b.id).where(b.job_seeker_id == stand_in, b.changed_at > now - LONGEST_ANSWER)
    theirs = {str(one) for one in (*people, *(row.id for row in await tx.rows(lately)))}
    for id in sorted(theirs):
        for row in await tx.rows(select(keys).where(keys.c.answer.cast(Text).like(f"%{id}%"))):
            this = (keys.c.staff_id == row.staff_id, keys.c.key == row.key)
            kept = _forgotten(row.answer, theirs, {str(one): str(stand_in) for one in people})
            await tx.run(update(keys).where(*this).values(answer=kept))


def _forgotten(said: Any, theirs: Collection[str], renamed: Mapping[str, str]) -> Any:
    """An answer, or a part of it: their bookings without words, and whoever it names by the new identifier."""
    if isinstance(said, list):
        return [_forgotten(one, theirs, renamed) for one in said]
    if not isinstance(said, dict):
        return renamed.get(said, said) if isinstance(said, str) else said
    is_theirs = said.get("id") in theirs or said.get("job_seeker_id") in theirs
    blank = [name for name in WORDS["bookings"] if is_theirs and said.get(name) and said[name] not in OURS]
    return {name: _forgotten(one, theirs, renamed) for name, one in said.items()} | dict.fromkeys(blank, "")


async def _stand_in(tx: Tx, person: JobSeeker, now: datetime) -> UUID:
    """Somebody of whom nothing is known but in which month he came first."""
    first, last = ERASED_NAME
    came = person.created_at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    blank = JobSeeker(
        id=new_id(now), agency_id=person.agency_id, first_name=first, last_name=last, created_at=came, changed_at=now
    )
    row = job_seekers.written(replace(blank)) | {"search": "", "erased_at": now}
    await tx.run(insert(t.job_seekers).values(row))
    return blank.id
