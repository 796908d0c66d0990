"""Presences taken away as a file: which ones, by whom, and how far a long one is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from booking.domain.errors import NotAllowed, NotFound
from booking.domain.fields import Problems
from booking.domain.rooms import FIRST_YEAR, LAST_YEAR
from booking.domain.staff import ROLES_WITH, Right, Role, Staff

# Up to so many rows the file is the answer; a longer one is made by the clock's jobs.
SHORT = 2000
KEPT = timedelta(hours=24)
# A worker says at each page that it is still there.
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
MOST_AT_A_TIME = 10


class Format(StrEnum):
    """What reads the file."""

    CSV = "csv"
    XLSX = "xlsx"
    # Everything, as one archive.
    ZIP = "zip"


class ExportState(StrEnum):
    """How far it is; one that is given up or over is gone."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which meetings: of one session, or of an agency in some days; without agency of the whole network.

    With ``led_by`` only the sessions in which this person leads a meeting.
    """

    agency_id: UUID | None = None
    session_id: UUID | None = None
    first_on: date | None = None
    last_on: date | None = None
    led_by: UUID | None = None

    def checked(self) -> "Scope":
        """This scope, if its days fit; otherwise :class:`InvalidField`."""
        problems = Problems()
        if self.session_id is None:
            for name, day in (("first_on", self.first_on), ("last_on", self.last_on)):
                if day is None:
                    problems.add(name, "required")
                elif not FIRST_YEAR <= day.year <= LAST_YEAR:
                    problems.add(name, "far-away")
            if self.first_on and self.last_on and self.last_on < self.first_on:
                problems.add("last_on", "ends-before-it-starts")
        problems.refuse()
        return self

    def within_reach(self, by: Staff) -> "Scope":
        """As far as somebody may take it: all, or for who only leads the own sessions.

        Raises :class:`NotFound` outside one's agencies, :class:`NotAllowed` within them.
        """
        if self.agency_id is None:
            if not may_take_all(by):
                raise NotAllowed(right=Right.ADMINISTER)
            return replace(self, led_by=None)
        if not by.belongs_to(self.agency_id):
            raise NotFound()
        if by.may(Right.SEE_PEOPLE, self.agency_id):
            return replace(self, led_by=None)
        if not leads_at(by, self.agency_id):
            raise NotAllowed(right=Right.SEE_PEOPLE)
        return replace(self, led_by=by.id)

    @property
    def said(self) -> Mapping[str, Any]:
        """What the audit keeps of it."""
        days = {"first_on": self.first_on, "last_on": self.last_on}
        told = {"session_id": self.session_id, **days, "led_by": self.led_by}
        return {name: str(value) for name, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file asked for, made or in the making. ``about`` names the agency or the session; empty for the network."""

    id: UUID
    asked_by: UUID
    agency_id: UUID | None
    session_id: UUID | None
    first_on: date | None
    last_on: date | None
    led_by: UUID | None
    about: str
    format: Format
    state: ExportState = ExportState.WAITING
    meetings_done: int = 0
    meetings_total: int = 0
    rows_done: int = 0
    size: int = 0
    tries: int = 0
    created_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None

    @property
    def scope(self) -> Scope:
        """Which meetings it tells of."""
        days = {"first_on": self.first_on, "last_on": self.last_on}
        return Scope(agency_id=self.agency_id, session_id=self.session_id, **days, led_by=self.led_by)

    @property
    def is_under_way(self) -> bool:
        """Whether it is still to come."""
        return self.state in (ExportState.WAITING, ExportState.RUNNING)


def may_take_all(by: Staff) -> bool:
    """Whether somebody may take the presences of the whole network away."""
    return any(agency is None and role in ROLES_WITH[Right.ADMINISTER] for agency, role in by.roles)


def leads_at(by: Staff, agency_id: UUID) -> bool:
    """Whether somebody is a facilitator there."""
    return any(agency in (agency_id, None) and role is Role.FACILITATOR for agency, role in by.roles)


def may_take_session(by: Staff, agency_id: UUID, leader_ids: Collection[UUID | None]) -> bool:
    """Whether the presences of a session with these leaders may be taken away."""
    return by.may(Right.SEE_PEOPLE, agency_id) or (leads_at(by, agency_id) and by.id in leader_ids)


def may_take_at(by: Staff, agency_id: UUID) -> bool:
    """Whether anything of this agency may be taken away; decides what pages show."""
    return by.may(Right.SEE_PEOPLE, agency_id) or leads_at(by, agency_id)
