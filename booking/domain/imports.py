"""A list that somebody brings in: what it is of, how far it is, and what becomes of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# Refused rows are there so long, to be mended and sent again.
KEPT = timedelta(days=7)
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
MOST_AT_A_TIME = 10
# Up to so many rows the page waits for the end.
SHORT = 200


class ListKind(StrEnum):
    """What the rows are."""

    PEOPLE = "people"
    HISTORY = "history"


class ImportState(StrEnum):
    """How far it is: sent, to be tried or written, tried, written."""

    DRAFT = "draft"
    WAITING = "waiting"
    RUNNING = "running"
    CHECKED = "checked"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class RowOutcome(StrEnum):
    """What becomes of a row. Who looks like somebody known is set aside until somebody answers."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SET_ASIDE = "set_aside"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What is wrong with a row: in which column, a stable code, what the file says, and what it meets."""

    column: str
    code: str
    said: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A row that somebody should look at, as it was sent."""

    import_id: UUID
    line: int
    outcome: RowOutcome
    remarks: tuple[RowRemark, ...] = ()
    cells: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A list sent for one agency; ``is_dry_run`` is whether it is only tried. ``counts`` are rows by outcome."""

    id: UUID
    agency_id: UUID
    asked_by: UUID
    kind: ListKind
    file_name: str
    columns: Mapping[str, str]
    is_dry_run: bool = True
    state: ImportState = ImportState.DRAFT
    rows_total: int = 0
    rows_done: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""
    version: int = 0
    tries: int = 0
    created_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in (ImportState.WAITING, ImportState.RUNNING)

    @property
    def may_begin(self) -> bool:
        """Whether it may be tried or written now; one that was stopped or broke goes on where it was."""
        return self.state in (ImportState.DRAFT, ImportState.CHECKED, ImportState.STOPPED, ImportState.FAILED)

    def count(self, outcome: RowOutcome) -> int:
        """How many rows came out so."""
        return self.counts.get(outcome, 0)
