"""The agencies of the network, as a CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from booking.documents.session_lists import harmless

HEADS = {
    "code": "code",
    "name": "agence",
    "department": "département",
    "commune": "commune",
    "phase": "étape",
    "hosts": "accueille",
    "due": "changement prévu",
    "sessions": "sessions à venir",
    "free": "places libres",
    "taken": "personnes inscrites",
    "waiting": "en attente",
    "rooms": "salles",
    "trained": "personnel formé",
    "ready": "prêt à (%)",
    "missing": "reste à faire",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One agency, in words; the columns of the list in their order."""

    code: str
    name: str
    department: str
    commune: str
    phase: str
    hosts: str
    due: str
    sessions: int
    free: int
    taken: int
    waiting: int
    rooms: int
    trained: int
    ready: int
    missing: str


def csv_of(lines: Iterable[Line]) -> str:
    """The list with semicolons, as French spreadsheets want them."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow([HEADS[one.name] for one in fields(Line)])
    for line in lines:
        table.writerow(map(harmless, astuple(line)))
    return "\ufeff" + written.getvalue()
