"""Letters as PDF: the address in the window, the words of the message, the stub that proves the handing over."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from booking.documents import dates, qr
from booking.documents.letter_words import AROUND
from booking.documents.letters import address, blocks
from booking.documents.messages import Words
from booking.domain.agencies import Agency
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.languages import ARABIC, FRENCH
from calendars.zones import wall

# Beyond so many meetings the lines stand closer, beyond so many dates they stand in two columns.
MANY_MEETINGS, MANY_DATES = 4, 7


def in_print(language: str) -> str:
    """The language a letter is printed in: our typefaces set Arabic too poorly for a letter."""
    return FRENCH if language == ARABIC else language


def letter(
    case: Case, said: Words, now: datetime, *, link: str = "", in_french: str = "", is_large: bool = False
) -> dict[str, Any]:
    """One letter as the template reads it; ``link`` is the person's own page, ``in_french`` the subject of a foreign
    one."""
    zone = case.agency.time_zone
    around = AROUND[said.language]
    own = {"code": spaced(case.booking.code), "link": link.partition("://")[2], "qr": qr.drawn(link)} if link else None
    parts = blocks(said.body, said.language)
    return {
        "language": said.language,
        "sender": _sender(case.home),
        "window": address(case.person),
        "own": own,
        "around": {name: around[name] for name in ("code", "aim")},
        "dated": f"{case.home.commune or case.home.name}, le {_day(now, case.home.time_zone)}",
        "tone": _tone(case, around),
        "subject": said.subject,
        "in_french": in_french,
        "blocks": [asdict(one) | {"two": len(one.lines) > MANY_DATES} for one in parts],
        "is_close": len(case.session.meetings) > MANY_MEETINGS,
        "is_large": is_large,
        "stub": {
            "name": case.person.name,
            "about": f"{case.workshop.title}, {dates.day(wall(case.session.starts_at, zone).date())}",
            "version": said.template,
        },
    }


def batch(title: str, letters: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Several letters as one file."""
    return {"title": title, "letters": list(letters)}


def _sender(home: Agency) -> list[str]:
    town = f"{home.postcode} {home.commune}".strip()
    place = ", ".join(filter(None, (home.address, town)))
    return [line for line in (home.name, place, f"Tél. {home.phone}" if home.phone else "") if line]


def _tone(case: Case, around: dict[str, str]) -> str:
    if not case.booking.is_active or case.session.cancelled_because is not None:
        return ""
    return around["compulsory"] if case.workshop.is_compulsory else around["free"]


def _day(now: datetime, zone: str) -> str:
    """``24 novembre 2026``."""
    return dates.day(wall(now, zone).date()).partition(" ")[2]
