"""Copying a model agency: what can be copied is shown first, then done as a whole, in one transaction."""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.agency_settings import settings_of
from booking.domain.errors import InvalidField, Refused
from booking.domain.identifiers import new_id
from booking.domain.policies import Version
from booking.domain.sessions import Meeting, Session
from booking.domain.staff import Right, Staff
from booking.domain.terms import Conditions
from booking.services import scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage import agencies, audit, listings, phases, policies, rooms, sessions, surroundings, wordings
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.touched import STANDING
from booking.storage.wishes import Wanted
from calendars.zones import midnight, resolve, today, wall

MOST_SESSIONS = 60
LONGEST_WEEKS = 8
WEEK = timedelta(days=7)


class Part(StrEnum):
    """What can be copied."""

    SETTINGS = "settings"
    CLOSURES = "closures"
    POLICIES = "policies"
    WORDINGS = "wordings"
    ROOMS = "rooms"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which parts of which agency; of its programme the ``weeks`` from this one on, to begin in the week of
    ``first_on``."""

    model_id: UUID
    parts: frozenset[Part]
    first_on: date | None = None
    weeks: int = 2

    def checked(self, agency_id: UUID, today_there: date) -> "Wish":
        """This wish, if it makes sense; otherwise :class:`InvalidField`."""
        fields = {}
        if self.model_id == agency_id:
            fields["model"] = "same-agency"
        if not self.parts:
            fields["parts"] = "nothing-chosen"
        if Part.SESSIONS in self.parts:
            if self.first_on is None:
                fields["first_on"] = "required"
            elif self.first_on < today_there:
                fields["first_on"] = "in-the-past"
            if not 1 <= self.weeks <= LONGEST_WEEKS:
                fields["weeks"] = "out-of-range"
        if fields:
            raise InvalidField(fields=fields)
        return self


@dataclass(slots=True)
class Copied:
    """Of one part: what is copied, what is there already, and what cannot be, with the code of why."""

    made: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """From where to where, by part, in the order of the parts."""

    agency: Agency
    model: Agency
    parts: dict[Part, Copied]
    is_dry_run: bool


class _DryRun(Exception):
    """Nothing of this is kept."""


@dataclass(frozen=True, slots=True)
class _Work:
    tx: Tx
    model: Agency
    agency: Agency
    wish: Wish
    by: Staff
    now: datetime


async def copy(db: Database, agency_id: UUID, wish: Wish, *, is_dry_run: bool, by: Staff, now: datetime) -> Copying:
    """Copy these parts; what the agency has already stays as it is, so that twice is as good as once.

    Rooms come laid aside, to be looked at; sessions as drafts without room and people. Nothing is kept of a dry run.
    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`, each for both agencies.
    """
    by.must(Right.PLAN, agency_id)
    by.must(Right.PLAN, wish.model_id)
    found: list[Copying] = []
    with suppress(_DryRun):
        async with db.transaction() as tx:
            # Held alone: whoever copies at the same time waits, and finds what is there already.
            agency, model = await phases.lock(tx, agency_id), await agencies.load(tx, wish.model_id)
            wished = wish.checked(agency_id, today(now, agency.time_zone))
            work = _Work(tx, model, agency, wished, by, now)
            parts = {part: await _PARTS[part](work) for part in Part if part in wished.parts}
            found.append(Copying(agency=agency, model=model, parts=parts, is_dry_run=is_dry_run))
            if is_dry_run:
                raise _DryRun
            counted = {part.value: len(one.made) for part, one in parts.items()}
            await audit.record(tx, by, "copied", "agency", agency_id, now, agency_id, model=model.slug, **counted)
    return found[0]


async def _settings(work: _Work) -> Copied:
    theirs, ours = settings_of(work.model), settings_of(work.agency)
    new = replace(theirs, directions=ours.directions)
    said = f"{new.hold_minutes} min, {new.waitlist_policy.value}"
    if new == ours:
        return Copied(known=[said])
    await agencies.settle(work.tx, work.agency.id, new)
    return Copied(made=[said])


async def _closures(work: _Work) -> Copied:
    here = today(work.now, work.agency.time_zone)
    theirs = [one for one in await surroundings.closures_of(work.tx, work.model.id, here) if one.room_id is None]
    ours = {(one.first_on, one.last_on) for one in await surroundings.closures_of(work.tx, work.agency.id, here)}
    copied = Copied()
    for one in theirs:
        said = f"{one.first_on:%d/%m/%Y} – {one.last_on:%d/%m/%Y}, {one.because}"
        if (one.first_on, one.last_on) in ours:
            copied.known.append(said)
        else:
            await rooms.close(work.tx, replace(one, id=new_id(work.now), agency_id=work.agency.id))
            copied.made.append(said)
    return copied


async def _policies(work: _Work) -> Copied:
    copied = Copied()
    await policies.lock(work.tx, work.agency.id)
    for workshop_id in [None, *await policies.workshops_with_own(work.tx, work.model.id)]:
        theirs = await policies.current(work.tx, work.model.id, workshop_id)
        ours = await policies.current(work.tx, work.agency.id, workshop_id)
        if theirs is None or theirs.policy is None:
            continue
        said = str(workshop_id or "")
        if ours and ours.policy is not None:
            copied.known.append(said)
            continue
        new = Version(
            id=new_id(work.now),
            agency_id=work.agency.id,
            workshop_id=workshop_id,
            version=ours.version + 1 if ours else 1,
            policy=theirs.policy,
            made_at=work.now,
            made_by=work.by.id,
        )
        await policies.add(work.tx, new)
        copied.made.append(said)
    return copied


async def _wordings(work: _Work) -> Copied:
    copied = Copied()
    newest = (await wordings.newest(work.tx, [work.model.id, work.agency.id])).newest
    for (agency_id, *slot), theirs in newest.items():
        if agency_id != work.model.id or theirs.is_original:
            continue
        ours = newest.get((work.agency.id, *slot))  # type: ignore[arg-type]
        said = " ".join(slot)
        if ours and not ours.is_original:
            copied.known.append(said)
            continue
        version = ours.version + 1 if ours else 1
        whose = {"id": new_id(work.now), "agency_id": work.agency.id, "made_by": work.by.id, "made_at": work.now}
        await wordings.add(work.tx, replace(theirs, version=version, **whose))
        copied.made.append(said)
    return copied


async def _rooms(work: _Work) -> Copied:
    copied = Copied()
    both = await agencies.rooms_of(work.tx, [work.model.id, work.agency.id])
    ours = {room.name for room in both if room.agency_id == work.agency.id}
    for room in both:
        if room.agency_id != work.model.id or room.archived_at:
            continue
        if room.name in ours:
            copied.known.append(room.name)
            continue
        draft = replace(room, id=new_id(work.now), agency_id=work.agency.id, archived_at=work.now)
        await agencies.add_room(work.tx, draft)
        copied.made.append(room.name)
    return copied


async def _sessions(work: _Work) -> Copied:
    """Drafts of the programme, the same days of the week and hours by the clock of the place, so many weeks later."""
    copied = Copied()
    here = today(work.now, work.model.time_zone)
    monday = here - timedelta(days=here.weekday())
    assert work.wish.first_on is not None  # checked with the wish
    first = work.wish.first_on - timedelta(days=work.wish.first_on.weekday())
    for listed in await _programme(work, monday):
        plans = [_plan(work, meeting, first - monday) for meeting in listed.session.meetings]
        said = f"{listed.workshop_title}, {wall(plans[0].starts_at, work.agency.time_zone):%d/%m/%Y}"
        if await sessions.standing(work.tx, work.agency.id, listed.session.workshop_id, plans[0].starts_at):
            copied.known.append(said)
            continue
        try:
            await _draft(work, listed.session, plans)
        except Refused as refusal:
            copied.refused.append((said, _code(refusal)))
        else:
            copied.made.append(said)
    return copied


def _code(refusal: Refused) -> str:
    """Why a session cannot be planned there: the obstacle in its way, if it is one."""
    obstacles = refusal.facts.get("obstacles", ())
    fields = refusal.facts.get("fields", {})
    return str(next((one["kind"] for one in obstacles), next(iter(fields.values()), refusal.code())))


async def _programme(work: _Work, monday: date) -> Sequence[Listed]:
    zone = work.model.time_zone
    wanted = Wanted(
        agency_ids=[work.model.id],
        states=STANDING,
        starts_from=midnight(monday, zone),
        starts_before=midnight(monday + work.wish.weeks * WEEK, zone),
        most=MOST_SESSIONS,
    )
    return await listings.find(work.tx, wanted)


async def _draft(work: _Work, session: Session, plans: Sequence[MeetingPlan]) -> None:
    where = (work.agency.id, session.workshop_id, session.capacity)
    wished = scheduling.planned(*where, plans, "", work.now)
    conditions = Conditions(languages=session.languages)
    await scheduling.add_planned(work.tx, wished, conditions, by=work.by, now=work.now)


def _plan(work: _Work, meeting: Meeting, shift: timedelta) -> MeetingPlan:
    theirs, ours = work.model.time_zone, work.agency.time_zone
    begins, ends = wall(meeting.starts_at, theirs) + shift, wall(meeting.ends_at, theirs) + shift
    return MeetingPlan(
        starts_at=resolve(begins.date(), begins.time(), ours), ends_at=resolve(ends.date(), ends.time(), ours)
    )


_PARTS: dict[Part, Callable[[_Work], Coroutine[Any, Any, Copied]]] = {
    Part.SETTINGS: _settings,
    Part.CLOSURES: _closures,
    Part.POLICIES: _policies,
    Part.WORDINGS: _wordings,
    Part.ROOMS: _rooms,
    Part.SESSIONS: _sessions,
}
