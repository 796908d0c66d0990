"""The audit as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from booking.documents.session_lists import harmless

COLUMNS = ("numéro", "date", "qui", "quoi", "genre", "à propos de", "agence", "par", "réseau", "détails")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One line, in words; the time is that of its reader."""

    id: int
    at: datetime
    who: str
    deed: str
    noun: str
    title: str
    agency: str
    door: str
    place: str
    facts: str


def csv_of(rows: Iterable[AuditRow]) -> str:
    """Semicolons and a byte order mark, as French spreadsheets open it; no cell begins a formula."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        said = (row.who, row.deed, row.noun, row.title, row.agency, row.door, row.place, row.facts)
        writer.writerow(map(harmless, (row.id, f"{row.at:%d/%m/%Y %H:%M:%S}", *said)))
    return text.getvalue()
