"""What a session comes to in figures: seats, people, reminders; one set of rules for every page, file and report.

A session counts on the day of its first meeting, from its beginning on. Who takes part is counted once in it, however
many meetings it has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain.attendance import Mark
from booking.domain.bookings import (
    ABSENCES,
    DUPLICATE,
    HOLD_OVER,
    MADE_UP,
    MEETING_GONE,
    MOVED,
    NOT_THERE,
    OFFER_OVER,
    SESSION_BEGAN,
    BookingState,
    Party,
)
from booking.domain.job_seekers import Channel
from booking.domain.referrals import Outcome, ReferralState

NONE = "none"
# The last day before the first meeting, the last three, a week, two weeks, or earlier.
NOTICES = (("day", 1), ("days", 3), ("week", 7), ("fortnight", 14), ("longer", None))
REMINDED = (Channel.SMS.value, Channel.EMAIL.value, Channel.CALL.value, Channel.LETTER.value, NONE)
REACHED = (*(channel.value for channel in Channel), NONE)
LEADING = (
    "sessions", "seats", "seated", "came", "finished", "absent", "excused", "unmarked", "walk_ins", "made_up",
    "waited", "waited_days", "cancelled_person", "cancelled_adviser", "cancelled_service", "called_off",
)  # fmt: skip
# Of those whose presence is known, by the last reminder and by the notice: how many, and how many were absent.
FOLDED = tuple(f"{of}_{by}" for of in ("reminded", "unminded") for by in REMINDED)
NOTICED = tuple(f"{of}_{by}" for of in ("noticed", "unnoticed") for by, _ in NOTICES)
MESSAGED = (*FOLDED, *(f"reached_{by}" for by in REACHED))
MEASURES = (*LEADING, *NOTICED, *MESSAGED)
# How far somebody has come: known at all, then by each first time.
STEPS = ("known", "diagnosed", "oriented", "seated", "attended", "finished")
# What became of referrals, by the day on which they were made.
REFERRED = ("made", "sent", "met", "helped", "unhelped", "withdrawn")
# Why a place ended that was none any more, or never was: not a cancellation by anybody.
NO_CANCELLATION = (
    HOLD_OVER, OFFER_OVER, SESSION_BEGAN, MOVED, DUPLICATE, MADE_UP, MEETING_GONE, NOT_THERE, ABSENCES,
)  # fmt: skip

Measures = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What is known of one booking in a session.

    ``expected`` are the meetings after it was made, and those of which presence is known; ``wished_at`` is when one
    began to wait. ``reminded_by`` is the way of the last reminder that left, ``reached_by`` that of the last message.
    """

    state: BookingState
    created_at: datetime
    wished_at: datetime
    marks: Sequence[Mark] = ()
    expected: int = 1
    is_walk_in: bool = False
    makes_up: bool = False
    cancelled_by: Party | None = None
    cancelled_because: str = ""
    reminded_by: Channel | None = None
    reached_by: Channel | None = None

    @property
    def counts(self) -> bool:
        """Whether it is a seat of somebody who takes part: it stands, or presence was marked of it."""
        return not self.makes_up and (self.state.has_seat or (bool(self.marks) and self.cancelled_because != NOT_THERE))

    @property
    def has_come(self) -> bool:
        """Whether the person was there at least once."""
        return any(mark.is_present for mark in self.marks)

    @property
    def is_absent(self) -> bool:
        """Whether the person never came, and once at least without an excuse."""
        return not self.has_come and Mark.ABSENT in self.marks

    @property
    def is_finished(self) -> bool:
        """Whether the person was there every time."""
        present = sum(mark.is_present for mark in self.marks)
        return self.state is BookingState.BOOKED and self.has_come and present >= self.expected


def notice_of(seat: Seat, starts_at: datetime) -> str:
    """How long before the first meeting the place was taken."""
    days = (starts_at - seat.created_at) / timedelta(days=1)
    return next(name for name, most in NOTICES if most is None or days <= most)


def count(seats: Iterable[Seat], places: int, starts_at: datetime) -> dict[str, int]:
    """The measures of one session that has begun."""
    found = dict.fromkeys(MEASURES, 0) | {"sessions": 1, "seats": places}
    for seat in seats:
        for name in _names(seat, starts_at):
            found[name] += 1
        if seat.counts and not seat.is_walk_in:
            found["waited_days"] += max((starts_at - seat.wished_at).days, 0)
    return found


def count_called_off(seats: Iterable[Seat]) -> dict[str, int]:
    """The measures of one that was cancelled: no seats, but whoever lost one."""
    found = dict.fromkeys(MEASURES, 0) | {"called_off": 1}
    for seat in seats:
        if name := _cancelled(seat):
            found[name] += 1
    return found


def _names(seat: Seat, starts_at: datetime) -> list[str]:
    """Every measure in which this booking counts one."""
    if seat.makes_up:
        return ["made_up"] if seat.has_come else []
    if not seat.counts:
        return [name] if (name := _cancelled(seat)) else []
    names = ["seated", _presence(seat), f"reached_{seat.reached_by or NONE}"]
    names += ["finished"] if seat.is_finished else []
    names += ["walk_ins"] if seat.is_walk_in else ["waited"]
    if seat.marks and not seat.is_walk_in:
        told, notice = seat.reminded_by, notice_of(seat, starts_at)
        reminded = told.value if told and told.value in REMINDED else NONE
        names += [f"reminded_{reminded}", f"noticed_{notice}"]
        names += [f"unminded_{reminded}", f"unnoticed_{notice}"] if seat.is_absent else []
    return names


def _presence(seat: Seat) -> str:
    if not seat.marks:
        return "unmarked"
    return "came" if seat.has_come else "absent" if seat.is_absent else "excused"


def _cancelled(seat: Seat) -> str | None:
    if seat.cancelled_by is None or seat.cancelled_because in NO_CANCELLATION or seat.makes_up:
        return None
    return f"cancelled_{seat.cancelled_by}"


def referred(state: ReferralState, outcome: Outcome | None, *, was_sent: bool, was_met: bool) -> list[str]:
    """Every measure in which a referral counts one; one that was withdrawn was not made."""
    if state is ReferralState.CANCELLED:
        return ["withdrawn"]
    names = ["made"]
    names += ["sent"] if was_sent else []
    helped = outcome is not None and outcome.has_helped
    names += ["met"] if was_met or helped else []
    return names if outcome is None else [*names, "helped" if helped else "unhelped"]
