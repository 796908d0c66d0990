"""One paper of each kind, as its template reads it; whoever is named on it has the name that is asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from booking.documents.messages import kind_of_letter, words_in
from booking.documents.pdf.call_lists import Call, CallList
from booking.documents.pdf.handouts import Certificate, Programme, dated
from booking.documents.pdf.letters import batch, letter
from booking.documents.pdf.orientations import Orientation
from booking.documents.pdf.sheets import Signer, SigningSheet, columns_of
from tests.given import NOW, in_days
from tests.given_cases import a_case, a_person

ZONE = "Europe/Paris"
SHEET_LINK = "https://ateliers.example/presence/019a0000-0000-7000-8000-000000000001"
OWN_LINK = "https://ateliers.example/p/K7M4P2/abcdefghijklmnop"
POSTED = {"address": "12 bis rue de la République, Bâtiment C", "postcode": "38400", "commune": "Saint-Martin-d’Hères"}
Paper = tuple[str, dict[str, Any]]


def a_sheet(last_name: str = "DIALLO", people: int = 12, meetings: int = 1) -> Paper:
    """The sheet of so many people for one meeting or a cycle."""
    columns = [one for n in range(meetings) for one in columns_of(in_days(n), in_days(n, 2), ZONE, "Karim")]
    sheet = SigningSheet(
        workshop="Premiers pas avec l’ordinateur",
        session="",
        place="Grenoble Bastille, Vercors",
        address="1 rue des Alpes, 38000 Grenoble",
        organiser="Grenoble Bastille",
        columns=columns,
        people=[Signer("Awa", last_name, "", [True] * len(columns))] * people,
        blank_rows=3,
        first_on=date(2026, 10, 19),
        code="K7M4P2",
        link=SHEET_LINK,
        short_link="ateliers.example/f/K7M4P2",
    )
    return "sheet", sheet.data


def a_letter(last_name: str = "DIALLO", meetings: int = 1, *, is_large: bool = False, **workshop: Any) -> Paper:
    """A letter that is posted or handed over."""
    person = a_person(last_name=last_name, **POSTED)
    case = a_case(*(in_days(14 + n) for n in range(meetings)), person=person)
    case = replace(case, workshop=replace(case.workshop, **workshop))
    said = words_in("fr", kind_of_letter(case), case, NOW)
    return "letters", batch("Lettre", [letter(case, said, NOW, link=OWN_LINK, is_large=is_large)])


def a_programme(_: str = "", meetings: int = 6, template: str = "programme") -> Paper:
    """The dates of a cycle."""
    session = a_case(*(in_days(n) for n in range(meetings))).session
    paper = Programme(
        workshop="Premiers pas avec l’ordinateur",
        objectives="Écrire un e-mail.",
        to_bring="Une pièce d’identité",
        meetings=[dated(one, ZONE, "Vercors") for one in session.meetings],
        place="Grenoble Bastille",
        address="1 rue des Alpes, 38000 Grenoble",
        phone="04 76 00 00 00",
        directions="Tram B, arrêt Notre-Dame.",
        first_on=date(2026, 10, 19),
    )
    return template, paper.data


def a_certificate(last_name: str = "DIALLO", meetings: int = 6) -> Paper:
    """That somebody came."""
    session = a_case(*(in_days(n) for n in range(meetings))).session
    paper = Certificate(
        name=f"Awa {last_name}",
        workshop="Premiers pas avec l’ordinateur",
        meetings=[dated(one, ZONE, note="rattrapée") for one in session.meetings],
        all_meetings=meetings,
        length=timedelta(hours=2 * meetings),
        organiser="Grenoble Bastille",
        address="1 rue des Alpes, 38000 Grenoble",
        dated="Grenoble, le 19 octobre 2026",
    )
    return "certificate", paper.data


def a_call_list(last_name: str = "DIALLO", calls: int = 3) -> Paper:
    """Whom to call."""
    known = {"phone": "04 76 00 00 00", "about": "Rappel", "before": "demain", "script": "Oui.", "tries": 2}
    return "calls", CallList("lundi 19 octobre 2026", [Call(name=f"Awa {last_name}", **known)] * calls).data


def an_orientation(last_name: str = "DIALLO") -> Paper:
    """The sheet for a partner."""
    paper = Orientation(
        name=f"Awa {last_name}",
        phone="06 12 34 56 78",
        email="awa@example.org",
        commune="38400 Saint-Martin-d’Hères",
        language="",
        needs=["Lit difficilement"],
        sent_by="Nadia",
        agency="Grenoble Bastille",
        address="1 rue des Alpes, 38000 Grenoble",
        agency_phone="04 76 00 00 00",
        dated="Grenoble, le 19 octobre 2026",
    )
    return "orientation", paper.data


KINDS: dict[str, Callable[[str], Paper]] = {
    "sheet of a meeting": a_sheet,
    "sheet of a cycle": lambda name: a_sheet(name, 12, 6),
    "letter": a_letter,
    "letter in large print": lambda name: a_letter(name, 6, is_large=True),
    "programme": a_programme,
    "door": lambda name: a_programme(name, 2, "door"),
    "certificate": a_certificate,
    "call list": a_call_list,
    "orientation": an_orientation,
}
# Nobody is named on these.
NAMELESS = ("programme", "door")
