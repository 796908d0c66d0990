"""Files of presences, read back by others than those who wrote them."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

from openpyxl import load_workbook

from booking.domain.exports import Export, Format, Scope
from booking.services import exports
from booking.services.exporting import make_due
from tests.given import NOW, World

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


def in_autumn(world: World) -> Scope:
    """The whole autumn of the agency."""
    return Scope(agency_id=world.agency.id, first_on=FIRST, last_on=LAST)


def as_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV by the names of its columns."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_xlsx(content: bytes, sheet: str = "Présences") -> list[dict[str, Any]]:
    """The rows of a sheet by the names of its columns."""
    head, *rows = load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


async def made(world: World, scope: Scope, by: Any, kind: Format = Format.CSV, now: datetime = NOW) -> Export:
    """A file that was asked for and made."""
    asked = await exports.ask(world.db, scope, kind, by=by, now=now)
    await make_due(world.db, now)
    return await exports.show(world.db, asked.id, by=by, now=now + timedelta(minutes=1))


async def content_of(world: World, export: Export, by: Any) -> bytes:
    """What is in it."""
    _, pieces = await exports.download(world.db, export.id, by=by, now=export.created_at)
    return b"".join([piece async for piece in pieces])
