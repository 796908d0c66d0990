"""Bring a list of sessions in: each good one is planned, each bad row is told, and twice is as good as once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import Refused
from booking.domain.job_seekers import folded
from booking.domain.sessions import Session
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.terms import Conditions
from booking.domain.workshops import Workshop
from booking.services import entries, scheduling, waitlist
from booking.services.scheduling import MeetingPlan
from booking.services.session_rows import MeetingRow, SessionRemark, grouped, meeting_rows
from booking.storage import agencies, audit, sessions, staff, workshops
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import NonexistentTime, to_utc

T = TypeVar("T")
# Whoever writes on SQLite waits for these: a second at most.
TRIED_TOGETHER = 100


class Outcome(StrEnum):
    """What became of the rows of one session."""

    PLANNED = "planned"
    PUBLISHED = "published"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One session of the file: its lines, what became of it, and what is wrong with it."""

    lines: Sequence[int]
    outcome: Outcome
    title: str = ""
    session: Session | None = None
    remarks: Sequence[SessionRemark] = ()


Told = Callable[[Result], Awaitable[None]]


class _DryRun(Exception):
    """Nothing of this is kept."""


@dataclass(frozen=True, slots=True)
class _Directory:
    """What the words of a file can mean, for whoever brings it in."""

    agencies: dict[str, Agency]
    workshops: dict[str, Workshop]
    rooms: dict[tuple[UUID, str], UUID]
    people: dict[tuple[UUID, str], UUID]


class _Unclear(Exception):
    """A session of the file cannot be planned as it is written."""

    def __init__(self, *remarks: SessionRemark) -> None:
        super().__init__()
        self.remarks = remarks


async def import_sessions(
    db: Database, content: bytes, *, is_dry_run: bool, by: Staff, site: Site, now: datetime, told: Told
) -> None:
    """Plan the sessions of a CSV or JSON file, and publish those that it calls open.

    Each session is one transaction: good ones stay whatever becomes of the others. A session of the same workshop
    that already begins there at that moment is known, and left alone. ``told`` hears of each as it is done. In a dry
    run sessions are tried together in transactions that are taken back, so that clashes within the file are found, too.
    Raises :class:`UnreadableFile`, :class:`NotAllowed` for whoever may not plan anywhere.
    """
    by.must_somewhere(Right.PLAN)
    groups = grouped(meeting_rows(content))
    async with db.reading() as tx:
        directory = await _directory(tx, by, now)
    if not is_dry_run:
        for rows in groups:
            await told(await _bring_in(db, rows, directory, by, site, now))
        return
    for begin in range(0, len(groups), TRIED_TOGETHER):
        with suppress(_DryRun):
            async with db.transaction() as tx:
                for rows in groups[begin : begin + TRIED_TOGETHER]:
                    await told(await _try(tx, rows, directory, by, site, now))
                    # On SQLite nothing above waits: without this whoever reads would stand still until the end.
                    await asyncio.sleep(0)
                raise _DryRun


@again_when_contended
async def _bring_in(
    db: Database, rows: Sequence[MeetingRow], directory: _Directory, by: Staff, site: Site, now: datetime
) -> Result:
    async with db.transaction() as tx:
        return await _try(tx, rows, directory, by, site, now)


async def _try(
    tx: Tx, rows: Sequence[MeetingRow], directory: _Directory, by: Staff, site: Site, now: datetime
) -> Result:
    """Plan one session; what refuses it has written nothing yet."""
    lines = [row.line for row in rows]
    title = rows[0].said.get("workshop", "")
    try:
        session = _session(rows, directory, now)
        if await sessions.standing(tx, session.agency_id, session.workshop_id, session.starts_at):
            return Result(lines=lines, outcome=Outcome.KNOWN, title=title, session=session)
        is_open = all(row.is_open for row in rows)
        opened = session.published(now) if is_open else session
        languages = tuple(dict.fromkeys(code for row in rows for code in row.languages))
        opened = await scheduling.add_planned(tx, opened, Conditions(languages=languages), by=by, now=now)
        if is_open:
            await entries.keep(tx, [session.id], site, now)
            await audit.record(tx, by, "published", "session", session.id, now, session.agency_id)
            await waitlist.serve_opened(tx, [opened], by=by, now=now)
    except _Unclear as unclear:
        return Result(lines=lines, outcome=Outcome.REFUSED, title=title, remarks=unclear.remarks)
    except Refused as refusal:
        return Result(lines=lines, outcome=Outcome.REFUSED, title=title, remarks=_remarks(refusal))
    return Result(lines=lines, outcome=Outcome.PUBLISHED if is_open else Outcome.PLANNED, title=title, session=opened)


def _remarks(refusal: Refused) -> list[SessionRemark]:
    obstacles = refusal.facts.get("obstacles", ())
    if obstacles:
        return [SessionRemark(one["kind"], ", ".join(filter(None, (one["what"], one["who"])))) for one in obstacles]
    codes = dict.fromkeys(refusal.facts.get("fields", {}).values())
    return [SessionRemark(code) for code in codes] or [SessionRemark(refusal.code())]


async def _directory(tx: Tx, by: Staff, now: datetime) -> _Directory:
    every = await agencies.every(tx) if by.is_network_wide else await agencies.some(tx, by.agency_ids)
    mine = [agency for agency in every if by.may(Right.PLAN, agency.id)]
    ids = [agency.id for agency in mine]
    catalogue = await workshops.every(tx)
    words = [(w, (w.title, w.short_title, w.theme_code)) for w in reversed(catalogue)]
    people = await staff.who_are_planned(tx, ids, now)
    return _Directory(
        agencies={folded(name): a for a in mine for name in (a.name, a.slug, a.code or "") if name},
        workshops={folded(name): w for w, names in words for name in names if name},
        rooms={(room.agency_id, folded(room.name)): room.id for room in await agencies.rooms_of(tx, ids)},
        people={(agency_id, folded(word)): id for id, agency_id, *names in people for word in names},
    )


def _session(rows: Sequence[MeetingRow], directory: _Directory, now: datetime) -> Session:
    remarks = [remark for row in rows for remark in row.remarks]
    if remarks:
        raise _Unclear(*remarks)
    first = rows[0]
    agency = _found(directory.agencies, "agency", first.said["agency"])
    workshop = _found(directory.workshops, "workshop", first.said["workshop"])
    if len({(row.said["agency"], row.said["workshop"]) for row in rows}) > 1:
        raise _Unclear(SessionRemark("one-session-two-words", first.said.get("key", "")))
    return scheduling.planned(
        agency.id,
        workshop.id,
        workshop.usual_capacity if first.capacity is None else first.capacity,
        [_plan(row, agency, directory) for row in rows],
        first.said.get("because", ""),
        now,
    )


def _plan(row: MeetingRow, agency: Agency, directory: _Directory) -> MeetingPlan:
    here = {word: id for (agency_id, word), id in directory.rooms.items() if agency_id == agency.id}
    people = {word: id for (agency_id, word), id in directory.people.items() if agency_id == agency.id}
    room, leader = row.said.get("room", ""), row.said.get("leader", "")
    helpers = [one.strip() for one in row.said.get("assistants", "").split(",") if one.strip()]
    assert row.begins is not None and row.ends is not None  # their absence was refused with the row
    return MeetingPlan(
        starts_at=_instant(row.begins, agency.time_zone),
        ends_at=_instant(row.ends, agency.time_zone),
        room_id=_found(here, "room", room) if room else None,
        facilitator_id=_found(people, "person", leader) if leader else None,
        assistant_ids=tuple(_found(people, "person", helper) for helper in helpers),
    )


def _instant(said: datetime, zone: str) -> datetime:
    if said.tzinfo is not None:
        return said
    try:
        return to_utc(said.date(), said.time(), zone)
    except NonexistentTime as error:
        raise _Unclear(SessionRemark("no-such-hour", f"{said:%d/%m/%Y %H:%M}")) from error


def _found(known: dict[str, T], noun: str, said: str) -> T:
    found = known.get(folded(said))
    if found is None:
        raise _Unclear(SessionRemark(f"unknown-{noun}", said))
    return found
