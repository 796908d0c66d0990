"""The sheet of a meeting that everybody signed: a scan or photo of it beside its roll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.errors import MeetingNotBegun, NotAllowed, NotFound
from booking.domain.evidence import Evidence, Piece, pieces
from booking.domain.staff import Right, Staff
from booking.services import archiving, filing, rosters
from booking.storage import agendas, evidence, staff
from booking.storage.agendas import MeetingListed
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True)
class SignedSheets:
    """A meeting with the scans of its sheet; ``names`` of staff by id."""

    meeting: MeetingListed
    scans: Sequence[Piece]
    names: Mapping[UUID, str]


async def attach(db: Database, meeting_id: UUID, file: bytes, *, by: Staff, now: datetime) -> Evidence:
    """Keep a scan of the signed sheet: a PNG, JPEG or PDF file. The same file again changes nothing.

    Raises :class:`InvalidField` for ``file``, :class:`MeetingNotBegun` before the day of the meeting,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        listed = await must_file(tx, meeting_id, by)
    if not rosters.has_come(listed, now):
        raise MeetingNotBegun(meeting_id=meeting_id)
    scan = await archiving.scanned(file)
    async with db.transaction() as tx:
        among = pieces(await evidence.of_meeting(tx, meeting_id))
        return await filing.attached(tx, scan, among, listed.agency_id, meeting_id=meeting_id, by=by, now=now)


async def of_meeting(db: Database, meeting_id: UUID, *, by: Staff) -> SignedSheets:
    """What was attached to the roll of a meeting, by time. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        listed = await must_file(tx, meeting_id, by)
        lines = await evidence.of_meeting(tx, meeting_id)
        return SignedSheets(listed, pieces(lines), await staff.named(tx, {line.staff_id for line in lines}))


async def must_file(tx: Tx, meeting_id: UUID, by: Staff) -> MeetingListed:
    """The meeting, for an adviser or manager of its agency and for who leads it.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    listed = await agendas.one(tx, meeting_id)
    if listed is None:
        raise NotFound(meeting_id=meeting_id)
    if not may_file(by, listed):
        by.must(Right.MARK, listed.agency_id)
        raise NotAllowed(right=Right.MARK)
    return listed


def may_file(by: Staff, listed: MeetingListed) -> bool:
    """Whether one files and sees the signed sheets of this meeting; an assistant never does."""
    leads = by.id == listed.meeting.facilitator_id and rosters.knows_full_names(by, listed.agency_id)
    return by.may(Right.SEE_PEOPLE, listed.agency_id) or leads
