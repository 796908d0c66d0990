"""The first page: what needs somebody today, by role; and for strangers, what this is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.agencies import Agency
from booking.domain.sessions import SessionState
from booking.domain.sites import Site
from booking.domain.staff import Right
from booking.services import (
    absentees,
    agencies,
    agendas,
    attendance,
    decisions,
    external_clashes,
    recalls,
    referral_lists,
    refusals,
    searches,
    team_trainings,
    text_tasks,
    to_do,
    trainings,
)
from booking.services.absentees import Absentee
from booking.storage.agendas import MeetingListed
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.web.errors import NotSignedIn
from booking.web.pages.visits import Visit, visit
from booking.web.rendering import Page, page
from booking.web.security import AnyRequest
from calendars.zones import midnight, today, wall

USUAL_ZONE = "Europe/Paris"
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MOST_TO_FILL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What awaits somebody; None where the role has nothing to do with it."""

    to_do: int | None
    to_fill: Sequence[Listed] | None
    meetings: Sequence[MeetingListed] | None
    drafts: Sequence[MeetingListed] | None
    week: Sequence[MeetingListed] | None
    to_decide: int | None
    declined: int | None
    busy_elsewhere: int
    to_recall: int | None
    absent: Sequence[Absentee] | None
    untrained: int
    lacks_training: bool
    referrals: int


class HomePage(Controller):
    """Where everybody arrives."""

    @get("/")
    async def arrive(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
    ) -> Page:
        """The day of whoever is signed in, or the welcome of everybody else."""
        try:
            visitor = await visit(request, db, site, now)
        except NotSignedIn:
            return page(request, site, "welcome.html")
        own = await agencies.own(db, by=visitor.staff)
        shown = await _today(visitor, own)
        zone = own[0].time_zone if own else USUAL_ZONE
        return visitor.page("home.html", today=shown, own=own, this_day=today(now, zone))


async def _today(visit: Visit, own: Sequence[Agency]) -> Today:
    staff = visit.staff
    zone = own[0].time_zone if own else USUAL_ZONE
    waiting = await to_do.to_do(visit.db, by=staff, now=visit.now) if staff.may_somewhere(Right.REACH) else None
    week = await _week(visit, zone) if staff.may_somewhere(Right.PLAN) else None
    undecided = await decisions.to_decide(visit.db, by=staff, now=visit.now) if week is not None else None
    clashes = await external_clashes.to_decide(visit.db, by=staff, now=visit.now) if week is not None else ()
    lost = await _to_recall(visit) if waiting is not None else None
    return Today(
        to_decide=None if undecided is None else len(undecided),
        declined=None if week is None else len(await refusals.of_staff(visit.db, by=staff, now=visit.now)),
        busy_elsewhere=len({one.meeting_id for one in clashes}),
        to_recall=lost,
        referrals=await referral_lists.to_look_at(visit.db, by=staff),
        untrained=await team_trainings.lacking(visit.db, by=staff, now=visit.now),
        lacks_training=await trainings.lacks(visit.db, by=staff, now=visit.now),
        absent=None if waiting is None else await absentees.to_follow_up(visit.db, by=staff, now=visit.now),
        to_do=None if waiting is None else len(waiting),
        to_fill=await _to_fill(visit) if staff.may_somewhere(Right.BOOK) else None,
        meetings=await _meetings(visit, zone) if staff.may_somewhere(Right.MARK) else None,
        drafts=None if week is None else [x for x in week if x.session_state is SessionState.DRAFT],
        week=None if week is None else [x for x in week if x.session_starts_at < visit.now + WEEK and _stands(x)],
    )


async def _to_recall(visit: Visit) -> int:
    """How many people lost their place, asked for another date, declined in their calendars, or answered by text."""
    lost = await recalls.to_recall(visit.db, by=visit.staff, now=visit.now)
    wishing = await recalls.wishing(visit.db, by=visit.staff, now=visit.now)
    declined = await refusals.of_people(visit.db, by=visit.staff, now=visit.now)
    return len(lost) + len(wishing) + len(declined) + len(await text_tasks.to_answer(visit.db, by=visit.staff))


def _stands(listed: MeetingListed) -> bool:
    return listed.session_state in (SessionState.OPEN, SessionState.HELD)


async def _to_fill(visit: Visit) -> list[Listed]:
    """The next sessions of one's own agencies that have seats; of all for the whole network."""
    where = None if visit.staff.is_network_wide else visit.staff.agency_ids
    return await searches.next_sessions(visit.db, now=visit.now, agency_ids=where, most=MOST_TO_FILL)


async def _meetings(visit: Visit, zone: str) -> list[MeetingListed]:
    """Today's meetings, by the clock of each place."""
    day = today(visit.now, zone)
    found = await attendance.meetings_of_day(visit.db, by=visit.staff, starts_from=midnight(day, zone) - DAY, days=3)
    return [x for x in found if wall(x.meeting.starts_at, x.time_zone).date() == day]


async def _week(visit: Visit, zone: str) -> list[MeetingListed]:
    """The first meetings of one's agencies' sessions that begin from today on, within a quarter of a year."""
    since = midnight(today(visit.now, zone), zone)
    found = await agendas.meetings(
        visit.db,
        by=visit.staff,
        agency_ids=visit.staff.agency_ids,
        starts_from=since,
        starts_before=since + 13 * WEEK,
    )
    return [x for x in found if x.meeting.starts_at == x.session_starts_at]
