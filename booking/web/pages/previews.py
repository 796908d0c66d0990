"""Exactly what leaves when, about one session: for everybody in it, or for one person."""

from itertools import groupby
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.services import previewing
from booking.services.previewing import Leaving, Preview
from booking.web.pages import message_words, words
from booking.web.pages.journals import machines
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import wall


class PreviewPages(Controller):
    """Beside the page of a session, for who tells people things."""

    @get("/sessions/{session_id:uuid}/messages-a-venir")
    async def show(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """By day and hour, with the channel and the first words."""
        about = {"machines": machines(visit), "site": visit.site, "by": visit.staff, "now": visit.now}
        found = await previewing.of_session(visit.db, session_id, id_of(visit.asked("personne")), **about)
        return visit.page(
            "policies/preview.html",
            found=found,
            session=found.listed.session,
            zone=found.listed.time_zone,
            days=_days(found),
            unheard=[one for one in found.leaving if one.channel is None],
            words=words,
            said=message_words,
        )


def _days(found: Preview) -> list[list[Leaving]]:
    """What leaves, one list for each day of the place."""
    leaving = [one for one in found.leaving if one.channel]
    return [list(day) for _, day in groupby(leaving, lambda one: wall(one.leaves_at, found.listed.time_zone).date())]
