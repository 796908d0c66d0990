"""What an adviser follows, as a CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from booking.documents.session_lists import harmless

COLUMNS = (
    "nom", "prénom", "identifiant", "atelier", "agence", "début", "état", "séances suivies", "séances",
    "annulée par", "prochain pas", "suite possible", "réponse avant", "code",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One booking, in words, by the clock of the place; the columns of the list in their order."""

    last_name: str
    first_name: str
    identifier: str
    workshop: str
    agency: str
    begins: datetime
    outcome: str
    came: int
    meetings: int
    cancelled_by: str
    step: str
    leads_to: str
    until: datetime | None
    code: str


def csv_of(lines: Iterable[Line]) -> str:
    """The list with semicolons, days and hours as French people write them."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for line in lines:
        table.writerow([harmless(_cell(value)) for value in astuple(line)])
    return "\ufeff" + written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return "" if value is None else value
