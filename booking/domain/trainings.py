"""Trainings of staff: who has done which, until when it counts, and who must still do it."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.bookings import BookingState
from booking.domain.staff import Role
from booking.domain.workshops import Workshop


class Standing(StrEnum):
    """How somebody stands with one training; ``free`` where nobody asks it of him."""

    TRAINED = "trained"
    BOOKED = "booked"
    WAITING = "waiting"
    EXPIRED = "expired"
    MISSING = "missing"
    FREE = "free"

    @property
    def is_lacking(self) -> bool:
        """Whether somebody must still do it, and has no seat for it."""
        return self in (Standing.MISSING, Standing.EXPIRED, Standing.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One place of a member of staff in a training; ``came`` is to how many of its ``meetings``."""

    staff_id: UUID
    workshop_id: UUID
    booking_id: UUID
    session_id: UUID
    state: BookingState
    sequence: int
    starts_at: datetime
    ends_at: datetime
    meetings: int
    came: int
    workshop_title: str
    agency_name: str
    time_zone: str

    @property
    def is_done(self) -> bool:
        """Whether he was there from the first meeting to the last."""
        return self.state is BookingState.BOOKED and self.came >= self.meetings

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is not over."""
        return self.state is not BookingState.CANCELLED and self.ends_at > now


@dataclass(frozen=True, slots=True)
class Trained:
    """How somebody stands with one training: since when, until when it counts, and the place that says so."""

    standing: Standing
    place: Attended | None = None
    until_at: datetime | None = None


def how_it_stands(workshop: Workshop, roles: Collection[Role], places: Sequence[Attended], now: datetime) -> Trained:
    """What the places of one person in one training come to; a training that runs out and is booked anew is booked."""
    mine = sorted((one for one in places if one.workshop_id == workshop.id), key=lambda one: one.ends_at)
    done = next((one for one in reversed(mine) if one.is_done), None)
    until = expires_at(done, workshop.validity_months) if done else None
    if done and (until is None or until > now):
        return Trained(Standing.TRAINED, done, until)
    ahead = [one for one in mine if one.is_ahead(now)]
    seat = next((one for one in ahead if one.state.has_seat), None)
    if seat:
        return Trained(Standing.BOOKED, seat)
    if ahead:
        return Trained(Standing.WAITING, ahead[0])
    if done:
        return Trained(Standing.EXPIRED, done, until)
    return Trained(Standing.MISSING if is_required(workshop, roles) else Standing.FREE)


def is_required(workshop: Workshop, roles: Collection[Role]) -> bool:
    """Whether one of these roles must have done it."""
    return not set(workshop.required_for).isdisjoint(roles)


def expires_at(done: Attended, months: int | None) -> datetime | None:
    """So many months after its last meeting, on the same day or the last one of a shorter month; None is never."""
    if months is None:
        return None
    year, month = divmod(done.ends_at.year * 12 + done.ends_at.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return done.ends_at.replace(year=year, month=month + 1, day=min(done.ends_at.day, last))
