"""One row of a list of people, read with care: whom it says, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import InvalidField
from booking.domain.imports import RowRemark
from booking.domain.job_seekers import Channel, JobSeeker, folded
from booking.domain.languages import LANGUAGES
from booking.services.job_seekers import PersonSaid, newcomer
from booking.services.row_files import Row

YEAR = re.compile(r"(?:19|20)\d\d")
CHANNELS = {
    Channel.SMS: "sms texto",
    Channel.EMAIL: "email mail courriel",
    Channel.CALL: "appel telephone call",
    Channel.LETTER: "courrier lettre letter",
    Channel.HAND: "main papier hand",
}
# What an entry of ours may be filled up with.
FILLED = ("identifier", "birth_year", "email", "phone", "address", "postcode", "commune", "preferred", "language")


@dataclass(slots=True)
class PersonRow:
    """Whom a row says, as a new entry; None with remarks where it cannot be read."""

    row: Row
    columns: Mapping[str, str]
    person: JobSeeker | None = None
    remarks: list[RowRemark] = field(default_factory=list)

    def said(self, name: str) -> str:
        """The text of a field with single blanks; empty where the file has no such column."""
        return " ".join((self.row.cells.get(self.columns.get(name, "")) or "").split())

    def refuse(self, name: str, code: str, said: str = "", instead: str = "") -> None:
        """This row is not written as it is."""
        self.remarks.append(RowRemark(self.columns.get(name, ""), code, said[:80], instead[:80]))


def read_person(row: Row, columns: Mapping[str, str], agency_id: UUID, now: datetime) -> PersonRow:
    """The row as somebody new of this agency."""
    read = PersonRow(row, columns)
    if row.fault:
        read.refuse("", row.fault)
        return read
    said = PersonSaid(
        first_name=read.said("first_name"),
        last_name=read.said("last_name"),
        identifier=read.said("identifier") or None,
        birth_year=_year(read),
        email=read.said("email") or None,
        phone=_phone(read.said("phone")),
        address=read.said("address"),
        postcode=read.said("postcode"),
        commune=read.said("commune"),
        preferred=_channel(read),
        language=_language(read),
    )
    try:
        person = newcomer(agency_id, said, now)
    except InvalidField as refusal:
        for name, code in refusal.facts["fields"].items():
            read.refuse(name, code, read.said(name))
        return read
    read.person = None if read.remarks else person
    return read


def filled(known: JobSeeker, said: JobSeeker) -> JobSeeker:
    """The entry of somebody known, with what it does not say yet."""
    new = {name: getattr(said, name) for name in FILLED if not getattr(known, name) and getattr(said, name)}
    if "phone" in new:
        new["phone_takes_sms"] = said.phone_takes_sms
    return replace(known, **new)


def written_over(known: JobSeeker, said: JobSeeker) -> JobSeeker:
    """The entry of somebody known as the list has it; what the list does not say stays."""
    new = {name: getattr(said, name) for name in (*FILLED, "first_name", "last_name") if getattr(said, name)}
    if "phone" in new:
        new["phone_takes_sms"] = said.phone_takes_sms
    return replace(known, **new)


def contradictions(known: JobSeeker, said: JobSeeker) -> list[tuple[str, str, str]]:
    """Where the list says something else than the entry: field, in the list, in the entry."""
    names = ("last_name", "first_name", *FILLED)
    both = ((name, getattr(said, name), getattr(known, name)) for name in names)
    return [(name, str(new), str(old)) for name, new, old in both if new and old and not _is_same(name, new, old)]


def _is_same(name: str, new: object, old: object) -> bool:
    return new == old or (isinstance(new, str) and isinstance(old, str) and folded(new) == folded(old) != "")


def _year(read: PersonRow) -> int | None:
    """The year of a date, or a year."""
    said = read.said("birth_year")
    found = YEAR.findall(said)
    if said and len(found) != 1:
        read.refuse("birth_year", "no-such-year", said)
    return int(found[0]) if len(found) == 1 else None


def _phone(said: str) -> str | None:
    """Spreadsheets eat the first zero of a number, and take + for a formula."""
    bare = said.lstrip("'")
    digits = bare.replace(" ", "").replace(".", "")
    return f"0{digits}" if len(digits) == 9 and digits.isdigit() and digits[0] != "0" else bare or None


def _channel(read: PersonRow) -> Channel | None:
    said = folded(read.said("preferred")).replace(" ", "")
    found = next((channel for channel, words in CHANNELS.items() if said in words.split()), None)
    if said and found is None:
        read.refuse("preferred", "no-such-channel", read.said("preferred"))
    return found


def _language(read: PersonRow) -> str:
    said = read.said("language").lower()
    if said in LANGUAGES or said in ("", "fr"):
        return said if said in LANGUAGES else ""
    read.refuse("language", "unknown-language", said)
    return ""
