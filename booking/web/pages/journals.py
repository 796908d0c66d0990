"""The journal of messages: what left, what waits, what failed and why; and how surely each channel arrives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound, Refused
from booking.domain.job_seekers import Channel
from booking.domain.rooms import FIRST_YEAR, LAST_YEAR
from booking.domain.staff import Right
from booking.services import agencies, delivery_rates, journals, providers, staff_mail_deeds
from booking.services.journals import Line
from booking.storage.journal import Sought
from booking.storage.staff_messages import Mailed
from booking.web.pages import message_words, provider_words, staff_mail_words, words
from booking.web.pages.message_searches import MOST, JournalSearch
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit
from booking.web.rendering import Page

HOME_ZONE = "Europe/Paris"


class JournalPages(Controller):
    """What is looked at."""

    @get("/messages")
    async def journal(self, visit: NamedDependency[Visit]) -> Page:
        """The messages sought, the latest first."""
        search = JournalSearch.of(dict(visit.request.query_params.items()))
        return await journal_page(visit, search, Done.asked(visit))

    @get("/messages/taux")
    async def rates(self, visit: NamedDependency[Visit]) -> Page:
        """Of a hundred messages by each channel, how many reach somebody."""
        agency_id = id_of(visit.asked("agence"))
        found = await delivery_rates.rates(visit.db, agency_id, by=visit.staff, now=visit.now)
        own = await agencies.own(visit.db, by=visit.staff)
        shown = {"rates": found, "places": _places(own), "agency_id": agency_id, "words": words}
        return visit.page("messages/rates.html", **shown, **await _providers(visit, own))


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done: its name, to which message, how many, and until when it waits."""

    deed: str
    message_id: UUID | None
    count: str
    until: datetime | None

    @classmethod
    def asked(cls, visit: Visit) -> "Done":
        """As the address says it."""
        count = visit.asked("combien")
        told = count if count.isascii() and count.isdecimal() else ""
        return cls(visit.asked("fait"), id_of(visit.asked("message")), told, _instant(visit.asked("quand")))


def _instant(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo and FIRST_YEAR <= found.year <= LAST_YEAR else None


async def journal_page(
    visit: Visit, search: JournalSearch, done: Done | None = None, refusal: Refused | None = None
) -> Page:
    """The page of a search, with what was just done or refused there."""
    own = await agencies.own(visit.db, by=visit.staff)
    sought = await search.sought(visit, own[0].time_zone if own else HOME_ZONE)
    found = await journals.find(visit.db, sought, **_around(visit))
    shown = {
        "lines": found[:MOST],
        "older": search.href(after=found[MOST - 1].message.id) if len(found) > MOST else "",
        "search": search,
        "places": _places(own),
        "kinds": [(kind.value, visit.say(name)) for kind, name in words.KINDS.items()],
        "channels": [(channel.value, visit.say(name)) for channel, name in words.CHANNELS.items()],
        "ruled": next((agency for agency in own if visit.staff.may(Right.PLAN, agency.id)), None),
        "dead": await _dead(visit, search),
        "staff_mails": await _staff_mails(visit, search),
        "staff_words": staff_mail_words,
        "done": done,
        "about": await _about(visit, done),
        "words": words,
        "said": message_words,
        **await _providers(visit, own),
    }
    template = "messages/journal.html"
    return visit.refused(template, refusal, **shown) if refusal else visit.page(template, **shown)


async def lines_about(visit: Visit, sought: Sought) -> list[Line]:
    """The short list on another page; nothing for who reaches nobody."""
    if not visit.staff.may_somewhere(Right.REACH):
        return []
    return await journals.find(visit.db, sought, **_around(visit))


async def _providers(visit: Visit, own: list[Agency]) -> dict[str, Any]:
    """How those who carry the messages stand, and by whose clock."""
    found = await providers.look(visit.db, visit.now)
    zone = own[0].time_zone if own else HOME_ZONE
    return {"providers": found, "provider_words": provider_words, "zone": zone}


def _places(own: list[Agency]) -> list[tuple[UUID, str]]:
    return [(agency.id, agency.name) for agency in own]


def _around(visit: Visit) -> dict[str, Any]:
    return {"machines": machines(visit), "by": visit.staff, "now": visit.now, "site": visit.site}


def machines(visit: Visit) -> frozenset[Channel]:
    """The channels that need nobody."""
    return visit.request.app.state.get("machines", frozenset())  # type: ignore[no-any-return]


async def _dead(visit: Visit, search: JournalSearch) -> list[tuple[Agency, int]]:
    """What can be said again at once, where failures are looked at."""
    if search.group != "echecs":
        return []
    return await journals.dead(visit.db, by=visit.staff, now=visit.now)


async def _staff_mails(visit: Visit, search: JournalSearch) -> list[Mailed]:
    """Mails to staff that failed, where all messages or failures are looked at."""
    if search.group not in ("", "echecs"):
        return []
    return await staff_mail_deeds.dead(visit.db, by=visit.staff, now=visit.now)


async def _about(visit: Visit, done: Done | None) -> Line | None:
    """The message that was just stopped, sent or said again."""
    if done is None or not done.deed or done.message_id is None:
        return None
    try:
        return await journals.show(visit.db, done.message_id, **_around(visit))
    except NotFound:
        return None
