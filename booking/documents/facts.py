"""What a message can tell of a case, in the language in which it is told; each fact by the name that templates use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking.documents.spoken import COMMA, apart, day, digits, moment, span
from booking.domain.bookings import DUPLICATE, MOVED, BookingState
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.languages import FRENCH
from booking.domain.links import address_of, expires_at
from booking.domain.sites import Site
from calendars.zones import wall

# What these give as a reason is for the machine, not for people.
UNSAID = {"", MOVED, DUPLICATE}


def facts(
    case: Case, now: datetime, details: Mapping[str, Any] | None, site: Site | None, language: str = FRENCH
) -> dict[str, Any]:
    """All of them; ``details`` are those of the message. Only with a ``site`` there is a link to the person's page."""
    case = case.about(details)
    link = address_of(case.booking, site) if site and now < expires_at(case) else ""
    whose = "" if not link or language == FRENCH else f"?langue={language}"
    return {
        **_when(case, now, language),
        **_where(case, language),
        **_who(case, language),
        **_told(details or {}, language),
        "link": link + whose,
    }


def _when(case: Case, now: datetime, language: str) -> dict[str, Any]:
    ahead, zone = case.meetings_ahead(now), case.agency.time_zone
    names = [case.rooms.get(meeting.room_id) if meeting.room_id else None for meeting in ahead]
    rooms = [apart(name, language) if name else None for name in names]
    until = case.booking.deadline_at
    return {
        "first_day": day(wall(ahead[0].starts_at, zone).date(), language),
        "first": moment(ahead[0].starts_at, zone, language),
        "dates": [span(meeting.starts_at, meeting.ends_at, zone, language) for meeting in ahead],
        "rooms": rooms,
        "room": rooms[0] if len(set(rooms)) == 1 else None,
        "is_cycle": len(case.session.meetings) > 1,
        "until": moment(until, zone, language) if until else "",
    }


def _where(case: Case, language: str) -> dict[str, Any]:
    town = f"{case.agency.postcode} {case.agency.commune}".strip()
    address = ", ".join(part for part in (case.agency.address, town) if part)
    return {
        "agency": apart(case.agency.name, language),
        "address": apart(address, language),
        "directions": apart(" ".join(case.agency.directions.split()), language),
        "home": apart(case.home.name, language),
        "called": apart((case.home if case.home.phone else case.agency).name, language),
        "phone": digits(case.home.phone or case.agency.phone, language),
    }


def _who(case: Case, language: str) -> dict[str, Any]:
    because = case.booking.cancelled_because
    return {
        "name": apart(case.person.name, language),
        "workshop": apart(case.workshop.title, language),
        "to_bring": apart(case.workshop.to_bring, language),
        "waits": case.booking.state is BookingState.WAITLISTED,
        "party": case.booking.cancelled_by,
        "because": "" if because in UNSAID else because,
        "makes_up": case.booking.only_meeting_id is not None,
        "code": digits(spaced(case.booking.code), language),
    }


def _told(details: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What the message itself remembers: the meetings that are gone, where else one could go, why one was moved, and
    which of how many meetings it is about."""
    comma = COMMA.get(language, ",")
    return {
        "alternatives": [
            f"{_moment(one, language)}{comma} {apart(one['agency'], language)}"
            for one in details.get("alternatives", ())
        ],
        "keeps": details.get("keeps", False),
        "gone": [_moment(one, language) for one in details.get("gone", ())],
        "reason": details.get("because", ""),
        "number": details.get("number", ""),
        "has_waited": details.get("has_waited", False),
    }


def _moment(said: Mapping[str, Any], language: str) -> str:
    return moment(datetime.fromisoformat(said["starts_at"]), said["zone"], language)
