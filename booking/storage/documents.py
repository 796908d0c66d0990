"""The archive: documents by the hash of their bytes, each once, none ever changed."""

from datetime import datetime

from sqlalchemy import delete, exists, select

from booking.domain.archives import Archived
from booking.domain.errors import NotFound
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import documents, evidence_lines

_DOCUMENT = columns(Archived, documents)


async def keep(tx: Tx, document: Archived, now: datetime, keep_until: datetime) -> None:
    """Write it; of one that is there already only the day moves until which it is kept."""
    new = INSERT[tx.dialect](documents).values(values(document, documents, archived_at=now, keep_until=keep_until))
    is_longer = new.excluded.keep_until > documents.c.keep_until
    later = {"keep_until": new.excluded.keep_until}
    await tx.run(new.on_conflict_do_update(index_elements=["hash"], set_=later, where=is_longer))


async def load(tx: Tx, digest: str) -> Archived:
    """The document with this hash. Raises :class:`NotFound`."""
    row = await tx.row(select(*_DOCUMENT).where(documents.c.hash == digest))
    if row is None:
        raise NotFound(hash=digest)
    return made(Archived, row)


async def following(tx: Tx, digest: str, most: int) -> list[Archived]:
    """The next ones in the order of their hashes."""
    found = select(*_DOCUMENT).where(documents.c.hash > digest).order_by(documents.c.hash).limit(most)
    return [made(Archived, row) for row in await tx.rows(found)]


async def forget(tx: Tx, now: datetime) -> int:
    """Let go of those whose time is over and that no line names; returns how many."""
    is_named = exists().where(evidence_lines.c.document_hash == documents.c.hash)
    return await tx.run(delete(documents).where(documents.c.keep_until <= now, ~is_named))
