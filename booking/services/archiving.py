"""Papers and scans on their way into the archive: cleaned and packed beside everybody else's work."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from booking.documents.scans import cleaned
from booking.domain.archives import Archived, archived
from booking.domain.evidence import KEPT_FOR
from booking.storage import documents
from booking.storage.database import Tx

# Two at a time: a picture of forty million points takes a quarter of a gigabyte while it is drawn.
AT_ONCE = 2
_bench = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="archive")


async def packed(content: bytes, media_type: str) -> Archived:
    """These bytes, ready to be archived."""
    return await asyncio.get_running_loop().run_in_executor(_bench, archived, content, media_type)


async def scanned(content: bytes) -> Archived:
    """A scan that somebody sent, without anything but what one sees. Raises :class:`InvalidField`."""
    return await asyncio.get_running_loop().run_in_executor(_bench, _scanned, content)


def _scanned(content: bytes) -> Archived:
    kind, kept = cleaned(content)
    return archived(kept, kind)


async def keep(tx: Tx, document: Archived, now: datetime) -> str:
    """Archive it, and return the hash that names it."""
    await documents.keep(tx, document, now, now + KEPT_FOR)
    return document.hash
