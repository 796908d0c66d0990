"""Is everything still true that must be? Looks at all rows, changes none."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.storage import documents, invariants
from booking.storage.database import Database, Tx

BATCH = 2000
# Documents are read so many at a time: ten megabytes each at most.
DOCUMENTS = 10
FOLD = re.compile(r"\r\n[ \t]")
CONTENT_LINE = re.compile(r"([A-Z0-9-]+)(?:;[^:\r\n]*)?:([^\r\n]*)")
ENTRIES_READ = (
    "entries-read",
    "A kept calendar entry can be read, and has the identifier and sequence of its meeting.",
)
DOCUMENTS_WHOLE = ("documents-whole", "The bytes of an archived document are those of its hash.")


@dataclass(frozen=True, slots=True)
class Finding:
    """A promise that does not hold: its name, what it says, how many rows break it, and the first of them."""

    name: str
    sentence: str
    count: int
    ids: tuple[str, ...]


async def examine(db: Database, *, now: datetime) -> list[Finding]:
    """Every promise of ``booking.storage.invariants`` that is broken, and calendar entries that do not read right.

    Empty when all is well. What is written meanwhile may be seen by one question and not by the next.
    """
    async with db.reading() as tx:
        asked = [(promise, await invariants.broken(tx, promise, now)) for promise in invariants.applying(db.dialect)]
        unread = await _unread_entries(tx)
        altered = await _altered_documents(tx)
    found = [Finding(promise.name, promise.sentence, rows.count, rows.ids) for promise, rows in asked if rows]
    read = ((ENTRIES_READ, [str(id) for id in unread]), (DOCUMENTS_WHOLE, altered))
    return found + [Finding(*told, len(ids), tuple(ids[: invariants.SHOWN])) for told, ids in read if ids]


async def _altered_documents(tx: Tx) -> list[str]:
    altered: list[str] = []
    after = ""
    while batch := await documents.following(tx, after, DOCUMENTS):
        altered += [document.hash for document in batch if not document.is_whole]
        after = batch[-1].hash
    return altered


async def _unread_entries(tx: Tx) -> list[UUID]:
    unread: list[UUID] = []
    after = None
    while batch := await invariants.entries(tx, after, BATCH):
        unread += [meeting_id for meeting_id, sequence, entry in batch if not reads_right(entry, meeting_id, sequence)]
        after = batch[-1][0]
    return unread


def reads_right(entry: str, meeting_id: UUID, sequence: int) -> bool:
    """Whether this is one VEVENT of whole content lines with what every event must say (RFC 5545, 3.1 and 3.6.1)."""
    lines = [CONTENT_LINE.fullmatch(line) for line in FOLD.sub("", entry).removesuffix("\r\n").split("\r\n")]
    if not all(lines):
        return False
    said = [(line[1], line[2]) for line in lines if line]
    values = dict(said)
    is_whole = said[0] == ("BEGIN", "VEVENT") and said[-1] == ("END", "VEVENT") and len(values) == len(said)
    is_same = values.get("UID", "").startswith(f"{meeting_id}@") and values.get("SEQUENCE") == str(sequence)
    return is_whole and is_same and {"DTSTAMP", "DTSTART", "DTEND"} <= values.keys()
