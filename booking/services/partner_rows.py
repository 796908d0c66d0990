"""One row of a list of partners, in the national schema's words or in those of another list."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from booking.documents.partner_vocabulary import TERMS, kind_of, term_of
from booking.domain.departments import of_commune, of_postcode
from booking.domain.fields import Problems, has_hidden_characters
from booking.domain.opening_hours import understood
from booking.domain.partner_terms import PartnerKind
from booking.domain.partners import LINES, TEXTS, several
from booking.domain.partners import TERMS as KINDS_OF_TERMS
from booking.services.contacts import checked_email
from booking.services.partner_fields import web_address
from booking.services.read_rows import ReadRow, read_address, read_codes, read_coordinates, read_phone, read_texts
from booking.services.row_files import Row

LONGEST = {"name": 160, **LINES}
SHORTEST_PIVOT, LONGEST_PIVOT = 9, 14
WEB = ("websites", "access_sheet", "booking_url")


def read_row(row: Row, columns: Mapping[str, str]) -> ReadRow:
    """The row as a partner's fields: only those of which it says something, so that others stay as they are."""
    read = ReadRow(row, columns)
    if row.fault:
        read.refuse("", row.fault)
        return read
    read_texts(read, LONGEST, required=("reference", "name"))
    read_address(read)
    read_codes(read)
    read_phone(read)
    read_coordinates(read, _department(read))
    for name, most in TEXTS.items():
        _read_long(read, name, most)
    _read_kind(read)
    _read_terms(read)
    _read_ways(read)
    _read_pivot(read)
    _read_day(read)
    if read.said("hours") and understood(read.said("hours")) is None:
        read.doubt("hours", "hours-as-written", read.said("hours"))
    read.fields = {name: value for name, value in read.fields.items() if value not in ("", (), None)}
    return read


def _department(read: ReadRow) -> str | None:
    return of_commune(read.fields.get("insee", "")) or of_postcode(read.fields.get("postcode", ""))


def _read_long(read: ReadRow, name: str, most: int) -> None:
    said = read.said(name)
    if has_hidden_characters(said):
        read.doubt(name, "left-out-characters")
    elif len(said) > most:
        read.doubt(name, "cut", str(len(said)), str(most))
        read.fields[name] = said[: most - 1] + "…"
    else:
        read.fields[name] = said


def _read_kind(read: ReadRow) -> None:
    """The kind that is named, or else that of the structure; who only says services is a place of mediation."""
    said = read.said("kind")
    named = kind_of(said)
    if said and named is None:
        read.doubt("kind", "unknown-kind", said)
    codes = several(read.said("typology").replace(",", "|"))
    found = next(filter(None, [named, *map(kind_of, codes)]), None)
    if found:
        read.fields["kind"] = found
    elif read.said("services") and not said:
        read.fields["kind"] = PartnerKind.MEDIATION


def _read_terms(read: ReadRow) -> None:
    """In the order of our own lists, so that the same terms are the same whoever wrote them."""
    found = {name: set(_terms(read, name)) for name in TERMS}
    found["services"] |= found.pop("offers")
    for name, kind in KINDS_OF_TERMS.items():
        read.fields[name] = tuple(term for term in kind if term in found[name])


def _terms(read: ReadRow, name: str) -> Iterator[StrEnum]:
    said = read.said(name)
    # Some write commas for the schema's strokes, which stand within some of its words.
    is_known = "|" in said or (said and term_of(name, said))
    for one in several(said) if is_known else several(said.replace(",", "|").replace(";", "|")):
        term = term_of(name, one)
        if term is None:
            read.doubt(name, "unknown-term", one)
        else:
            yield term


def _read_ways(read: ReadRow) -> None:
    for name, read_one, code in (
        ("emails", _email, "no-such-email"),
        ("referral_email", _email, "no-such-email"),
        *((name, web_address, "no-such-address") for name in WEB),
    ):
        kept = []
        for said in several(read.said(name).replace(", ", "|").replace(";", "|")):
            found = read_one(said)
            kept += [found] if found else []
            if not found:
                read.doubt(name, code, said)
        read.fields[name] = "|".join(kept)


def _email(said: str) -> str | None:
    return checked_email(said, Problems())


def _read_pivot(read: ReadRow) -> None:
    """SIRET, RNA or RIDET; noughts alone are how some lists say that there is none."""
    said = read.said("pivot").replace(" ", "")
    is_one = said.isalnum() and SHORTEST_PIVOT <= len(said) <= LONGEST_PIVOT
    if said.strip("0") and not is_one:
        read.doubt("pivot", "bad-pivot", said)
    read.fields["pivot"] = said if is_one and said.strip("0") else ""


def _read_day(read: ReadRow) -> None:
    said = read.said("updated_on")
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            read.fields["updated_on"] = datetime.strptime(said[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return
    if said:
        read.doubt("updated_on", "no-such-day", said)
