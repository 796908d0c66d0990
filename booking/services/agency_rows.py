"""One row of a list of agencies: what it says of an office, and of the clock and the holidays it keeps."""

from collections.abc import Mapping

from booking.domain.departments import CORSICA, department, of_commune, of_postcode
from booking.services.read_rows import ReadRow, read_address, read_codes, read_coordinates, read_phone, read_texts
from booking.services.row_files import Row
from calendars.territories import territory_of, zone_of

LONGEST = {"reference": 80, "code": 20, "name": 120, "address": 200, "commune": 80, "phone": 30}


def read_row(row: Row, columns: Mapping[str, str]) -> ReadRow:
    """The row as an agency's fields; only those for which the file has a column, so that others stay as they are."""
    read = ReadRow(row, columns)
    if row.fault:
        read.refuse("", row.fault)
        return read
    read_texts(read, LONGEST, required=("reference", "name"))
    if "code" in read.fields:
        read.fields["code"] = read.said("code").upper() or None
    read_address(read)
    read_codes(read)
    _read_department(read)
    read_phone(read)
    read_coordinates(read, read.fields.get("department"))
    return read


def _read_department(read: ReadRow) -> None:
    commune = of_commune(read.fields.get("insee", ""))
    post = of_postcode(read.fields.get("postcode", ""))
    said = read.said("department")
    found = department(said) if said else commune or post
    if found == CORSICA:
        found = commune or post or CORSICA
    if found is None:
        read.refuse("department", "unknown-department" if said else "no-department", said)
        return
    if found == CORSICA:
        read.doubt("department", "undivided-corsica", said)
    read.fields["department"] = found
    _compare(read, found, commune, post)
    _set_clock(read, "2A" if found == CORSICA else found)


def _compare(read: ReadRow, found: str, commune: str | None, post: str | None) -> None:
    """Whether INSEE's code, which is the surest, agrees with the department and the post code."""
    if commune and commune != found:
        read.doubt("insee", "insee-elsewhere", read.said("insee"), found)
    if post and post != (commune or found):
        read.doubt("postcode", "postcode-elsewhere", read.said("postcode"), commune or found)


def _set_clock(read: ReadRow, found: str) -> None:
    zone = read.fields["time_zone"] = zone_of(found)
    read.fields["holiday_territory"] = territory_of(found)
    said = read.said("time_zone")
    if said and said != zone:
        read.doubt("time_zone", "zone-differs", said, zone)
