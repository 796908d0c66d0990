"""Lists of people and of what was, brought in on screen: sent, looked through, written, and what is asked answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from booking.documents.faulty_rows import csv_of
from booking.domain.errors import InvalidField, Refused, TooManyImports
from booking.domain.imports import Import, ListKind
from booking.domain.staff import Right
from booking.services import agencies, bringing_in, set_aside
from booking.services.list_columns import GUESSES, NEEDED
from booking.services.row_files import LARGEST_FILE, UnreadableFile
from booking.services.set_aside import Answer as Said
from booking.web import brought_words as words
from booking.web.forms import Form
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

HERE = "/imports"
LIST, ONE = "imports/list.html", "imports/show.html"
LARGEST = LARGEST_FILE + 64 * 1024
# Before the name of a field, which column holds it.
COLUMN = "col."


class ImportPages(Controller):
    """For who books in an agency; what was, for who plans there."""

    path = HERE

    @get()
    async def show_all(self, visit: NamedDependency[Visit]) -> Page:
        """The lists of one's agencies, and the form that sends one."""
        return visit.page(LIST, **await _all(visit))

    @post(request_max_body_size=LARGEST)
    async def send(self, visit: NamedDependency[Visit]) -> Answer:
        """Keep a list; nothing of it is written yet."""
        form, name, content = await visit.named_upload("file")
        try:
            agency_id, kind = form.id("agency"), form.choice("kind", ListKind)
            form.problems.refuse()
            if agency_id is None or kind is None:
                raise InvalidField(fields={"agency" if agency_id is None else "kind": "required"})
            told = {"by": visit.staff, "now": visit.now}
            order = await bringing_in.send(visit.db, agency_id, kind, name, content, **told)
        except UnreadableFile as error:
            is_missing = error.why == "empty" and not name
            why = visit.say("Choisissez un fichier.") if is_missing else words.unreadable(error, visit.say)
            shown = await _all(visit, form) | {"errors": {"file": why}}
            return visit.refused(LIST, InvalidField(fields={"file": "required"}), **shown)
        except (InvalidField, TooManyImports) as refusal:
            return visit.refused(LIST, refusal, **await _all(visit, form))
        return see(f"{HERE}/{order.id}")

    @get("/{import_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], import_id: FromPath[UUID]) -> Page:
        """One list: its columns, how far it is, what is to be mended and to be decided."""
        return visit.page(ONE, **await _one(visit, import_id))

    @post("/{import_id:uuid}")
    async def begin(self, visit: NamedDependency[Visit], import_id: FromPath[UUID]) -> Answer:
        """Try it, or write it, with these columns."""
        form = await visit.form()
        told = {name: form.get(COLUMN + name) for name in form.names(COLUMN)} or None
        known = {"is_dry_run": form.get("action") != "import", "site": visit.site, "version": form.whole("version")}
        try:
            form.problems.refuse()
            await bringing_in.begin(visit.db, import_id, told, **known, by=visit.staff, now=visit.now)
        except UnreadableFile as error:
            shown = await _one(visit, import_id, told) | {"trouble": words.unreadable(error, visit.say)}
            return visit.page(ONE, status=422, **shown)
        return see(f"{HERE}/{import_id}")

    @post("/{import_id:uuid}/arreter")
    async def stop(self, visit: NamedDependency[Visit], import_id: FromPath[UUID]) -> Redirect:
        """Write no further row."""
        await visit.form()
        await bringing_in.stop(visit.db, import_id, by=visit.staff, now=visit.now)
        return see(f"{HERE}/{import_id}")

    @post("/{import_id:uuid}/supprimer")
    async def remove(self, visit: NamedDependency[Visit], import_id: FromPath[UUID]) -> Redirect:
        """Forget the list; who was written stays."""
        await visit.form()
        await bringing_in.remove(visit.db, import_id, by=visit.staff, now=visit.now)
        return see(f"{HERE}?fait=supprime")

    @get("/{import_id:uuid}/lignes")
    async def rows(self, visit: NamedDependency[Visit], import_id: FromPath[UUID]) -> Response[bytes]:
        """The rows that were not written, as a file to mend and send again."""
        order, found = await bringing_in.every_row(visit.db, import_id, by=visit.staff, now=visit.now)
        heads = (visit.say(words.FAULT_COLUMNS[0]), visit.say(words.FAULT_COLUMNS[1]))
        content = csv_of([(row, list(words.sentences(row, visit.say))) for row in found], heads)
        headers = {
            "content-disposition": f'attachment; filename="a-corriger-{order.id}.csv"',
            "cache-control": "private, no-store",
        }
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

    @post("/{import_id:uuid}/lignes/{line:int}")
    async def answer(self, visit: NamedDependency[Visit], import_id: FromPath[UUID], line: FromPath[int]) -> Answer:
        """Say who a row that was set aside is."""
        form = await visit.form()
        said, chosen = form.get("answer").partition(":")[::2]
        form.pairs += [("person", chosen)]
        what, person = Said(said) if said in set(Said) else None, form.id("person")
        try:
            form.problems.refuse()
            if what is None:
                raise InvalidField(fields={"answer": "required"})
            told = {"job_seeker_id": person, "by": visit.staff, "now": visit.now}
            await set_aside.answer(visit.db, import_id, line, what, **told)
        except Refused as refusal:
            return visit.refused(ONE, refusal, **await _one(visit, import_id))
        return see(f"{HERE}/{import_id}?fait=decide#decider")


async def _all(visit: Visit, form: Form | None = None) -> dict[str, Any]:
    found = await bringing_in.own(visit.db, by=visit.staff, now=visit.now)
    every = {one.id: one for one in await agencies.own(visit.db, by=visit.staff)}
    choices = [(str(id), one.name) for id, one in every.items() if visit.staff.may(Right.BOOK, id)]
    kinds = [(kind.value, visit.say(said)) for kind, said in words.KINDS.items() if _may(visit, kind)]
    return {
        "found": found,
        "agencies": {id: one.name for id, one in every.items()},
        "choices": choices,
        "kinds": kinds,
        "typed": {name: form.get(name) if form else "" for name in ("agency", "kind")},
        "words": words,
        "done": visit.asked("fait"),
    }


def _may(visit: Visit, kind: ListKind) -> bool:
    return visit.staff.may_somewhere(Right.PLAN if kind is ListKind.HISTORY else Right.BOOK)


async def _one(visit: Visit, import_id: UUID, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    looked = await bringing_in.look(visit.db, import_id, by=visit.staff, now=visit.now)
    order: Import = looked.order
    own = {one.id: one for one in await agencies.own(visit.db, by=visit.staff)}
    agency = own[order.agency_id]
    return {
        "looked": looked,
        "order": order,
        "agency": agency.name,
        "zone": agency.time_zone,
        "fields": list(GUESSES[order.kind]),
        "needed": {name for names in NEEDED[order.kind] if len(names) == 1 for name in names},
        "chosen": typed or order.columns,
        "trouble": "",
        "words": words,
        "done": visit.asked("fait"),
    }
