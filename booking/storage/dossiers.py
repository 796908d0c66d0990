"""All that is held about one person, table by table, as it stands; and who looked at it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from booking.storage.audit import SAW
from booking.storage.database import Tx
from booking.storage.person_rows import rows_of
from booking.storage.tables import audit, staff

# What identifies a colleague, serves a machine for a moment, or is the same said again for a search.
LEFT_OUT = frozenset(
    {"search", "word", "staff_id", "sign_in", "place", "lease_token", "lease_until", "address_hash", "number_hash",
     "dedupe_key", "provider_key", "link_version"}
)  # fmt: skip
# Who wrote it is a colleague, too.
BY = ("_by",)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at the person's sheet, or took it away: ``way`` says how, where the door said it."""

    at: datetime
    by_name: str
    noun: str
    via: str
    way: str


async def records(tx: Tx, person_id: UUID, hashes: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table that are about this person, the columns named as they are."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, theirs in rows_of([person_id], hashes).items():
        wanted = [c for c in table.columns if c.name not in LEFT_OUT and not c.name.endswith(BY)]
        rows = await tx.rows(select(*wanted).where(theirs).order_by(*table.primary_key.columns))
        # A list of words to search by says nothing that the person's own row does not.
        if table.name != "job_seeker_words":
            found[table.name] = [dict(row._mapping) for row in rows]
    return found


async def looks(tx: Tx, person_id: UUID, most: int, before: int | None = None) -> list[tuple[int, Look]]:
    """Who looked, the latest first, each with the number of its line; ``before`` is the last one seen."""
    a = audit.c
    found = (
        select(a.id, a.at, a.noun, a.via, a.details, staff.c.name)
        .join(staff, staff.c.id == a.staff_id, isouter=True)
        .where(a.noun_id == person_id, a.action == SAW)
    )
    if before:
        found = found.where(a.id < before)
    return [(row.id, _look(row)) for row in await tx.rows(found.order_by(a.id.desc()).limit(most))]


def _look(row: Row[Any]) -> Look:
    details: Mapping[str, Any] = row.details
    return Look(row.at, row.name or "", row.noun, str(row.via), str(details.get("way", "")))
