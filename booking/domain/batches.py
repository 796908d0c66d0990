"""Many things done in one go: which ones, what is done with each, and what became of it, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

KEPT = timedelta(days=7)
# What was chosen and not begun goes sooner.
DRAFT_KEPT = timedelta(days=1)
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
MOST_LINES = 500
# Up to so many lines the page waits for the end.
SHORT = 20
UNDONE_WITHIN = timedelta(minutes=10)


class Subject(StrEnum):
    """What the lines are."""

    SESSION = "session"
    MESSAGE = "message"
    PARTNER = "partner"


class Deed(StrEnum):
    """What is done with each of them; copies are looked at and written by the planner, all of them or none."""

    PUBLISH = "publish"
    SHIFT = "shift"
    LEAD = "lead"
    RESIZE = "resize"
    COPY = "copy"
    CANCEL = "cancel"
    TICK = "tick"
    RESEND = "resend"
    ARCHIVE = "archive"

    @property
    def subject(self) -> Subject:
        """With what it is done."""
        return {Deed.TICK: Subject.MESSAGE, Deed.RESEND: Subject.MESSAGE, Deed.ARCHIVE: Subject.PARTNER}.get(
            self, Subject.SESSION
        )

    @property
    def tells_people(self) -> bool:
        """Whether those who hold or await a seat are told of it."""
        return self in (Deed.SHIFT, Deed.CANCEL)

    @property
    def may_be_undone(self) -> bool:
        """Whether it can be taken back: what has told people that a session is cancelled, or is open, cannot."""
        return self in (Deed.SHIFT, Deed.LEAD, Deed.RESIZE, Deed.TICK, Deed.ARCHIVE)


class BatchState(StrEnum):
    """How far it is: chosen, to be done, done to the end, stopped on the way, or given up."""

    DRAFT = "draft"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class LineOutcome(StrEnum):
    """What became of a line; ``same`` is one where nothing was to be done."""

    WAITING = "waiting"
    DONE = "done"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One of the things; ``why`` is the code of what refused it, ``kept`` what it takes to undo it."""

    batch_id: UUID
    number: int
    subject_id: UUID
    outcome: LineOutcome = LineOutcome.WAITING
    why: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A deed and how many lines of it are done; ``told`` says how it is done, ``undoes`` which batch it takes back."""

    id: UUID
    asked_by: UUID
    deed: Deed
    told: Mapping[str, Any] = field(default_factory=dict)
    undoes: UUID | None = None
    state: BatchState = BatchState.DRAFT
    lines_total: int
    lines_done: int = 0
    trouble: str = ""
    tries: int = 0
    created_at: datetime
    begun_at: datetime | None = None
    settled_at: datetime | None = None
    expires_at: datetime

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in (BatchState.WAITING, BatchState.RUNNING)

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.state in (BatchState.DONE, BatchState.STOPPED, BatchState.FAILED)

    @property
    def goes_backwards(self) -> bool:
        """Whether the last line comes first: sessions moved to later days make room for those behind them."""
        return self.deed is Deed.SHIFT and (self.told.get("days", 0) > 0) is (self.undoes is None)

    def may_be_undone(self, now: datetime) -> bool:
        """Whether it is over, not for long, and can be taken back."""
        is_fresh = self.settled_at is not None and now - self.settled_at < UNDONE_WITHIN
        return self.is_over and is_fresh and self.deed.may_be_undone and self.undoes is None

    def left(self, now: datetime) -> timedelta | None:
        """How long the rest may take, as fast as until now; None as long as nobody can know."""
        if self.begun_at is None or not self.lines_done or not self.is_under_way:
            return None
        return (now - self.begun_at) / self.lines_done * (self.lines_total - self.lines_done)
