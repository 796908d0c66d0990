"""The next meetings of an agency in words, for a page and for readers of news."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from uuid import uuid5

from booking.documents.public_feeds import Item, PublicFeed
from booking.domain.agencies import Agency
from booking.domain.sites import Site
from booking.language import translate
from booking.services.public_lists import PublicList
from booking.storage.public_lists import PublicMeeting
from booking.web import moments
from booking.web.pages.list_options import Options
from booking.web.pages.words import LEVELS
from calendars.zones import wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One meeting as it is read; ``number`` is which one of a cycle, ``calendar`` its file."""

    meeting: PublicMeeting
    day: str
    starts: str
    ends: str
    number: str
    level: str
    place: str
    calendar: str


def rows(found: Iterable[PublicMeeting], agency: Agency, site: Site, language: str) -> list[Row]:
    """What the list says of each meeting, by the clock of the place."""
    say, zone = translate(language), agency.time_zone
    hour = partial(moments.hour, zone=zone, language=language)
    page = f"{site.url}/agences/{agency.slug}"
    return [
        Row(
            meeting=one,
            day=moments.full_day(one.starts_at, zone, language=language),
            starts=hour(one.starts_at),
            ends=hour(one.ends_at),
            number=_number(one, language),
            level=say(LEVELS[one.level]),
            place=one.room or "",
            calendar="" if one.is_cancelled else f"{page}/sessions/{one.session_id}/ateliers.ics",
        )
        for one in found
    ]


def _number(one: PublicMeeting, language: str) -> str:
    if one.position is None or one.cycle < 2:
        return ""
    say = translate(language)
    return say("séance %(n)s/%(count)s") % {"n": one.position, "count": one.cycle}


def title(agency: Agency, language: str) -> str:
    """What the list is called."""
    say = translate(language)
    return say("Prochains ateliers – %(agency)s") % {"agency": agency.name}


def feed(shown: PublicList, said: list[Row], options: Options, site: Site, ending: str) -> PublicFeed:
    """The list as news; ``ending`` is that of its own address."""
    agency = shown.agency
    home = f"{site.url}/agences/{agency.slug}"
    return PublicFeed(
        id=agency.id if options.atelier is None else uuid5(agency.id, str(options.atelier)),
        title=title(agency, options.language),
        description=agency.place,
        language=options.language,
        home=home,
        address=f"{home}/prochains.{ending}{options.content_query}",
        author=agency.name,
        updated_at=shown.last_modified,
        items=[_item(row, agency, home, options.language) for row in said],
    )


def _item(row: Row, agency: Agency, home: str, language: str) -> Item:
    one, say = row.meeting, translate(language)
    what = " – ".join(filter(None, (one.title, row.number)))
    said = say("ANNULÉ – %(title)s") % {"title": what} if one.is_cancelled else what
    hours = say("de %(start)s à %(end)s") % {"start": row.starts, "end": row.ends}
    place = ", ".join(filter(None, (row.place, agency.place)))
    return Item(
        id=one.meeting_id,
        url=f"{home}/prochains?nombre=50#m-{one.meeting_id}",
        title=f"{said} – {row.day}, {row.starts}",
        text="\n".join((f"{row.day}, {hours}", place, say("Niveau : %(level)s") % {"level": row.level})),
        updated_at=one.changed_at,
        tags=(one.theme,) if one.theme else (),
        calendar=row.calendar,
        facts=_facts(one, agency, place),
    )


def _facts(one: PublicMeeting, agency: Agency, place: str) -> dict[str, object]:
    zone = agency.time_zone
    return {
        "workshop": one.title,
        "session": str(one.session_id),
        "starts_at": wall(one.starts_at, zone).isoformat(),
        "ends_at": wall(one.ends_at, zone).isoformat(),
        "time_zone": zone,
        "level": one.level,
        "place": place,
        "position": one.position,
        "meetings": one.cycle,
        "cancelled": one.is_cancelled,
    }
