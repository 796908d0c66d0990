"""A message in words: plain French, short sentences, every date in full, so that it can be read on any day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from booking.documents.dates import day, hour, moment
from booking.domain.bookings import DUPLICATE, MOVED, BookingState
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.links import address_of, expires_at
from booking.domain.messages import MessageKind
from booking.domain.sessions import Meeting, SessionState
from booking.domain.sites import Site
from booking.language import typeset
from calendars.zones import wall

FOLDER = Path(__file__).parent / "templates" / "messages"
# Raised with every change of the template's words, so that it stays known which words somebody got.
VERSIONS = dict.fromkeys(MessageKind, 2) | {MessageKind.SESSION_CANCELLED: 3, MessageKind.BOOKING_MOVED: 3}
# What these give as a reason is for the machine, not for people.
UNSAID = {"", MOVED, DUPLICATE}
_TAG = re.compile(r"(\{[{%#].*?[}%#]\})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, and by which version of which template."""

    subject: str
    body: str
    template: str


class _French(Extension):
    """Sets the sentences of a template as French is set; what is filled in stays as people wrote it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "".join(part if _TAG.fullmatch(part) else typeset(part) for part in _TAG.split(source))


_templates = Environment(
    loader=FileSystemLoader(FOLDER),
    extensions=[_French],
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 - plain text
    trim_blocks=True,
    lstrip_blocks=True,
)


def words(
    kind: MessageKind,
    case: Case,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    site: Site | None = None,
) -> Words:
    """Subject and body; a cycle lists the meetings still ahead at ``now``. ``details`` are those of the message.

    With a ``site`` they name the person's own page, which is of no use on the phone, nor beside its picture on paper.
    """
    facts = _facts(case, now) | {"link": address_of(case.booking, site) if site and now < expires_at(case) else ""}
    said = _templates.get_template(f"{kind}.txt").render(facts, **_told(details or {}))
    subject, _, body = said.partition("\n")
    return Words(subject.strip(), re.sub(r"\n{3,}", "\n\n", body).strip() + "\n", f"{kind}/{VERSIONS[kind]}")


def script(kind: MessageKind, case: Case, now: datetime, details: Mapping[str, Any] | None = None) -> str:
    """What to say on the phone, and the little that may be said to an answering machine or to somebody else."""
    said = words(kind, case, now, details).body.split("\n\n")
    # The greeting and the signature are the caller's own.
    return _templates.get_template("script.txt").render(_facts(case, now), message="\n\n".join(said[1:-1]))


def kind_of_letter(case: Case) -> MessageKind:
    """What a letter printed now says about this booking."""
    if case.session.cancelled_because is not None:
        stays = case.session.state is SessionState.HELD and case.booking.is_active
        return MessageKind.SESSION_CUT_SHORT if stays else MessageKind.SESSION_CANCELLED
    kinds = {
        BookingState.CANCELLED: MessageKind.BOOKING_CANCELLED,
        BookingState.WAITLISTED: MessageKind.WAITLISTED,
        BookingState.OFFERED: MessageKind.SEAT_OFFERED,
    }
    return kinds.get(case.booking.state, MessageKind.CONFIRMATION)


def _facts(case: Case, now: datetime) -> dict[str, Any]:
    ahead = case.meetings_ahead(now)
    zone = case.agency.time_zone
    rooms = [case.rooms.get(meeting.room_id) if meeting.room_id else None for meeting in ahead]
    town = f"{case.agency.postcode} {case.agency.commune}".strip()
    because = case.booking.cancelled_because
    return {
        "name": case.person.name,
        "workshop": case.workshop.title,
        "first_day": day(wall(ahead[0].starts_at, zone).date()),
        "first": moment(ahead[0].starts_at, zone),
        "dates": [_date(meeting, zone) for meeting in ahead],
        "rooms": rooms,
        "room": rooms[0] if len(set(rooms)) == 1 else None,
        "is_cycle": len(case.session.meetings) > 1,
        "agency": case.agency.name,
        "address": ", ".join(part for part in (case.agency.address, town) if part),
        "directions": " ".join(case.agency.directions.split()),
        "to_bring": case.workshop.to_bring,
        "home": case.home.name,
        "called": (case.home if case.home.phone else case.agency).name,
        "phone": case.home.phone or case.agency.phone,
        "waits": case.booking.state is BookingState.WAITLISTED,
        "party": case.booking.cancelled_by,
        "because": "" if because in UNSAID else because,
        "makes_up": case.booking.only_meeting_id is not None,
        "until": moment(case.booking.deadline_at, zone) if case.booking.deadline_at else "",
        "code": spaced(case.booking.code),
    }


def _told(details: Mapping[str, Any]) -> dict[str, Any]:
    """What the message itself remembers: the meetings that are gone, where else one could go, why one was moved, and
    which of how many meetings it is about."""
    return {
        "alternatives": [f"{_moment(one)}, {one['agency']}" for one in details.get("alternatives", ())],
        "gone": [_moment(one) for one in details.get("gone", ())],
        "reason": details.get("because", ""),
        "number": details.get("number", ""),
        "has_waited": details.get("has_waited", False),
    }


def _moment(said: Mapping[str, Any]) -> str:
    return moment(datetime.fromisoformat(said["starts_at"]), said["zone"])


def _date(meeting: Meeting, zone: str) -> str:
    return f"{moment(meeting.starts_at, zone)} (fin à {hour(wall(meeting.ends_at, zone).time())})"
