"""A message as a short text for any phone: what, when, where and the code, in one segment; never a name or a reason.

In Arabic it takes two. What an agency wrote itself may take three.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from booking.documents import gsm
from booking.documents.dates import day as french_day
from booking.documents.own_words import is_known, own_text
from booking.documents.spoken import day
from booking.documents.spoken_to import language_of
from booking.documents.text_words import FOREIGN_TEXTS, SMALL
from booking.domain.bookings import OFFER_OVER, BookingState, Party
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.languages import ARABIC, FRENCH
from booking.domain.links import address_of, expires_at
from booking.domain.messages import MessageKind
from booking.domain.sites import Site
from booking.domain.wordings import MOST_SEGMENTS, OURS, Wording, WordingForm, Wordings
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
    MessageKind.NEXT_MEETING: "Séance suivante. Atelier {title}: {when}, {place}.",
    MessageKind.ABSENCE_FOLLOWUP: "Atelier {title}, {gone}: nous ne vous avons pas vu. {next} {place}.",
    MessageKind.NO_NOTED: "NON bien reçu: atelier {title}, {when}, {place}. Nous vous appelons. {stays}",
    MessageKind.WAIT_ENDED: "{ended}: atelier {title}, {when}, {place}.",
}


@dataclass(frozen=True, slots=True)
class Text:
    """What is sent, in how many segments, and as how many characters of 160 (or 70) a segment."""

    body: str
    segments: int
    characters: int
    template: str = field(default="", compare=False)
    language: str = field(default=FRENCH, compare=False)


def text(
    kind: MessageKind,
    case: Case,
    now: datetime,
    details: Mapping[str, Any] | None,
    site: Site,
    wordings: Wordings = OURS,
) -> Text:
    """The short text of a message: in the person's language if there is one of it that is short enough, else in French;
    in the agency's words if it has any. The person's own page where it fits beside.

    ``details`` are those of the message.
    """
    language = language_of(case.person)
    if kind not in FOREIGN_TEXTS.get(language, {}):
        language = FRENCH
    tongues = dict.fromkeys((language, FRENCH))
    for tongue in tongues:
        own = wordings.find(case.booking.agency_id, kind, WordingForm.SMS, tongue)
        if own and is_known(own):
            said = own_short_text(own, case, now, details, site)
            if said.segments <= MOST_SEGMENTS:
                return said
        if tongue != FRENCH and (said := _ours(kind, case, now, details, site, tongue)).segments <= MOST_SEGMENTS:
            return said
    return _ours(kind, case, now, details, site, FRENCH)


def own_short_text(
    own: Wording, case: Case, now: datetime, details: Mapping[str, Any] | None, site: Site | None
) -> Text:
    """The same in the agency's words, however long."""
    facts = _facts(case, now, details or {}, own.language)
    link = address_of(case.booking, site) if site and now < expires_at(case) else ""
    body = own_text(own, case, facts | {"link": link})
    return _measured(body if own.language == ARABIC else gsm.fold(body), own.kind, own.language, own.template)


def _ours(
    kind: MessageKind, case: Case, now: datetime, details: Mapping[str, Any] | None, site: Site, language: str
) -> Text:
    facts = _facts(case, now, details or {}, language)
    pattern = TEXTS[kind] if language == FRENCH else FOREIGN_TEXTS[language][kind]
    said = pattern.format(**facts | {"place": "{place}"})
    code = SMALL[language].code + spaced(case.booking.code)
    if language == ARABIC:
        body = _with_place(said, " ".join(case.agency.name.split()), 2 * gsm.EACH_WIDE, code, language) + code
    else:
        body = _with_place(gsm.fold(said), gsm.fold(case.agency.name), gsm.ONE, code, language) + code
    longer = f"{body} {address_of(case.booking, site)}"
    if now < expires_at(case) and gsm.segments(longer) == gsm.segments(body):
        body = longer
    return _measured(body, kind, language, str(TEXTS_VERSION))


def _measured(body: str, kind: MessageKind, language: str, version: str) -> Text:
    return Text(body, gsm.segments(body), gsm.characters(body), f"{kind}.sms/{language}/{version}", language)


def _with_place(said: str, place: str, most: int, code: str, language: str) -> str:
    """The name of the agency, cut at a word where the whole would take a segment more."""
    room = most - gsm.characters(said.replace("{place}", "")) - gsm.characters(code)
    while gsm.characters(place) > max(room, SHORTEST_PLACE):
        place = place.rpartition(" ")[0] or place[:-1]
    return said.replace("{place}", place.rstrip(" ,-(") or SMALL[language].agency)


def _facts(case: Case, now: datetime, details: Mapping[str, Any], language: str = FRENCH) -> dict[str, str]:
    case = case.about(details)
    ahead, zone, small = case.meetings_ahead(now), case.agency.time_zone, SMALL[language]
    waits = case.booking.state is BookingState.WAITLISTED
    gone = details.get("gone") or [{"starts_at": ahead[0].starts_at.isoformat(), "zone": zone}]
    until = case.booking.deadline_at
    return {
        # Braces would be taken for a place to fill in.
        "title": case.workshop.short_title.replace("{", "(").replace("}", ")"),
        "when": _moment(ahead[0].starts_at, zone, language),
        "meetings": small.meetings.format(len(ahead)) if len(ahead) > 1 else "",
        "stays": small.waits if waits else small.keeps,
        "gone": _moment(datetime.fromisoformat(gone[0]["starts_at"]), gone[0]["zone"], language),
        "party": small.parties[case.booking.cancelled_by or Party.SERVICE],
        "next": small.keeps if details.get("keeps") else small.another,
        "until": _moment(until, zone, language, with_year=False) if until else small.some_day,
        "ended": small.not_answered if case.booking.cancelled_because == OFFER_OVER else small.not_served,
    }


def _moment(instant: datetime, zone: str, language: str, *, with_year: bool = True) -> str:
    """``mardi 24 novembre 2026 à 9h30``."""
    local = wall(instant, zone)
    said = french_day(local.date()) if language == FRENCH else day(local.date(), language)
    said = said if with_year else said.rpartition(" ")[0]
    if language == FRENCH:
        return f"{said} à {local.hour}h{f'{local.minute:02}' if local.minute else ''}"
    return f"{said}{SMALL[language].at}{local.hour}:{local.minute:02}"
