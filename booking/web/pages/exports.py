"""Presences taken away as a file: of a session, of some days, of the network; and what is still being made."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from booking.documents.appointment_lists import TYPES as APPOINTMENT_TYPES
from booking.documents.presence_lists import TYPES
from booking.domain.errors import InvalidField, NotAllowed, TooManyExports
from booking.domain.exports import Format, Scope, may_take_all, may_take_at
from booking.domain.staff import Right
from booking.services import agencies, appointments, exports
from booking.services.exports import Taken
from booking.web.forms import Form
from booking.web.pages import export_words as words
from booking.web.pages.pdfs import file_name
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.zones import midnight, today

USUAL_ZONE = "Europe/Paris"
HERE, TEMPLATE = "/mes-exports", "exports/list.html"
# The choice that stands for every agency.
NETWORK = "reseau"
USUAL_DAYS = timedelta(days=30)
# Where the address of a list of appointments says it.
ASKED = {"agency": "agence", "first_on": "du", "last_on": "au", "since": "depuis"}
File = Response[bytes] | Answer


class ExportPages(Controller):
    """For who may see names: advisers and managers of an agency, facilitators of their own sessions."""

    @get(HERE)
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What one asked for, and the form that asks for more."""
        return visit.page(TEMPLATE, **await _shown(visit))

    @post(HERE)
    async def take(self, visit: NamedDependency[Visit]) -> File:
        """A short file at once; a long one appears on the page when it is made."""
        form = await visit.form()
        try:
            scope, kind = _asked(form)
            taken = await exports.take(visit.db, scope, kind, by=visit.staff, now=visit.now)
        except (InvalidField, TooManyExports) as refusal:
            typed = {name: form.get(name) for name in ("agency", "first_on", "last_on")}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, typed))
        return await _given(visit, taken, scope, kind)

    @post("/sessions/{session_id:uuid}/presences")
    async def take_session(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> File:
        """The presences of one session."""
        form = await visit.form()
        kind = form.choice("format", Format) or Format.XLSX
        scope = await exports.of_session(visit.db, session_id, by=visit.staff)
        taken = await exports.take(visit.db, scope, kind, by=visit.staff, now=visit.now)
        return await _given(visit, taken, scope, kind)

    @get(f"{HERE}/rendez-vous")
    async def appointments(self, visit: NamedDependency[Visit]) -> File | Stream:
        """Presences in the words of the partner appointments; of ``depuis`` only what changed since that day."""
        kind = visit.asked("format") if visit.asked("format") in APPOINTMENT_TYPES else "json"
        form = Form([(name, visit.asked(said)) for name, said in ASKED.items()])
        try:
            scope, _ = _asked(form)
            since = form.day("since") if form.get("since") else None
            form.problems.refuse()
            zone = await _zone(visit, scope)
            moment = midnight(since, zone) if since else None
            pieces = await appointments.take(visit.db, scope, kind, since=moment, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            typed = {name: form.get(name) for name in ASKED}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, typed))
        headers = _headers(f"rendez-vous-{scope.first_on}-{scope.last_on}.{kind}")
        return Stream(pieces, media_type=APPOINTMENT_TYPES[kind], headers=headers)

    @post(f"{HERE}/tout")
    async def everything(self, visit: NamedDependency[Visit]) -> Answer:
        """A copy of the whole installation, which appears on the page when it is made."""
        await visit.form()
        try:
            await exports.ask_everything(visit.db, by=visit.staff, now=visit.now)
        except TooManyExports as refusal:
            return visit.refused(TEMPLATE, refusal, **await _shown(visit))
        return see(f"{HERE}?fait=demande")

    @get(f"{HERE}/{{export_id:uuid}}/fichier")
    async def download(self, visit: NamedDependency[Visit], export_id: FromPath[UUID]) -> Stream:
        """The file, for who asked for it."""
        export, pieces = await exports.download(visit.db, export_id, by=visit.staff, now=visit.now)
        name = await _name(visit, export.scope, export.format)
        headers = _headers(name) | {"content-length": str(export.size)}
        return Stream(pieces, media_type=TYPES[export.format], headers=headers)

    @post(f"{HERE}/{{export_id:uuid}}/supprimer")
    async def remove(self, visit: NamedDependency[Visit], export_id: FromPath[UUID]) -> Redirect:
        """Give up what is being made, or delete what is ready."""
        await visit.form()
        await exports.remove(visit.db, export_id, by=visit.staff, now=visit.now)
        return see(f"{HERE}?fait=supprime")


def _asked(form: Form) -> tuple[Scope, Format]:
    """Which days of which agency. Raises :class:`InvalidField`."""
    said = form.get("agency")
    if not said:
        form.problems.add("agency", "required")
    agency_id = None if said == NETWORK else form.id("agency")
    scope = Scope(agency_id=agency_id, first_on=form.day("first_on"), last_on=form.day("last_on"))
    kind = form.choice("format", Format) or Format.XLSX
    form.problems.refuse()
    return scope.checked(), kind


async def _given(visit: Visit, taken: Taken, scope: Scope, kind: Format) -> File:
    if taken.export:
        return see(f"{HERE}?fait=demande")
    headers = _headers(await _name(visit, scope, kind))
    return Response(taken.content, status_code=200, media_type=TYPES[kind], headers=headers)


async def _name(visit: Visit, scope: Scope, kind: Format) -> str:
    """``presences-2026-11-01-2026-11-30-grenoble-bastille.xlsx``; ``ateliers-2026-11-30.zip`` for everything."""
    if kind is Format.ZIP:
        return f"ateliers-{visit.now:%Y-%m-%d}.zip"
    named = [one.name for one in await agencies.own(visit.db, by=visit.staff) if one.id == scope.agency_id]
    days = [day.isoformat() for day in (scope.first_on, scope.last_on) if day]
    session = [str(scope.session_id)[-12:]] if scope.session_id else []
    return file_name("presences", *days, *session, *named).removesuffix(".pdf") + f".{kind.value}"


async def _zone(visit: Visit, scope: Scope) -> str:
    zones = [one.time_zone for one in await agencies.own(visit.db, by=visit.staff) if one.id == scope.agency_id]
    return zones[0] if zones else USUAL_ZONE


def _headers(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}


async def _shown(visit: Visit, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """Raises :class:`NotAllowed` where there is nothing that one could take."""
    own = await agencies.own(visit.db, by=visit.staff)
    choices = [(str(one.id), one.name) for one in own if may_take_at(visit.staff, one.id)]
    if may_take_all(visit.staff):
        choices.insert(0, (NETWORK, visit.say("Tout le réseau")))
    if not choices:
        raise NotAllowed(right=Right.SEE_PEOPLE)
    last = today(visit.now, own[0].time_zone if own else USUAL_ZONE)
    return {
        "choices": choices,
        "typed": {"since": "", **(typed or _usual(choices, last))},
        "may_take_all": may_take_all(visit.staff),
        "found": await exports.own(visit.db, by=visit.staff, now=visit.now),
        "leads_only": not visit.staff.may_somewhere(Right.SEE_PEOPLE),
        "words": words,
        "done": words.DONE.get(visit.asked("fait")),
    }


def _usual(choices: list[tuple[str, str]], last: date) -> dict[str, Any]:
    own = [value for value, _ in choices if value != NETWORK]
    return {"agency": own[0] if own else NETWORK, "first_on": last - USUAL_DAYS, "last_on": last}
