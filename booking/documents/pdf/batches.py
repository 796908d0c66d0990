"""Many letters as one file that a screen reader can follow: set at once, and one hears about how far it is."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from booking.documents.pdf.letters import batch
from booking.documents.pdf.printing import printed, printed_alone

# The first so many are set for themselves: they tell how long the rest takes.
SAMPLE = 25
# Seconds between two words about how far it is.
STEP = 0.5


def title_of(many: int) -> str:
    """What the file calls itself."""
    return f"Lettres à imprimer ({many})"


async def whole_batch(title: str, letters: Sequence[Mapping[str, Any]], now: datetime) -> bytes:
    """The file alone, for who waits for it."""
    return await printed_alone("letters", batch(title, letters), now)


async def set_and_count(title: str, letters: Sequence[Mapping[str, Any]], now: datetime) -> AsyncIterator[int | bytes]:
    """About how many are done, again and again; at last the file. Only one file with tags can be set in one go, and
    the press says nothing on the way: the pace of the first letters is that of all."""
    begun = time.monotonic()
    await printed("letters", batch(title, letters[:SAMPLE]), now)
    pace = (time.monotonic() - begun) / SAMPLE
    begun = time.monotonic()
    work = asyncio.ensure_future(whole_batch(title, letters, now))
    while not work.done():
        yield min(int((time.monotonic() - begun) / pace), len(letters) - 1)
        await asyncio.wait([work], timeout=STEP)
    yield work.result()
