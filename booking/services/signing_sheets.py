"""The sheets that people sign at meetings, and the short code that leads from the paper back to the roll."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.documents.pdf.sheets import Signer, SigningSheet, blank_rows, columns_of
from booking.domain.agencies import Agency
from booking.domain.codes import code_in, code_of
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.finding import search_text
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import rosters
from booking.storage import agencies, agendas, listings
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.storage.database import Database, Tx
from booking.storage.listings import RosterLine
from calendars.zones import wall

MAKES_UP = "rattrape"
# For so long around its day the code on a sheet leads to its roll.
NEAR = timedelta(days=100)


async def of_meeting(db: Database, meeting_id: UUID, *, site: Site, by: Staff) -> SigningSheet:
    """The sheet of one meeting. Raises :class:`NotFound`, and :class:`NotAllowed` for who knows initials only."""
    async with db.reading() as tx:
        listed = await _own(tx, meeting_id, by)
        return await _sheet(tx, listed, [listed], site)


async def of_cycle(db: Database, meeting_id: UUID, *, site: Site, by: Staff) -> SigningSheet:
    """The sheet of the whole session of this meeting, with a column for each. Raises like :func:`of_meeting`."""
    async with db.reading() as tx:
        listed = await _own(tx, meeting_id, by)
        those = await agendas.find(tx, MeetingsWanted(session_id=_session(listed), drafts_of=None))
        return await _sheet(tx, listed, those, site)


async def with_code(db: Database, said: str, *, by: Staff, now: datetime) -> list[MeetingListed]:
    """The meetings whose sheet bears this code: one, but for a chance of one in many thousands."""
    by.must_somewhere(Right.MARK)
    code = code_in(said)
    near = MeetingsWanted(
        agency_ids=None if by.is_network_wide else by.agency_ids, starts_from=now - NEAR, starts_before=now + NEAR
    )
    async with db.reading() as tx:
        found = await agendas.find(tx, near) if code else []
    return [listed for listed in found if code_of(listed.meeting.id) == code and by.may(Right.MARK, listed.agency_id)]


async def nearest_with_code(db: Database, said: str, *, by: Staff, now: datetime) -> MeetingListed | None:
    """Of those with this code the one nearest in time, which is meant."""
    found = await with_code(db, said, by=by, now=now)
    return min(found, key=lambda listed: abs(listed.meeting.starts_at - now), default=None)


async def _own(tx: Tx, meeting_id: UUID, by: Staff) -> MeetingListed:
    listed = await agendas.one(tx, meeting_id)
    if listed is None:
        raise NotFound(meeting_id=meeting_id)
    by.must(Right.MARK, listed.agency_id)
    if not rosters.knows_full_names(by, listed.agency_id):
        raise NotAllowed(right=Right.MARK)
    return listed


async def _sheet(tx: Tx, listed: MeetingListed, those: Sequence[MeetingListed], site: Site) -> SigningSheet:
    rolls = [await listings.roster(tx, one.meeting.id, _session(one)) for one in those]
    agency = await agencies.load(tx, listed.agency_id)
    columns = [columns_of(one.meeting.starts_at, one.meeting.ends_at, one.time_zone, _led_by(one)) for one in those]
    widths = [len(cells) for cells in columns]
    people = _signers(rolls, widths)
    code = code_of(listed.meeting.id)
    return SigningSheet(
        workshop=listed.workshop_title,
        session=_position(listed, those),
        place=", ".join(filter(None, (listed.agency_name, listed.room_name))),
        address=_address(agency),
        organiser=agency.name,
        columns=[column for cells in columns for column in cells],
        people=people,
        blank_rows=blank_rows(listed.seats - len(people)),
        first_on=wall(those[0].meeting.starts_at, listed.time_zone).date(),
        code=code,
        link=f"{site.url}/presence/{listed.meeting.id}",
        short_link=f"{site.url.partition('://')[2]}/f/{code}",
    )


def _signers(rolls: Sequence[Sequence[RosterLine]], widths: Sequence[int]) -> list[Signer]:
    """Everybody expected at any of these meetings, by name."""
    expected = [{line.booking.id for line in roll} for roll in rolls]
    everybody = {line.booking.id: line for roll in rolls for line in roll}
    return [
        Signer(
            first_name=line.job_seeker.first_name,
            last_name=line.job_seeker.last_name.upper(),
            note=MAKES_UP if line.booking.only_meeting_id else "",
            here=[line.booking.id in those for those, n in zip(expected, widths, strict=True) for _ in range(n)],
        )
        for line in sorted(everybody.values(), key=lambda x: (search_text(x.job_seeker), x.booking.id))
    ]


def _position(listed: MeetingListed, those: Sequence[MeetingListed]) -> str:
    if len(those) > 1:
        return f"cycle de {len(those)} séances"
    return f"séance {listed.meeting.position} sur {listed.meeting_count}" if listed.meeting_count > 1 else ""


def _address(agency: Agency) -> str:
    return ", ".join(filter(None, (agency.address, f"{agency.postcode} {agency.commune}".strip())))


def _led_by(listed: MeetingListed) -> str:
    return listed.facilitator_name or ""


def _session(listed: MeetingListed) -> UUID:
    return listed.meeting.session_id
