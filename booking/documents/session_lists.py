"""Lists of sessions for other programs: a CSV for spreadsheets, and the employment service's own words as JSON."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendars.zones import wall

COLUMNS = (
    "session", "agence", "atelier", "séance", "séances", "date", "début", "fin", "salle", "animation", "assistance",
    "places", "inscrits", "attente", "état", "motif", "langues",
)  # fmt: skip
# A cell that begins like a formula would be run by a spreadsheet (OWASP, CSV injection), in full width, too.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One meeting of a session, with all that a list says of it; ``states`` are words of the list."""

    session_id: str
    meeting_id: str
    agency_name: str
    agency_code: str
    address: str
    postcode: str
    commune: str
    workshop: str
    theme_code: str
    objectives: str
    position: int
    meetings: int
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    zone: str
    room: str
    leader: str
    assistants: str
    capacity: int
    taken: int
    waiting: int
    state: str
    because: str
    languages: str = ""


def csv_of(lines: Iterable[SessionLine]) -> str:
    """The list for a spreadsheet: semicolons, days and hours as French people write them, in the time of the place."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for line in lines:
        table.writerow([harmless(cell) for cell in _cells(line)])
    return "\ufeff" + written.getvalue()


def _cells(line: SessionLine) -> tuple[object, ...]:
    begins, ends = wall(line.starts_at, line.zone), wall(line.ends_at, line.zone)
    return (
        line.session_id, line.agency_name, line.workshop, line.position, line.meetings,
        f"{begins:%d/%m/%Y}", f"{begins:%H:%M}", f"{ends:%H:%M}", line.room, line.leader, line.assistants,
        line.capacity, line.taken, line.waiting, line.state, line.because, line.languages,
    )  # fmt: skip


def harmless(cell: object) -> object:
    """The cell as no spreadsheet runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell


def vocabulary_of(lines: Iterable[SessionLine]) -> str:
    """The list as JSON, an object for each meeting, in the words of the employment service's own tools."""
    return json.dumps([_object(line) for line in lines], ensure_ascii=False, indent=1)


def _object(line: SessionLine) -> dict[str, Any]:
    begins, ends = wall(line.starts_at, line.zone), wall(line.ends_at, line.zone)
    return {
        "identifiant": line.meeting_id,
        "identifiantSession": line.session_id,
        "dateDebut": begins.isoformat(),
        "dateFinPrevue": ends.isoformat(),
        "dateLimite": wall(line.closes_at, line.zone).isoformat(),
        "duree": {"unite": "MINUTE", "valeur": round((line.ends_at - line.starts_at).total_seconds() / 60)},
        "enAgence": True,
        "infoCollective": False,
        "natureAnimation": "INTERNE",
        "typePrestation": {"code": "ATE", "libelle": "Atelier"},
        "themeAtelier": {
            "code": line.theme_code or None,
            "libelle": line.workshop,
            "descriptif": line.objectives or None,
        },
        "identifiants": {"safir": line.agency_code or None},
        "agence": line.agency_name,
        "adresse": {"ligne": line.address, "codePostal": line.postcode, "ville": line.commune},
        "salle": line.room or None,
        "animation": line.leader or None,
        "assistance": line.assistants or None,
        "places": line.capacity,
        "inscrits": line.taken,
        "etat": line.state,
        "langues": line.languages or None,
    }


# By the name of the format: what writes it, and its media type.
FORMATS = {
    "json": (vocabulary_of, "application/json"),
    "csv": (csv_of, "text/csv; charset=utf-8"),
}
