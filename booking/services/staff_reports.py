"""What a mail to staff would tell now: looked up like the pages of the same person, in one agency."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.job_seekers import Channel
from booking.domain.sessions import SessionState
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.domain.staff_hours import monday_of
from booking.domain.staff_messages import StaffMessageKind
from booking.domain.staff_reports import (
    Calls,
    Decisions,
    Digest,
    Filling,
    Guest,
    MeetingAhead,
    Report,
    Roster,
    told_apart,
)
from booking.domain.windows import DAY
from booking.services import decisions, external_clashes, reaching, recalls, referral_lists, refusals, to_do
from booking.storage import agendas, listings, staff_figures
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.storage.database import Database, Tx
from calendars.zones import midnight

STANDING = (SessionState.OPEN, SessionState.HELD)
WEEK = 7 * DAY
MOST_HARD = 500


async def report(
    db: Database, kind: StaffMessageKind, staff: Staff, agency: Agency, about_on: date, now: datetime, site: Site
) -> Report:
    """What there is to tell this person about this day; of one agency, but for the roster."""
    here = replace(staff, roles=frozenset(role for role in staff.roles if role[0] == agency.id))
    match kind:
        case StaffMessageKind.ROSTER:
            return await _roster(db, staff, about_on, agency.time_zone)
        case StaffMessageKind.DIGEST:
            return await _digest(db, here, agency, about_on, now, site)
        case StaffMessageKind.DECISIONS:
            return await _decisions(db, here, agency, now)
        case StaffMessageKind.CALLS:
            return await _calls(db, here, agency, now)


async def _roster(db: Database, staff: Staff, day: date, zone: str) -> Roster:
    begins, ends = midnight(day, zone), midnight(day + DAY, zone)
    async with db.reading() as tx:
        # The whole day: what has begun since the evening is no change of it.
        wanted = MeetingsWanted(staff_id=staff.id, starts_from=begins, starts_before=ends)
        led = [one for one in await agendas.find(tx, wanted) if one.session_state in STANDING]
        return Roster(day=day, meetings=tuple([await _ahead(tx, one, staff.id) for one in led]))


async def _ahead(tx: Tx, listed: MeetingListed, staff_id: UUID) -> MeetingAhead:
    meeting = listed.meeting
    lines = await listings.roster(tx, meeting.id, meeting.session_id)
    people = [line.job_seeker for line in lines if line.booking.state.has_seat]
    guests = (
        Guest(name=one.first_name, initial=f"{one.last_name[:1]}.", needs=tuple(sorted(one.needs))) for one in people
    )
    return MeetingAhead(
        id=meeting.id,
        title=listed.workshop_title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=listed.time_zone,
        agency=listed.agency_name,
        room=listed.room_name or "",
        leads=meeting.facilitator_id == staff_id,
        seats=listed.seats,
        guests=told_apart(guests),
    )


async def _digest(db: Database, here: Staff, agency: Agency, about_on: date, now: datetime, site: Site) -> Digest:
    monday = monday_of(about_on)
    begins, zone = midnight(monday, agency.time_zone), agency.time_zone
    last_week, ends = midnight(monday - WEEK, zone), midnight(monday + WEEK, zone)
    waiting = await _decisions(db, here, agency, now)
    hard = await reaching.find(db, by=here, now=now, most=MOST_HARD, site=site)
    async with db.reading() as tx:
        figures = await staff_figures.of_week(tx, agency.id, last_week, begins)
        wanted = MeetingsWanted(agency_ids=[agency.id], starts_from=begins, starts_before=ends)
        week = [one for one in await agendas.find(tx, wanted) if one.session_state in STANDING]
    return Digest(
        agency=agency.name,
        monday=monday,
        week=tuple(_filling(one) for one in week),
        decisions=len(waiting.things),
        hard_to_reach=len(hard),
        present=figures.present,
        absent=figures.absent,
        excused=figures.excused,
        seats_lost=figures.seats_lost,
        failed=figures.failed,
    )


def _filling(one: MeetingListed) -> Filling:
    return Filling(
        title=one.workshop_title,
        starts_at=one.meeting.starts_at,
        zone=one.time_zone,
        taken=one.taken,
        seats=one.seats,
        waiting=one.waiting,
    )


async def _decisions(db: Database, here: Staff, agency: Agency, now: datetime) -> Decisions:
    few = await decisions.to_decide(db, by=here, now=now)
    clashes = await external_clashes.to_decide(db, by=here, now=now)
    declined = await refusals.of_staff(db, by=here, now=now)
    async with db.reading() as tx:
        titles = dict(await agendas.workshop_titles(tx)) if few else {}
    sessions = [one.listed.session for one in few]
    things = {f"few:{one.id}" for one in sessions} | {f"busy:{one.meeting_id}" for one in clashes}
    return Decisions(
        agency=agency.name,
        too_few=tuple((titles[one.workshop_id], one.starts_at, agency.time_zone) for one in sessions),
        clashes=len({one.meeting_id for one in clashes}),
        declined=len(declined),
        things=frozenset(things | {f"declined:{one.invited.id}" for one in declined}),
    )


async def _calls(db: Database, here: Staff, agency: Agency, now: datetime) -> Calls:
    items = await to_do.to_do(db, by=here, now=now)
    lost = await recalls.to_recall(db, by=here, now=now)
    wishing = await recalls.wishing(db, by=here, now=now)
    declined = await refusals.of_people(db, by=here, now=now)
    calls = sum(item.message.channel is Channel.CALL for item in items)
    return Calls(
        agency=agency.name,
        calls=calls,
        papers=len(items) - calls,
        recalls=len(lost) + len(wishing) + len(declined),
        until=min((item.message.not_after for item in items), default=None),
        zone=agency.time_zone,
        referrals=await referral_lists.to_look_at(db, by=here),
    )
