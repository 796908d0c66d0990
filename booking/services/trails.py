"""The history of a person, a booking or a session, and the journal of agencies: the audit with its names."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.job_seekers import JobSeeker
from booking.domain.seals import Head, Line
from booking.domain.staff import Right, Staff
from booking.services.followed_bookings import agencies_with
from booking.storage import agencies, audit, audit_lines, bookings, job_seekers, listings, roles, seals, sessions, staff
from booking.storage.audit_lines import Wanted
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed

MOST = 100
MOST_IN_FILE = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """Who and what the lines name, as far as whoever reads them may know it."""

    staff: dict[UUID, str] = field(default_factory=dict)
    agencies: dict[UUID, Agency] = field(default_factory=dict)
    people: dict[UUID, JobSeeker] = field(default_factory=dict)
    bookings: dict[UUID, UUID] = field(default_factory=dict)
    sessions: dict[UUID, Listed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trail:
    """Lines, the latest first, with all that they name; ``further`` is the number after which there are more."""

    title: str
    agency: Agency
    lines: Sequence[Line]
    known: Known
    further: int | None = None


async def of_person(db: Database, person_id: UUID, wanted: Wanted, *, by: Staff) -> Trail:
    """All that was done for and about a person. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        ids = await audit_lines.ids_of_person(tx, person_id)
        return await _trail(tx, person.name, person.agency_id, replace(wanted, about=ids), by)


async def of_booking(db: Database, booking_id: UUID, wanted: Wanted, *, by: Staff) -> Trail:
    """All that was done with a booking. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        booking = await bookings.load(tx, booking_id)
        by.must(Right.SEE_PEOPLE, booking.agency_id)
        person = await job_seekers.load(tx, booking.job_seeker_id)
        ids = await audit_lines.ids_of_booking(tx, booking_id)
        return await _trail(tx, person.name, booking.agency_id, replace(wanted, about=ids), by)


async def of_session(db: Database, session_id: UUID, wanted: Wanted, *, by: Staff) -> Trail:
    """All that was done with a session. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        session = await sessions.load(tx, session_id)
        by.must(Right.SEE_PEOPLE, session.agency_id)
        (listed,) = (await listings.some(tx, {session_id})).values()
        ids = await audit_lines.ids_of_session(tx, session_id)
        return await _trail(tx, listed.workshop_title, session.agency_id, replace(wanted, about=ids), by)


@dataclass(frozen=True, slots=True)
class Journal:
    """The lines of the agencies that one may audit; who works there, and the last seal of the chain."""

    lines: Sequence[Line]
    known: Known
    places: Sequence[Agency]
    colleagues: Sequence[tuple[UUID, str]]
    head: Head
    further: int | None = None


async def journal(db: Database, wanted: Wanted, *, by: Staff, now: datetime) -> Journal:
    """What was done. Raises :class:`NotAllowed`, :class:`NotFound` for an agency that one may not audit."""
    by.must_somewhere(Right.AUDIT)
    within = agencies_with(by, Right.AUDIT)
    asked = wanted if wanted.agency_ids is not None else replace(wanted, agency_ids=within)
    for agency_id in asked.agency_ids or ():
        if within is not None and agency_id not in within:
            raise NotFound(agency_id=agency_id)
    async with db.reading() as tx:
        lines, further = await _page(tx, asked)
        places = await agencies.every(tx) if within is None else await agencies.some(tx, within)
        seal, _ = await seals.head(tx)
        known = await _known(tx, lines, by)
        colleagues = await roles.holders(tx, within)
    await audit.saw(db, by, "journal", by.id, now, next(iter(asked.agency_ids or ()), None))
    return Journal(lines, known, sorted(places, key=lambda one: one.name), colleagues, seal, further)


async def _trail(tx: Tx, title: str, agency_id: UUID, wanted: Wanted, by: Staff) -> Trail:
    lines, further = await _page(tx, wanted)
    return Trail(title, await agencies.load(tx, agency_id), lines, await _known(tx, lines, by), further)


async def _page(tx: Tx, wanted: Wanted) -> tuple[list[Line], int | None]:
    lines = await audit_lines.find(tx, replace(wanted, most=wanted.most + 1))
    shown = lines[: wanted.most]
    return shown, shown[-1].id if len(lines) > wanted.most else None


async def _known(tx: Tx, lines: Sequence[Line], by: Staff) -> Known:
    """The names, but of people only those whom the reader may see anyway."""

    def ids(noun: str) -> set[UUID]:
        return {line.noun_id for line in lines if line.noun == noun}

    whose = await audit_lines.people_of(tx, ids("booking"))
    people = await job_seekers.load_many(tx, ids("job_seeker") | set(whose.values()))
    seen = {id: one for id, one in people.items() if by.may(Right.SEE_PEOPLE, one.agency_id)}
    held = await audit_lines.sessions_of(tx, ids("meeting"))
    listed = await listings.some(tx, ids("session") | set(held.values()))
    workers = {line.staff_id for line in lines if line.staff_id} | ids("staff") | _named_in(lines)
    places = await agencies.some(tx, {line.agency_id for line in lines if line.agency_id})
    return Known(
        staff=await staff.named(tx, workers),
        agencies={one.id: one for one in places},
        people=seen,
        bookings={id: person for id, person in whose.items() if person in seen},
        sessions=listed | {meeting: listed[of] for meeting, of in held.items() if of in listed},
    )


def _named_in(lines: Sequence[Line]) -> set[UUID]:
    """Who is named in the details: to whom something was entrusted, and by whom."""
    said = (line.details.get(name) for line in lines for name in ("to", "from", "staff_id", "owner"))
    return {id for one in said if (id := _id(one))}


def _id(said: object) -> UUID | None:
    try:
        return UUID(said) if isinstance(said, str) else None
    except ValueError:
        return None
