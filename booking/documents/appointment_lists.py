"""Presences in the words of the employment service's partner appointments, as JSON or as a CSV; never a name."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.documents.session_lists import harmless
from booking.domain.agencies import Agency
from booking.domain.presences import MeetingRoll, MeetingSaid, Presence
from calendars.zones import wall

COLUMNS = (
    "identifiant", "identifiantBeneficiaire", "numeroInscription", "date", "duree", "statut", "theme",
    "organismeCode", "organismeIdStructure", "adresse", "codePostal", "ville", "modifieLe",
)  # fmt: skip
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person and one meeting, and since when it stands so."""

    meeting: MeetingSaid
    person: Presence
    agency: Agency

    @property
    def changed_at(self) -> datetime:
        """When the place, the mark or the meeting changed last."""
        known = (self.person.ended_at, self.person.marked_at, self.meeting.changed_at)
        return max(at for at in known if at)


def appointments(rolls: Iterable[MeetingRoll], agencies: dict[Any, Agency]) -> Iterator[Appointment]:
    """Everybody who has or had a seat in these meetings."""
    for roll in rolls:
        for person in roll.people:
            yield Appointment(roll.meeting, person, agencies[roll.meeting.agency_id])


def vocabulary_of(one: Appointment) -> dict[str, Any]:
    """The appointment as the partner interface names its parts."""
    meeting, agency = one.meeting, one.agency
    minutes = round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)
    return {
        # Of a person and a meeting it never changes, so that a later list replaces what an earlier one said.
        "identifiant": f"{one.person.booking_id}.{meeting.id}",
        "identifiantBeneficiaire": one.person.identifier,
        "numeroInscription": one.person.code,
        "adresse": {"ligne": agency.address, "codePostal": agency.postcode, "ville": agency.commune},
        "date": wall(meeting.starts_at, meeting.zone).isoformat(),
        "duree": {"unite": "MINUTE", "valeur": minutes},
        "initiateur": "PARTENAIRE",
        "modaliteContact": "PHYSIQUE",
        "motif": "AUT",
        "organisme": {"code": meeting.agency_code or None, "idStructure": str(agency.id)},
        "statut": one.person.partner_status,
        "theme": meeting.workshop,
        "typeReception": "COL",
        "modifieLe": one.changed_at.isoformat(),
    }


class Writer:
    """A list in pieces, however long."""

    def __init__(self, kind: str) -> None:
        self._is_csv = kind == "csv"
        self._is_first = True
        self.rows = 0

    def piece(self, some: Iterable[Appointment]) -> bytes:
        """The next rows."""
        found = [vocabulary_of(one) for one in some]
        self.rows += len(found)
        said = self._cells(found) if self._is_csv else self._objects(found)
        self._is_first = self._is_first and not found
        return said.encode()

    def end(self) -> bytes:
        """What comes last."""
        if self._is_csv:
            return self._cells([]).encode() if self._is_first else b""
        return b"[]\n" if self._is_first else b"\n]\n"

    def _objects(self, found: list[dict[str, Any]]) -> str:
        lines = (json.dumps(one, ensure_ascii=False) for one in found)
        return "".join(("[\n" if self._is_first and n == 0 else ",\n") + line for n, line in enumerate(lines))

    def _cells(self, found: list[dict[str, Any]]) -> str:
        written = io.StringIO()
        table = csv.writer(written, delimiter=";", lineterminator="\r\n")
        if self._is_first and (found or not self.rows):
            written.write("\ufeff")
            table.writerow(COLUMNS)
        table.writerows([harmless(cell) for cell in _flat(one)] for one in found)
        return written.getvalue()


def _flat(one: dict[str, Any]) -> list[Any]:
    place, organism = one["adresse"], one["organisme"]
    beside = {"duree": one["duree"]["valeur"], "organismeCode": organism["code"]}
    beside |= {"organismeIdStructure": organism["idStructure"], "adresse": place["ligne"]}
    beside |= {"codePostal": place["codePostal"], "ville": place["ville"]}
    known = one | beside
    return [known[name] if known[name] is not None else "" for name in COLUMNS]
