"""A message as a short text for any phone: what, when, where and the code, in one segment; never a name or a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.documents import gsm
from booking.documents.dates import day
from booking.domain.bookings import OFFER_OVER, BookingState, Party
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.links import address_of, expires_at
from booking.domain.messages import MessageKind
from booking.domain.sites import Site
from calendars.zones import wall

SHORTEST_PLACE = 10
# Raised with every change of these words, so that it stays known which words somebody got.
TEXTS_VERSION = 1
TEXTS = {
    MessageKind.CONFIRMATION: "Votre place: atelier {title}, {when}{meetings}, {place}.",
    MessageKind.WAITLISTED: "Atelier {title}: {when}, {place}. C’est complet. Vous êtes en liste d’attente.",
    MessageKind.SEAT_GIVEN: "Une place s’est libérée pour vous. Atelier {title}: {when}{meetings}, {place}.",
    MessageKind.REMINDER: "Rappel. Atelier {title}: {when}, {place}.",
    MessageKind.SESSION_MOVED: "Changement. Atelier {title}: maintenant {when}, {place}. {stays}",
    MessageKind.SESSION_CANCELLED: "Annulé par l’agence: atelier {title}, {when}, {place}. Ne venez pas.",
    MessageKind.SESSION_CUT_SHORT: "Annulé par l’agence: suite de {title}, dès {gone}, {place}. Ne venez pas.",
    MessageKind.BOOKING_MOVED: "Nouvelle date. Atelier {title}: {when}{meetings}, {place}. L’ancienne ne vaut plus.",
    MessageKind.BOOKING_CANCELLED: "{party}: atelier {title}, {when}, {place}.",
    MessageKind.SEAT_OFFERED: "Place proposée: atelier {title}, {when}, {place}. Répondez avant {until}.",
    MessageKind.WAIT_ENDED: "{ended}: atelier {title}, {when}, {place}.",
}
PARTIES = {
    Party.PERSON: "Vous avez annulé votre place",
    Party.ADVISER: "Votre conseil a annulé votre place",
    Party.SERVICE: "L’agence a annulé votre place",
}


@dataclass(frozen=True, slots=True)
class Text:
    """What is sent, in how many segments, and as how many characters of 160 (or 70) a segment."""

    body: str
    segments: int
    characters: int


def text(kind: MessageKind, case: Case, now: datetime, details: Mapping[str, Any] | None, site: Site) -> Text:
    """The short text of a message, in the alphabet of every phone; the person's own page where it fits beside.

    ``details`` are those of the message.
    """
    facts = _facts(case, now, details or {})
    said = gsm.fold(TEXTS[kind].format(**facts | {"place": "{place}"}))
    body = f"{_with_place(said, case.agency.name)} Code {spaced(case.booking.code)}"
    longer = f"{body} {address_of(case.booking, site)}"
    if now < expires_at(case) and gsm.segments(longer) == 1:
        body = longer
    return Text(body, gsm.segments(body), gsm.characters(body))


def _with_place(said: str, name: str) -> str:
    """The name of the agency, cut at a word where the whole would take a second segment."""
    room = gsm.ONE - gsm.characters(said.replace("{place}", "")) - len(" Code K7 M4 P2")
    place = gsm.fold(name)
    while gsm.characters(place) > max(room, SHORTEST_PLACE):
        place = place.rpartition(" ")[0] or place[:-1]
    return said.replace("{place}", place.rstrip(" ,-(") or "agence")


def _facts(case: Case, now: datetime, details: Mapping[str, Any]) -> dict[str, str]:
    ahead, zone = case.meetings_ahead(now), case.agency.time_zone
    waits = case.booking.state is BookingState.WAITLISTED
    gone = details.get("gone") or [{"starts_at": ahead[0].starts_at.isoformat(), "zone": zone}]
    until = case.booking.deadline_at
    return {
        # Braces would be taken for a place to fill in.
        "title": case.workshop.short_title.replace("{", "(").replace("}", ")"),
        "when": _moment(ahead[0].starts_at, zone),
        "meetings": f" ({len(ahead)} dates)" if len(ahead) > 1 else "",
        "stays": "Vous attendez encore." if waits else "Vous gardez votre place.",
        "gone": _moment(datetime.fromisoformat(gone[0]["starts_at"]), gone[0]["zone"]),
        "party": PARTIES[case.booking.cancelled_by or Party.SERVICE],
        "until": _moment(until, zone, with_year=False) if until else "la date dite",
        "ended": "Pas de réponse, place donnée"
        if case.booking.cancelled_because == OFFER_OVER
        else "Liste d’attente finie, pas de place",
    }


def _moment(instant: datetime, zone: str, *, with_year: bool = True) -> str:
    """``mardi 24 novembre 2026 à 9h30``."""
    local = wall(instant, zone)
    said = day(local.date()) if with_year else day(local.date()).rpartition(" ")[0]
    return f"{said} à {local.hour}h{f'{local.minute:02}' if local.minute else ''}"
