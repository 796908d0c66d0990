"""What an adviser follows: the own bookings with their outcome and the next step, and who is hard to reach."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency

from booking.documents.followed_lists import Line, csv_of
from booking.domain.errors import NotFound
from booking.domain.followed_bookings import Standing
from booking.domain.staff import Right
from booking.services import agencies, catalogues, followed_bookings, reaching
from booking.services.followed_bookings import FollowedBooking
from booking.storage.reaching import Place
from booking.web.pages import follow_words, words
from booking.web.pages.followed import PAGE, Wish, written
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import wall

USUAL_ZONE = "Europe/Paris"


class FollowedPages(Controller):
    """For whoever books, and for managers, who look at their advisers."""

    path = "/suivi"

    @get()
    async def follow(self, visit: NamedDependency[Visit]) -> Page:
        """Who waits for an answer first, then what lies ahead, then what is over."""
        wish = Wish.of(visit.request.query_params)
        visit.staff.must_somewhere(Right.BOOK)
        asked = wish.asked(visit.staff.id, await _zone(visit))
        found = await followed_bookings.find(visit.db, asked, by=visit.staff, now=visit.now)
        shown = found[:PAGE]
        after = wish.href(after=written(shown[-1].found.place)) if len(found) > PAGE else ""
        advisers = await followed_bookings.advisers(visit.db, by=visit.staff, now=visit.now)
        return visit.page(
            "followed/list.html",
            wish=wish,
            found=shown,
            after=after,
            advisers=advisers,
            # Whose list this is, when it is somebody else's.
            other=dict(advisers).get(asked.staff_id),
            workshops=await catalogues.every(visit.db, with_archived=True),
            outcomes=list(Standing),
            words=words,
            follow=follow_words,
        )

    @get("/liste.csv")
    async def export(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """The same as a file for a spreadsheet."""
        wish = Wish.of(visit.request.query_params)
        visit.staff.must_somewhere(Right.BOOK)
        asked = wish.asked(visit.staff.id, await _zone(visit))
        found = await followed_bookings.every(visit.db, asked, by=visit.staff, now=visit.now)
        headers = {"content-disposition": 'attachment; filename="suivi.csv"', "cache-control": "private, no-store"}
        content = csv_of(_line(one) for one in found).encode()
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

    @get("/injoignables")
    async def unreachable(self, visit: NamedDependency[Visit]) -> Page:
        """Who has a place to come and may hear nothing of it."""
        place = _place(visit.asked("apres"))
        said = {"by": visit.staff, "now": visit.now, "site": visit.site}
        found = await reaching.find(visit.db, after=place, most=PAGE + 1, **said)
        shown: dict[str, Any] = {"found": found[:PAGE], "words": words, "follow": follow_words}
        last = found[PAGE - 1].place if len(found) > PAGE else None
        after = f"/suivi/injoignables?apres={int(last[0].timestamp())}_{last[1]}" if last else ""
        return visit.page("followed/unreachable.html", **shown, after=after)


def _line(one: FollowedBooking) -> Line:
    found, listed = one.found, one.listed
    begins = wall(listed.session.starts_at, listed.time_zone)
    deadline = found.booking.deadline_at
    return Line(
        last_name=one.person.last_name,
        first_name=one.person.first_name,
        identifier=one.person.identifier or "",
        workshop=listed.workshop_title,
        agency=listed.agency_name,
        begins=begins,
        outcome=follow_words.OUTCOMES[found.outcome],
        came=found.came,
        meetings=found.meetings,
        cancelled_by=words.PARTIES[found.booking.cancelled_by] if found.booking.cancelled_by else "",
        step=follow_words.STEPS[one.step],
        leads_to=", ".join(one.leads_to.values()),
        until=wall(deadline, listed.time_zone) if deadline else None,
        code=found.booking.code,
    )


async def _zone(visit: Visit) -> str:
    own = await agencies.own(visit.db, by=visit.staff)
    return own[0].time_zone if own else USUAL_ZONE


def _place(said: str) -> Place | None:
    """Where the page before ended; raises :class:`NotFound` for an instant that cannot be."""
    begun, _, last = said.partition("_")
    id: UUID | None = id_of(last)
    if id is None or not begun.isdecimal() or len(begun) > 10:
        return None
    try:
        return datetime.fromtimestamp(int(begun), tz=UTC), id
    except (ValueError, OverflowError, OSError) as error:
        raise NotFound from error
