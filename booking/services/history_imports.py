"""Past meetings of a list become held sessions with who was there; nobody is told, and no seat to come is touched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.attendance import Attendance
from booking.domain.bookings import Booking, BookingState
from booking.domain.identifiers import new_id
from booking.domain.imports import Import, ImportRow, RowOutcome
from booking.domain.job_seekers import JobSeeker, folded
from booking.domain.sessions import MOST_MEETINGS, Meeting, Session, SessionState, in_order
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.terms import Conditions, on_conditions
from booking.domain.workshops import Audience, Workshop
from booking.services import entries
from booking.services.history_rows import HistoryRow, in_sessions, read_history
from booking.services.row_files import Row
from booking.storage import agencies, attendance, audit, bookings, job_seekers, past_sessions, sessions, workshops
from booking.storage.database import Database, Tx
from calendars.zones import midnight

BATCH = 100
USUAL_MINUTES = 120
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one session, the good ones and the others, and its workshop if it is known."""

    rows: Sequence[HistoryRow]
    workshop: Workshop | None

    @property
    def good(self) -> list[HistoryRow]:
        return [row for row in self.rows if not row.remarks and not row.is_left_out]

    @property
    def begun(self) -> set[tuple[UUID, datetime]]:
        return {(self.workshop.id, row.starts_at) for row in self.good if self.workshop and row.starts_at}


class HistoryImport:
    """A list of what was, for one agency, in steps of some sessions."""

    def __init__(self, order: Import, by: Staff, site: Site, now: datetime) -> None:
        by.must(Right.PLAN, order.agency_id)
        self.order, self.by, self.site, self.now = order, by, site, now
        self.taught: dict[str, Workshop] = {}
        self.by_identifier: dict[str, JobSeeker] = {}
        self.by_name: dict[str, list[JobSeeker]] = {}

    async def begin(self, db: Database, rows: Sequence[Row]) -> list[list[Row]]:
        """Look what there is; returns the steps, each of whole sessions."""
        async with db.reading() as tx:
            self.agency: Agency = await agencies.load(tx, self.order.agency_id)
            catalogue = await workshops.every(tx, with_archived=True)
            people = await job_seekers.every(tx, self.order.agency_id)
        for one in reversed(catalogue):
            if one.audience is Audience.JOB_SEEKERS:
                self.taught |= {folded(word): one for word in (one.title, one.short_title, one.theme_code) if word}
        for person in people:
            self.by_identifier[person.identifier or ""] = person
            self.by_name.setdefault(_name(person.last_name, person.first_name), []).append(person)
        self.by_identifier.pop("", None)
        return _steps([[one.row for one in group] for group in in_sessions([self._read(row) for row in rows])])

    async def judge(self, step: Sequence[Row]) -> list[_Group]:
        """The sessions that these rows mean."""
        groups = [_Group(rows, self._workshop(rows[0])) for rows in in_sessions([self._read(row) for row in step])]
        for group in groups:
            for row in group.rows:
                if group.workshop is None and row.said("workshop"):
                    row.refuse("workshop", "unknown-workshop", row.said("workshop"))
                said = folded(row.said("agency"))
                if said and said not in map(folded, (self.agency.name, self.agency.slug, self.agency.code or "")):
                    row.refuse("agency", "other-agency", row.said("agency"), self.agency.name)
        return groups

    async def write(self, tx: Tx, judged: Sequence[_Group]) -> tuple[Counter[RowOutcome], list[ImportRow]]:
        """Write them in a transaction of the caller's. Returns how many came out how, and what should be looked at."""
        known = await past_sessions.having(tx, self.order.agency_id, {one for group in judged for one in group.begun})
        locked = await sessions.lock(tx, *set(known.values()))
        counts: Counter[RowOutcome] = Counter()
        new: list[UUID] = []
        for group in judged:
            session = next((locked[known[one]] for one in sorted(group.begun) if one in known), None)
            if session is None and group.good and group.workshop:
                session = await self._held(tx, group, group.workshop)
                new += [session.id] if session else []
            # Each seat that is taken is counted before the next one is asked for.
            taken = session.taken if session else 0
            for row in group.rows:
                outcome = await self._row(tx, row, session, taken)
                taken += outcome is RowOutcome.NEW
                counts[RowOutcome.NEW if outcome is RowOutcome.NEW else outcome] += 1
        await entries.keep(tx, new, self.site, self.now)
        await audit.record_all(tx, self.by, "imported", "session", new, self.now, self.order.agency_id)
        return counts, [self._kept(row) for group in judged for row in group.rows if row.remarks]

    async def _held(self, tx: Tx, group: _Group, workshop: Workshop) -> Session | None:
        """A held session as the rows have it; None where they do not make one."""
        times = sorted({(row.starts_at, row.ends_at) for row in group.good if row.starts_at and row.ends_at})
        overlap = any(one[1] > other[0] for one, other in pairwise(times))
        if overlap or len(times) > MOST_MEETINGS:
            for row in group.good:
                row.refuse("begins", "meetings-overlap" if overlap else "too-many-meetings")
            return None
        id = new_id(self.now)
        at = {"created_at": self.now, "changed_at": self.now}
        made = [Meeting(id=new_id(self.now), session_id=id, position=1, starts_at=a, ends_at=b, **at) for a, b in times]
        people = {person.id for row in group.good if (person := self._meant(row))}
        session = Session(
            id=id,
            agency_id=self.order.agency_id,
            workshop_id=workshop.id,
            state=SessionState.HELD,
            capacity=max(workshop.usual_capacity, len(people), 1),
            meetings=in_order(made),
            **at,
        )
        session = on_conditions(session, workshop, Conditions())
        await sessions.add(tx, session)
        return session

    async def _row(self, tx: Tx, row: HistoryRow, session: Session | None, taken: int) -> RowOutcome:
        if row.is_left_out and not row.remarks:
            return RowOutcome.LEFT_OUT
        person = None if row.remarks else self._person(row)
        meeting = next((one for one in session.meetings if one.starts_at == row.starts_at), None) if session else None
        if not row.remarks and meeting is None:
            row.refuse("begins", "no-such-meeting")
        if row.remarks or person is None or session is None or meeting is None:
            return RowOutcome.REFUSED
        booking = await bookings.active_of(tx, session.id, person.id)
        is_new = booking is None
        if booking is None:
            booking = await self._sit(tx, row, session, person, taken)
        elif booking.state is not BookingState.BOOKED:
            row.refuse("identifier", "has-no-seat", person.name)
        if booking is None or row.remarks:
            return RowOutcome.REFUSED
        outcome = await self._mark(tx, row, session, meeting, booking)
        outcome = RowOutcome.NEW if is_new else outcome
        if outcome in (RowOutcome.NEW, RowOutcome.CHANGED):
            where = self.order.agency_id
            await audit.record_all(tx, self.by, "imported", "booking", [booking.id], self.now, where)
        return outcome

    async def _sit(self, tx: Tx, row: HistoryRow, session: Session, person: JobSeeker, taken: int) -> Booking | None:
        """A seat as it was then; none in a session that still goes on, or that is full."""
        if session.ends_at > self.now:
            row.refuse("day", "session-goes-on")
        elif session.capacity + session.allowance - session.kept <= taken:
            row.refuse("workshop", "session-was-full", str(session.capacity))
        elif await past_sessions.is_elsewhere(tx, person.id, session.id):
            row.refuse("begins", "was-elsewhere", person.name)
        if row.remarks:
            return None
        at = session.starts_at - A_MOMENT
        if row.booked_on:
            at = min(at, midnight(row.booked_on, self.agency.time_zone))
        booking = Booking(
            id=new_id(self.now),
            session_id=session.id,
            job_seeker_id=person.id,
            agency_id=person.agency_id,
            state=BookingState.BOOKED,
            booked_by=self.by.id,
            created_at=at,
            changed_at=at,
        )
        await bookings.add(tx, booking)
        await sessions.count(tx, session.id, taken=1)
        return booking

    async def _mark(self, tx: Tx, row: HistoryRow, session: Session, meeting: Meeting, booking: Booking) -> RowOutcome:
        if row.mark is None:
            return RowOutcome.UNCHANGED
        before = (await attendance.of_booking(tx, booking.id)).get(meeting.id)
        if before and before.mark is row.mark:
            return RowOutcome.UNCHANGED
        if before:
            row.refuse("mark", "marked-otherwise", row.said("mark"), before.mark.value)
            return RowOutcome.REFUSED
        mark = Attendance(
            booking_id=booking.id,
            meeting_id=meeting.id,
            mark=row.mark,
            reason=row.reason,
            marked_by=self.by.id,
            marked_at=self.now,
        )
        await attendance.put(tx, mark, session.id, None)
        return RowOutcome.CHANGED

    def _read(self, row: Row) -> HistoryRow:
        said = HistoryRow(row, self.order.columns)
        workshop = self._workshop(said)
        minutes = workshop.usual_minutes if workshop else USUAL_MINUTES
        return read_history(row, self.order.columns, self.agency.time_zone, minutes, self.now)

    def _workshop(self, row: HistoryRow) -> Workshop | None:
        return self.taught.get(folded(row.said("workshop")))

    def _person(self, row: HistoryRow) -> JobSeeker | None:
        found = self._candidates(row)
        if len(found) == 1:
            return found[0]
        who = row.said("identifier") or f"{row.said('first_name')} {row.said('last_name')}".strip()
        row.refuse(
            "identifier" if row.said("identifier") else "last_name", "several-people" if found else "nobody-known", who
        )
        return None

    def _meant(self, row: HistoryRow) -> JobSeeker | None:
        found = self._candidates(row)
        return found[0] if len(found) == 1 else None

    def _candidates(self, row: HistoryRow) -> list[JobSeeker]:
        """Whom an identifier means, or else a name with year of birth or phone; a bare name only if no other has it."""
        if row.said("identifier"):
            known = self.by_identifier.get(row.said("identifier").upper())
            return [known] if known else []
        same = self.by_name.get(_name(row.said("last_name"), row.said("first_name")), [])
        if row.birth_year:
            same = [one for one in same if one.birth_year in (None, row.birth_year)]
        return [one for one in same if one.phone == row.phone] if row.phone else same

    def _kept(self, row: HistoryRow) -> ImportRow:
        known: Mapping[str, object] = {"import_id": self.order.id, "line": row.row.line, "cells": row.row.cells}
        return ImportRow(**known, outcome=RowOutcome.REFUSED, remarks=tuple(row.remarks))  # type: ignore[arg-type]


def _name(last: str, first: str) -> str:
    return f"{folded(last).replace(' ', '')} {folded(first).replace(' ', '')}"


def _steps(groups: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Whole groups, so many rows at a time or a few more."""
    steps: list[list[Row]] = [[]]
    for group in groups:
        if len(steps[-1]) + len(group) > BATCH and steps[-1]:
            steps.append([])
        steps[-1] += group
    return [step for step in steps if step]
