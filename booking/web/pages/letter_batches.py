"""The letters that wait to be printed, all or some, as one file; of all, a page with a script shows how far it is."""

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Stream

from booking.documents.pdf.batches import set_and_count, title_of, whole_batch
from booking.services import agencies, looking, printing_letters
from booking.services.messages import Letter
from booking.web.pages.letters import as_printed
from booking.web.pages.pdfs import as_pdf
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from calendars.zones import today

# Lines of JSON that say how far it is, then one with the length of the file, then the file.
FRAMED = "application/x-letters"


class LetterBatchPages(Controller):
    """For whoever reaches people."""

    @post("/a-faire/lettres.pdf", status_code=200)
    async def chosen(self, visit: NamedDependency[Visit]) -> Answer:
        """Those of the lines that were ticked; calls among them have none."""
        ids = {id for id in map(id_of, (await visit.form()).all("ids")) if id}
        found = await printing_letters.to_print(visit.db, by=visit.staff, now=visit.now, among=ids)
        if not found:
            return see("/a-faire?fait=no-letter")
        made = await _noted(visit, found)
        return _file(await whole_batch(title_of(len(made)), made, visit.now), await _day(visit))

    @get("/a-faire/lettres.pdf")
    async def letters(self, visit: NamedDependency[Visit]) -> Response[bytes] | Stream:
        """The whole file; asked with ``X-Progress``, what is done comes first."""
        found = await printing_letters.to_print(visit.db, by=visit.staff, now=visit.now)
        made = await _noted(visit, found)
        if visit.request.headers.get("x-progress") == "1":
            headers = {"cache-control": "private, no-store"}
            return Stream(_framed(visit, made), media_type=FRAMED, headers=headers)
        return _file(await whole_batch(title_of(len(made)), made, visit.now), await _day(visit))


async def _noted(visit: Visit, found: list[Letter]) -> list[dict[str, Any]]:
    """Letters as they are set; that somebody took them is in the audit."""
    await looking.took(visit.db, "letters", len(found), by=visit.staff, now=visit.now)
    return [as_printed(visit, letter) for letter in found]


async def _day(visit: Visit) -> date:
    own = await agencies.own(visit.db, by=visit.staff)
    return today(visit.now, own[0].time_zone if own else "Europe/Paris")


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
