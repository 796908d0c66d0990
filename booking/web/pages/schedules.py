"""The form of a session: rows of meetings as typed, and read into plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.obstacles import Obstacle, ObstacleKind
from booking.domain.sessions import Meeting
from booking.services.scheduling import MeetingPlan
from booking.web.forms import Form
from booking.web.pages import session_terms
from booking.web.pages.session_terms import TypedTerms
from calendars.holidays import holidays
from calendars.zones import NonexistentTime, to_utc, wall

FIELDS = ("date", "start", "end", "room", "facilitator", "assistants")


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting as typed; ``id`` names a meeting that exists already, ``holiday`` is what its day is called.

    ``assistants`` are ids with commas between them: the page offers one, or those who are there already.
    """

    n: int
    date: str = ""
    start: str = ""
    end: str = ""
    room: str = ""
    facilitator: str = ""
    assistants: str = ""
    id: str = ""
    holiday: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said about when."""
        return not (self.date or self.start or self.end or self.id)


@dataclass(frozen=True, slots=True)
class Repeat:
    """The wish for many meetings at once, as typed."""

    first: str = ""
    days: Sequence[str] = ()
    count: str = ""
    skips_holidays: bool = True


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the form, as it will be shown again."""

    workshop: str = ""
    capacity: str = ""
    version: str = ""
    because: str = ""
    rows: Sequence[Row] = field(default_factory=lambda: [Row(1)])
    repeat: Repeat = field(default_factory=Repeat)
    terms: TypedTerms = field(default_factory=TypedTerms)


def typed(form: Form) -> Typed:
    """What stands in the form."""
    rows = [_row(form, n) for n in _numbers(form)]
    has_wish = any(form.names("repeat."))
    wish = Repeat(
        first=form.get("repeat.first"),
        days=form.all("repeat.days"),
        count=form.get("repeat.count"),
        skips_holidays=bool(form.get("repeat.skips_holidays")) or not has_wish,
    )
    said = (form.get(name) for name in ("workshop", "capacity", "version", "overridden_because"))
    return Typed(*said, rows or [Row(1)], wish, session_terms.typed(form))


def _numbers(form: Form) -> list[int]:
    return sorted({int(n) for n in form.names("date.") if n.isascii() and n.isdigit() and len(n) < 4})


def _row(form: Form, n: int) -> Row:
    said = {name: form.get(f"{name}.{n}").strip() for name in FIELDS}
    return Row(n, **said, id=form.get(f"id.{n}"))


def written(meetings: Sequence[Meeting], zone: str) -> list[Row]:
    """Meetings as rows of the form, in the time of the place."""
    return [_written(meeting, zone) for meeting in meetings]


def _written(meeting: Meeting, zone: str) -> Row:
    begins, ends = wall(meeting.starts_at, zone), wall(meeting.ends_at, zone)
    return Row(
        meeting.position,
        begins.date().isoformat(),
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        str(meeting.room_id or ""),
        str(meeting.facilitator_id or ""),
        ",".join(map(str, meeting.assistant_ids)),
        str(meeting.id),
    )


def helpers(offered: Sequence[tuple[UUID, str]], said: str) -> list[tuple[str, str]]:
    """Who can be chosen to assist: one of those offered, or those several who are chosen already."""
    names = {str(id): name for id, name in offered}
    several = [(said, ", ".join(names.get(id, "?") for id in said.split(",")))] if "," in said else []
    return several + list(names.items())


def with_holidays(rows: Sequence[Row], territory: str) -> list[Row]:
    """The rows, each with the name of the holiday it falls on."""
    return [replace(row, holiday=_holiday(row.date, territory)) for row in rows]


def _holiday(said: str, territory: str) -> str | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return holidays(territory, day.year).get(day)


def with_one_more(rows: Sequence[Row]) -> list[Row]:
    """The rows and a blank one with the hours, room and facilitator of the last."""
    last = rows[-1]
    return [*rows, replace(last, n=last.n + 1, date="", id="", holiday=None)]


def without(rows: Sequence[Row], n: str) -> list[Row]:
    """The rows but this one, numbered anew; never none."""
    kept = [row for row in rows if str(row.n) != n] or [Row(1)]
    return [replace(row, n=number) for number, row in enumerate(kept, start=1)]


def plans(form: Form, rows: Sequence[Row], agency: Agency) -> list[tuple[Row, MeetingPlan]]:
    """The meetings of the rows in the order of their start; blank rows say nothing unless all are blank.

    What cannot be read is noted in the form's problems, row by row.
    """
    told = [row for row in rows if not row.is_blank] or list(rows[:1])
    read = [(row, _plan(form, row, agency.time_zone)) for row in told]
    return sorted(((row, plan) for row, plan in read if plan), key=lambda pair: pair[1].starts_at)


def _plan(form: Form, row: Row, zone: str) -> MeetingPlan | None:
    day = form.day(f"date.{row.n}")
    start, end = form.hour(f"start.{row.n}"), form.hour(f"end.{row.n}")
    room, leader, known = (form.id(f"{name}.{row.n}") for name in ("room", "facilitator", "id"))
    if day is None or start is None or end is None:
        return None
    starts_at = _instant(form, f"start.{row.n}", day, start, zone)
    ends_at = _instant(form, f"end.{row.n}", day, end, zone)
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        form.problems.add(f"end.{row.n}", "ends-before-it-starts")
    helpers = _ids(form, f"assistants.{row.n}", row.assistants)
    where = {"room_id": room, "facilitator_id": leader, "assistant_ids": helpers}
    return MeetingPlan(starts_at=starts_at, ends_at=ends_at, id=known, **where)


def _ids(form: Form, name: str, said: str) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(one) for one in said.split(",") if one)
    except ValueError:
        form.problems.add(name, "unknown-choice")
        return ()


def _instant(form: Form, name: str, day: date, hour: time, zone: str) -> datetime | None:
    try:
        return to_utc(day, hour, zone)
    except NonexistentTime:
        form.problems.add(name, "no-such-hour")
        return None


def beside_rows(fields: Mapping[str, str], rows: Sequence[Row]) -> dict[str, str]:
    """The problems of meetings by position, as problems of the rows they were typed in."""
    beside = {f"meetings.{position}": f"date.{row.n}" for position, row in enumerate(rows, start=1)}
    return {beside.get(name, "date.1" if name == "meetings" else name): code for name, code in fields.items()}


def obstacles(told: Iterable[Mapping[str, Any]], rows: Sequence[Row]) -> list[tuple[int, Obstacle]]:
    """What stands in the way of the meetings, each with the number of the row it was typed in."""
    return [
        (rows[one["meeting"] - 1].n, Obstacle(ObstacleKind(one["kind"]), one["what"], one["who"], one["seats"]))
        for one in told
    ]


def known_id(form: Form, name: str) -> UUID | None:
    """The choice of a list that has to be made; its absence is noted."""
    chosen = form.id(name)
    if chosen is None:
        form.problems.add(name, "required")
    return chosen
