"""Presence: the meetings of a day, the roll of one, and the sheet that everybody signs."""

from datetime import timedelta
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from booking.domain.errors import Refused, StaleEdit
from booking.domain.staff import Right
from booking.services import agencies, attendance, closing, corrections, rosters
from booking.services.attendance import Marked
from booking.services.closing import Closed
from booking.services.rosters import Roll
from booking.services.signed_sheets import may_file
from booking.web.errors import words_of
from booking.web.pages import words
from booking.web.pages.dates import day_said
from booking.web.pages.marks import changes, counts
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.zones import midnight, today, wall

DAY = timedelta(days=1)
BLANK_ROWS = 3


class AttendancePages(Controller):
    """What a facilitator does: see who is expected, say who came, have it signed."""

    path = "/presence"

    @get()
    async def day(self, visit: NamedDependency[Visit]) -> Page:
        """The meetings of a day in one's agencies; today's unless another is asked for."""
        visit.staff.must_somewhere(Right.MARK)
        own = await agencies.own(visit.db, by=visit.staff)
        zone = own[0].time_zone if own else "Europe/Paris"
        this_day = today(visit.now, zone)
        day = day_said(visit.asked("jour")) or this_day
        found = await rosters.of_day(visit.db, by=visit.staff, starts_from=midnight(day, zone) - DAY, days=3)
        shown = [x for x in found if wall(x.meeting.starts_at, x.time_zone).date() == day]
        days = {"day_shown": day, "this_day": this_day, "before": day - DAY, "after": day + DAY}
        expected = await rosters.how_many(visit.db, shown)
        to_close = await closing.to_close(visit.db, by=visit.staff, now=visit.now) if day == this_day else []
        left = {one.meeting.meeting.id: one.missing for one in to_close}
        return visit.page("presence/day.html", meetings=shown, expected=expected, to_close=to_close, left=left, **days)

    @get("/{meeting_id:uuid}")
    async def roster(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Page:
        """The roll of a meeting."""
        roll = await rosters.call(visit.db, meeting_id, by=visit.staff)
        await rosters.note_look(visit.db, meeting_id, by=visit.staff, now=visit.now)
        closed = await closing.closed(visit.db, meeting_id)
        corrected = await corrections.of_roll(visit.db, roll) if closed else []
        shown = _shown(visit, roll, {}, closed=closed)
        return visit.page("presence/roster.html", **shown, corrected=corrected, done=visit.asked("fait"))

    @post("/{meeting_id:uuid}")
    async def mark(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Answer | Response[None]:
        """Note what was changed on the roll; a script that sends one row at a time gets no page (204)."""
        form = await visit.form()
        roll = await rosters.call(visit.db, meeting_id, by=visit.staff)
        changed, seen = changes(form, roll)
        is_script = visit.request.headers.get("x-row") == "1"
        try:
            form.problems.refuse()
            await attendance.mark_all(visit.db, meeting_id, changed, seen=seen, by=visit.staff, now=visit.now)
        except Refused as refusal:
            if is_script:
                return Response(None, status_code=words_of(refusal).status)
            return await _refused(visit, refusal, await rosters.call(visit.db, meeting_id, by=visit.staff), changed)
        if is_script:
            return Response(None, status_code=204)
        return see(f"/presence/{meeting_id}?fait={len(changed)}")

    @post("/{meeting_id:uuid}/cloture")
    async def close(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Redirect:
        """The roll is done."""
        await visit.form()
        await closing.close(visit.db, meeting_id, by=visit.staff, now=visit.now)
        return see(f"/presence/{meeting_id}")

    @get("/{meeting_id:uuid}/feuille")
    async def sheet(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Page:
        """The sheet to print and to have signed."""
        roll = await rosters.sheet(visit.db, meeting_id, by=visit.staff)
        await rosters.note_look(visit.db, meeting_id, by=visit.staff, now=visit.now)
        return visit.page("presence/sheet.html", roll=roll, meeting=roll.meeting, blank_rows=BLANK_ROWS)


async def _refused(visit: Visit, refusal: Refused, roll: Roll, changed: dict[UUID, Marked]) -> Page:
    """The roll again with the marks as they were tapped; what somebody else has marked since stands beside them."""
    others = set(refusal.facts.get("booking_ids", [])) if isinstance(refusal, StaleEdit) else set()
    closed = await closing.closed(visit.db, roll.meeting.meeting.id)
    shown = _shown(visit, roll, changed, others, closed)
    return visit.refused("presence/roster.html", refusal, **shown, corrected=[], done="")


def _shown(
    visit: Visit,
    roll: Roll,
    tapped: dict[UUID, Marked],
    others: set[UUID] | None = None,
    closed: Closed | None = None,
) -> dict[str, object]:
    may_correct = visit.staff.is_more_than_assistant_at(roll.meeting.agency_id)
    has_begun = roll.meeting.meeting.starts_at <= visit.now
    shown = {p.booking_id: tapped.get(p.booking_id, (p.mark, p.reason)) for p in roll.expected}
    return {
        "roll": roll,
        "meeting": roll.meeting,
        "shown": shown,
        "others": [p for p in roll.expected if p.booking_id in (others or ())],
        "open": rosters.has_come(roll.meeting, visit.now) and (may_correct or not closed),
        "closed": closed,
        "may_file": may_file(visit.staff, roll.meeting),
        "may_close": may_correct and has_begun and not closed,
        "may_book": visit.staff.may(Right.BOOK, roll.meeting.agency_id),
        "may_plan": visit.staff.may(Right.PLAN, roll.meeting.agency_id),
        "counts": counts(roll.expected),
        "words": words,
    }
