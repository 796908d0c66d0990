"""All letters that wait to be printed, as one file; a page with a script shows how far it is."""

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.response import Stream

from booking.documents.pdf.batches import set_and_count, title_of, whole_batch
from booking.services import agencies, looking, printing_letters
from booking.web.pages.letters import as_printed
from booking.web.pages.pdfs import as_pdf
from booking.web.pages.visits import Visit
from calendars.zones import today

# Lines of JSON that say how far it is, then one with the length of the file, then the file.
FRAMED = "application/x-letters"


class LetterBatchPages(Controller):
    """For whoever reaches people."""

    @get("/a-faire/lettres.pdf")
    async def letters(self, visit: NamedDependency[Visit]) -> Response[bytes] | Stream:
        """The whole file; asked with ``X-Progress``, what is done comes first."""
        found = await printing_letters.to_print(visit.db, by=visit.staff, now=visit.now)
        await looking.took(visit.db, "letters", len(found), by=visit.staff, now=visit.now)
        made = [as_printed(visit, letter) for letter in found]
        own = await agencies.own(visit.db, by=visit.staff)
        day = today(visit.now, own[0].time_zone if own else "Europe/Paris")
        if visit.request.headers.get("x-progress") == "1":
            headers = {"cache-control": "private, no-store"}
            return Stream(_framed(visit, made), media_type=FRAMED, headers=headers)
        return _file(await whole_batch(title_of(len(made)), made, visit.now), day)


def _file(content: bytes, day: date) -> Response[bytes]:
    return as_pdf(content, "lettres", on=day)


async def _framed(visit: Visit, letters: list[dict[str, Any]]) -> AsyncIterator[bytes]:
    yield _line(done=0, all=len(letters))
    async for step in set_and_count(title_of(len(letters)), letters, visit.now):
        if isinstance(step, bytes):
            yield _line(length=len(step))
            yield step
        else:
            yield _line(done=step, all=len(letters))


def _line(**said: int) -> bytes:
    return json.dumps(said).encode() + b"\n"
