"""The log of what was printed, handed over and signed, for whoever may reach the person; and each document of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.archives import Archived
from booking.domain.cases import Case
from booking.domain.errors import NotFound
from booking.domain.evidence import Deed, Evidence, Piece, pieces
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.services import filing, signed_sheets
from booking.storage import agencies, audit, cases, documents, evidence, job_seekers, staff
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The lines about somebody, of one booking or of all, by time; ``names`` of staff, ``cases`` of bookings by id."""

    person: JobSeeker
    zone: str
    agency_name: str
    lines: Sequence[Evidence]
    names: Mapping[UUID, str]
    cases: Mapping[UUID, Case]

    @property
    def pieces(self) -> list[Piece]:
        """The lines that stand for themselves, each with those about it."""
        return pieces(self.lines)


async def of_booking(db: Database, booking_id: UUID, *, by: Staff) -> Log:
    """What was handed over for one booking. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        case = await cases.load(tx, booking_id)
        by.must(Right.REACH, case.booking.agency_id)
        return await _log(tx, case.person, await evidence.of_bookings(tx, [booking_id]))


async def of_person(db: Database, job_seeker_id: UUID, *, by: Staff) -> Log:
    """What was handed over to somebody, for whichever booking. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.REACH, person.agency_id)
        return await _log(tx, person, await evidence.of_person(tx, job_seeker_id))


async def line(db: Database, evidence_id: UUID, *, by: Staff) -> Evidence:
    """One line that one may see. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        return await visible(tx, evidence_id, by)


async def document(db: Database, evidence_id: UUID, *, by: Staff, now: datetime) -> tuple[Evidence, Archived]:
    """A line and its document; that somebody looked is noted. A scan that was removed is in nobody's sight.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        line = await visible(tx, evidence_id, by)
        is_removed = line.deed is Deed.ATTACHED and await evidence.was_ended(tx, line.id)
        if line.document_hash is None or is_removed:
            raise NotFound(evidence_id=evidence_id)
        found = await documents.load(tx, line.document_hash)
    await audit.saw(db, by, "evidence", line.id, now, line.agency_id)
    return line, found


async def remove_scan(db: Database, evidence_id: UUID, because: str, *, by: Staff, now: datetime) -> Evidence:
    """Take a scan out of sight that does not belong there; the log keeps it, and why.

    Raises :class:`InvalidField` for ``because``, :class:`EvidenceStands` the second time, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    filing.must_be_a_reason(because)
    async with db.transaction() as tx:
        line = await visible(tx, evidence_id, by)
        if line.deed is not Deed.ATTACHED:
            raise NotFound(evidence_id=evidence_id)
        return await filing.ended(tx, line, Deed.REMOVED, by=by, now=now, because=because.strip())


async def visible(tx: Tx, evidence_id: UUID, by: Staff) -> Evidence:
    """A line about a person of one's agency, or about the sheet of a meeting that one may file.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    line = await evidence.load(tx, evidence_id)
    if line.meeting_id:
        await signed_sheets.must_file(tx, line.meeting_id, by)
    else:
        by.must(Right.REACH, line.agency_id)
    return line


async def _log(tx: Tx, person: JobSeeker, lines: Sequence[Evidence]) -> Log:
    home = await agencies.load(tx, person.agency_id)
    return Log(
        person=person,
        zone=home.time_zone,
        agency_name=home.name,
        lines=lines,
        names=await staff.named(tx, {line.staff_id for line in lines}),
        cases=await cases.load_many(tx, {line.booking_id for line in lines if line.booking_id}),
    )
