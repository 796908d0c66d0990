"""People of a list become entries, once each however often it is sent; about who looks known, somebody is asked."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain.imports import Import, ImportRow, RowOutcome
from booking.domain.job_seekers import JobSeeker, folded
from booking.domain.likeness import TOO_COMMON, Likeness, alike, traits
from booking.domain.staff import Right, Staff
from booking.services.people_rows import PersonRow, contradictions, filled, read_person
from booking.services.row_files import Row
from booking.storage import audit, job_seekers
from booking.storage.database import Database, Tx

BATCH = 200
BY_NAME = (Likeness.NAME, Likeness.SWAPPED)


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a row: who is written, and who that was before."""

    read: PersonRow
    outcome: RowOutcome
    person: JobSeeker | None = None
    before: JobSeeker | None = None

    def kept(self, order: Import) -> ImportRow | None:
        """The row as somebody should look at it; None where there is nothing to look at."""
        if self.outcome not in (RowOutcome.REFUSED, RowOutcome.SET_ASIDE):
            return None
        row = self.read.row
        known = {"import_id": order.id, "line": row.line, "outcome": self.outcome, "cells": row.cells}
        return ImportRow(**known, remarks=tuple(self.read.remarks))


class PeopleImport:
    """A list of people for one agency, in steps of some hundred rows; each knows those before it."""

    def __init__(self, order: Import, by: Staff, now: datetime) -> None:
        by.must(Right.BOOK, order.agency_id)
        self.order, self.by, self.now = order, by, now
        self.known = Known()

    async def begin(self, db: Database, rows: Sequence[Row]) -> list[list[Row]]:
        """Look who is known; returns the steps."""
        async with db.reading() as tx:
            people = await job_seekers.every(tx, self.order.agency_id)
        self.known = await asyncio.to_thread(Known, people)
        return [list(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH)]

    async def judge(self, step: Sequence[Row]) -> list[Judged]:
        """What becomes of these rows, in their order; who is new is known from then on."""
        return [self._judged(row) for row in step]

    async def write(self, tx: Tx, judged: Sequence[Judged]) -> tuple[Counter[RowOutcome], list[ImportRow]]:
        """Write them in a transaction of the caller's; nobody is told of it. Returns what should be looked at.

        Raises :class:`NameTaken` when an identifier was given to somebody meanwhile.
        """
        if not self.order.is_dry_run:
            await self._write(tx, judged)
        kept = [row for one in judged if (row := one.kept(self.order))]
        return Counter(one.outcome for one in judged), kept

    async def _write(self, tx: Tx, judged: Sequence[Judged]) -> None:
        new = [one.person for one in judged if one.person and one.before is None]
        known = [one for one in judged if one.before and one.outcome is RowOutcome.CHANGED]
        await job_seekers.add_all(tx, new)
        changed = await self._change(tx, known)
        ids = [*(person.id for person in new), *changed]
        where = self.order.agency_id
        await audit.record_all(tx, self.by, "imported", "job_seeker", ids, self.now, where)

    async def _change(self, tx: Tx, known: Sequence[Judged]) -> list[UUID]:
        """Fill in what stands there now: what was written since the look stays, and nobody erased since comes back."""
        there = await job_seekers.load_many(tx, {one.before.id for one in known if one.before}, for_update=True)
        after = dict(there)
        for one in known:
            if one.before and one.read.person and one.before.id in there:
                after[one.before.id] = filled(after[one.before.id], one.read.person)
        changed = sorted(id for id, person in after.items() if person != there[id])
        for id in changed:
            await job_seekers.change(tx, _next_version(after[id], self.now))
        return changed

    def _judged(self, row: Row) -> Judged:
        read = read_person(row, self.order.columns, self.order.agency_id, self.now)
        if read.person is None:
            return Judged(read, RowOutcome.REFUSED)
        first = self.known.lines.get(read.person.identifier or "")
        if first:
            read.refuse("identifier", "same-identifier", read.person.identifier or "", str(first))
            return Judged(read, RowOutcome.REFUSED)
        judged = self._compared(read, read.person)
        if judged.person:
            self.known.add(judged.person, row.line)
        return judged

    def _compared(self, read: PersonRow, said: JobSeeker) -> Judged:
        before, others = self.known.meant(said)
        if before is None and not others:
            return Judged(read, RowOutcome.NEW, said)
        if before is None:
            for other, why in others:
                read.refuse("last_name", f"alike-{why.value}", said.name, _told(other))
            return Judged(read, RowOutcome.SET_ASIDE)
        apart = contradictions(before, said)
        for name, new, old in apart:
            read.refuse(name, "differs", new, old)
        if apart:
            return Judged(read, RowOutcome.SET_ASIDE)
        after = filled(before, said)
        if after == before:
            return Judged(read, RowOutcome.UNCHANGED, before, before)
        return Judged(read, RowOutcome.CHANGED, _next_version(after, self.now), before)


class Known:
    """Everybody of an agency, and the rows before; found by whatever two entries of one person share."""

    def __init__(self, people: Sequence[JobSeeker] = ()) -> None:
        self.by_identifier: dict[str, JobSeeker] = {}
        self.sharing: dict[str, list[JobSeeker]] = defaultdict(list)
        # Of each identifier of the file, the line.
        self.lines: dict[str, int] = {}
        for person in people:
            self.add(person)

    def add(self, person: JobSeeker, line: int = 0) -> None:
        """From now on this one is known; again, where he was known before."""
        if person.identifier:
            self.by_identifier[person.identifier] = person
            if line:
                self.lines[person.identifier] = line
        for trait in traits(person):
            others = self.sharing[trait]
            if len(others) <= TOO_COMMON:
                self.sharing[trait] = [*(one for one in others if one.id != person.id), person]

    def meant(self, said: JobSeeker) -> tuple[JobSeeker | None, list[tuple[JobSeeker, Likeness]]]:
        """Who this is for sure, or else who it may be: the surest first."""
        known = self.by_identifier.get(said.identifier or "")
        if known:
            return known, []
        near = {one.id: one for trait in traits(said) for one in self._few(trait)}
        found = [(one, why) for one in near.values() if (why := alike(one, said))]
        sure = [one for one, why in found if why in BY_NAME and _is_sure(one, said)]
        if len(sure) == 1:
            return sure[0], []
        order = list(Likeness)
        return None, sorted(found, key=lambda pair: (order.index(pair[1]), pair[0].id))

    def _few(self, trait: str) -> list[JobSeeker]:
        """Of very many who share one trait nobody is meant by it."""
        some = self.sharing.get(trait, [])
        return some if len(some) <= TOO_COMMON else []


def _is_sure(one: JobSeeker, said: JobSeeker) -> bool:
    """Whether two of one name share a way to reach them, and nothing says that they are two."""
    apart = bool(one.identifier and said.identifier) or bool(
        one.birth_year and said.birth_year and one.birth_year != said.birth_year
    )
    shares = bool(one.phone and one.phone == said.phone) or bool(
        one.email and one.email.casefold() == (said.email or "").casefold()
    )
    # Without any contact in the list, the name and the year of birth; « twice is as good as once » for paper lists too.
    lacks = not said.phone and not said.email
    same_year = bool(one.birth_year) and one.birth_year == said.birth_year
    return not apart and (shares or (lacks and same_year and folded(one.name) == folded(said.name)))


def _told(person: JobSeeker) -> str:
    return " ".join(filter(None, [person.name, str(person.birth_year or ""), person.identifier or ""]))


def _next_version(person: JobSeeker, now: datetime) -> JobSeeker:
    return replace(person, version=person.version + 1, changed_at=now)
