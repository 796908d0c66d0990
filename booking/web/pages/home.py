"""The first page: what needs somebody today, by role; and for strangers, what this is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.agencies import Agency, Phase
from booking.domain.needs import Need
from booking.domain.sites import Site
from booking.domain.staff import Right
from booking.services import agencies, attendance, first_steps, needs, searches, team_trainings
from booking.services.team_trainings import Lacking
from booking.storage.agendas import MeetingListed
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.storage.needs import Week
from booking.web.errors import NotSignedIn
from booking.web.pages import help_places, need_words
from booking.web.pages.visits import Visit, visit
from booking.web.rendering import Page, page
from booking.web.security import AnyRequest
from calendars.zones import midnight, today, wall

USUAL_ZONE = "Europe/Paris"
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MOST_TO_FILL = MOST_AHEAD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What awaits somebody; None where the role has nothing to do with it. ``ahead`` are meetings of the week."""

    waiting: Mapping[Need, int]
    lacking: Lacking
    meetings: Sequence[MeetingListed] | None
    ahead: Sequence[MeetingListed]
    to_fill: Sequence[Listed] | None
    week: Week | None
    phases: Mapping[Phase, int] | None


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
        own = () if visitor.staff.is_network_wide else await agencies.own(db, by=visitor.staff)
        zone = own[0].time_zone if own else USUAL_ZONE
        shown = await _today(visitor, own, zone)
        card = help_places.first_steps(visitor.staff) if await first_steps.are_shown(db, by=visitor.staff) else ()
        around = {"own": own, "this_day": today(now, zone), "words": need_words, "first_steps": card}
        return visitor.page("home.html", today=shown, **around)


async def _today(visit: Visit, own: Sequence[Agency], zone: str) -> Today:
    staff, is_near = visit.staff, not visit.staff.is_network_wide
    meetings = await _meetings(visit, own) if is_near and staff.may_somewhere(Right.MARK) else None
    this_day = today(visit.now, zone)
    return Today(
        waiting=await needs.waiting(visit.db, by=staff, now=visit.now),
        lacking=await team_trainings.lacking(visit.db, by=staff, now=visit.now),
        meetings=None if meetings is None else [one for one in meetings if _day(one) == this_day],
        ahead=[one for one in meetings or () if _day(one) > this_day][:MOST_AHEAD],
        to_fill=await _to_fill(visit) if is_near and staff.may_somewhere(Right.BOOK) else None,
        week=await _week(visit, zone) if staff.may_somewhere(Right.PLAN) else None,
        phases=await agencies.phases(visit.db) if staff.may_somewhere(Right.AUDIT) and not is_near else None,
    )


def _day(listed: MeetingListed) -> date:
    return wall(listed.meeting.starts_at, listed.time_zone).date()


async def _to_fill(visit: Visit) -> list[Listed]:
    """The next sessions of one's own agencies that have seats."""
    where = visit.staff.agency_ids
    return await searches.next_sessions(visit.db, now=visit.now, agency_ids=where, most=MOST_TO_FILL)


async def _meetings(visit: Visit, own: Sequence[Agency]) -> list[MeetingListed]:
    """The meetings of the day, for who does nothing but lead those of a week, from where the day begins first."""
    zones = {one.time_zone for one in own} or {USUAL_ZONE}
    begins = min(midnight(today(visit.now, zone), zone) for zone in zones)
    days = len(zones) if visit.staff.may_somewhere(Right.BOOK) else WEEK // DAY
    return await attendance.meetings_of_day(visit.db, by=visit.staff, starts_from=begins, days=days)


async def _week(visit: Visit, zone: str) -> Week:
    """What begins from today on within seven days."""
    begins = midnight(today(visit.now, zone), zone)
    return await needs.week(visit.db, by=visit.staff, begins_at=begins, ends_at=visit.now + WEEK)
