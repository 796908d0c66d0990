"""Many letters as one file: set in portions, so that one knows how far it is and no memory is filled."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from booking.documents.pdf.letters import batch
from booking.documents.pdf.printing import printed
from booking.domain.languages import FRENCH

# Set at a time: the press stays free for others between portions, and one takes a tenth of a second.
PORTION = 25


def title_of(many: int) -> str:
    """What the file calls itself."""
    return f"Lettres à imprimer ({many})"


async def set_in_portions(
    title: str, letters: Sequence[Mapping[str, Any]], now: datetime
) -> AsyncIterator[int | bytes]:
    """How many are done, again and again; at last the file. Its pages are for paper: joined ones lose their tags."""
    whole = PdfWriter()
    for at in range(0, len(letters), PORTION):
        portion = letters[at : at + PORTION]
        await asyncio.to_thread(whole.append, BytesIO(await printed("letters", batch(title, portion), now)))
        yield at + len(portion)
    yield await asyncio.to_thread(_bound, whole, title)


async def whole_batch(title: str, letters: Sequence[Mapping[str, Any]], now: datetime) -> bytes:
    """The file alone, for who waits for it."""
    content = b""
    async for step in set_in_portions(title, letters, now):
        content = step if isinstance(step, bytes) else b""
    return content


def _bound(whole: PdfWriter, title: str) -> bytes:
    if not whole.pages:
        whole.add_blank_page(width=595, height=842)
    whole.add_metadata({"/Title": title})
    whole.root_object[NameObject("/Lang")] = TextStringObject(FRENCH)
    file = BytesIO()
    whole.write(file)
    return file.getvalue()
