"""Which sessions somebody wants. What restricts them makes a statement, built once for each set of restrictions."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, not_, or_, select, text

from booking.domain.sessions import SessionState
from booking.domain.workshops import Audience
from booking.storage import narrowing
from booking.storage.columns import Id, Instant
from booking.storage.driving import any_of
from booking.storage.many import among, listed
from booking.storage.narrowing import NOT_NARROWED, Narrowed
from booking.storage.tables import sessions, workshops

Condition = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement depends on: the names of what restricts, the states wanted, and whether each agency counts."""

    names: frozenset[str]
    states: tuple[SessionState, ...] | None
    is_of_each: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sessions; None does not restrict. ``bookable_at`` is
    an instant at which one may book, if there is a seat; ``after`` is the last one seen: (starts_at, id); with ``each``
    the first so many of each agency."""

    agency_ids: Collection[UUID] | None = None
    workshop_id: UUID | None = None
    audience: Audience | None = None
    states: Collection[SessionState] | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    bookable_at: datetime | None = None
    closes_after: datetime | None = None
    ends_after: datetime | None = None
    with_room: bool = False
    without: Collection[UUID] | None = None
    among: Collection[UUID] | None = None
    narrowed: Narrowed = NOT_NARROWED
    after: tuple[datetime, UUID] | None = None
    each: int | None = None
    most: int = 50

    @property
    def shape(self) -> Shape:
        """The statement it needs."""
        return Shape(frozenset(_said(self)), None if self.states is None else tuple(self.states), self.each is not None)


def values(dialect: str, wanted: Wanted) -> dict[str, Any]:
    """What the statement of this shape is asked with."""
    said = _said(wanted)
    given = {name: listed(dialect, value) if name in _LISTS else value for name, value in said.items()}
    if wanted.after is not None:
        given |= dict(zip(("after_at", "after_id"), wanted.after, strict=True))
    return given | narrowing.values(wanted.narrowed) | {"most": wanted.most, "each": wanted.each}


def chosen(dialect: str, shape: Shape) -> Select[Any]:
    """The ids of the sessions wanted: the first ones, or the first ones of each agency."""
    c = sessions.c
    restricting = [_RESTRICTIONS[name](dialect) for name in sorted(shape.names)]
    if shape.states is not None:
        restricting.append(any_of(c.state, shape.states) if shape.states else false())
    if not shape.is_of_each:
        first = select(c.id).where(*restricting).order_by(c.starts_at, c.id).limit(bindparam("most")).subquery()
        return select(first.c.id)
    place = func.row_number().over(partition_by=c.agency_id, order_by=(c.starts_at, c.id)).label("place")
    placed = select(c.id, place).where(*restricting).subquery()
    return select(placed.c.id).where(placed.c.place <= bindparam("each"))


def _said(wanted: Wanted) -> dict[str, Any]:
    """What restricts, by name; the states make a statement of their own."""
    said = {name: getattr(wanted, name) for name in _OWN} | narrowing.said(wanted.narrowed)
    return {name: value for name, value in said.items() if value is not None and value is not False}


def _compared(column: Any, compare: str, name: str, kind: Any) -> Condition:
    return lambda _: getattr(column, compare)(bindparam(name, type_=kind))


def _bookable(_: str) -> ColumnElement[bool]:
    c, at = sessions.c, bindparam("bookable_at", type_=Instant)
    return and_(c.closes_at > at, or_(c.opens_at.is_(None), c.opens_at <= at))


def _after(_: str) -> ColumnElement[bool]:
    c, at = sessions.c, bindparam("after_at", type_=Instant)
    return or_(c.starts_at > at, and_(c.starts_at == at, c.id > bindparam("after_id", type_=Id)))


def _for(_: str) -> ColumnElement[bool]:
    audience = workshops.c.audience == bindparam("audience")
    return sessions.c.workshop_id.in_(select(workshops.c.id).where(audience))


_LISTS = {"agency_ids", "among", "without"}
_OWN: dict[str, Condition] = {
    "agency_ids": partial(among, column=sessions.c.agency_id, name="agency_ids"),
    "among": partial(among, column=sessions.c.id, name="among"),
    "without": lambda dialect: not_(among(dialect, sessions.c.id, "without")),
    "workshop_id": _compared(sessions.c.workshop_id, "__eq__", "workshop_id", Id),
    "audience": _for,
    "starts_from": _compared(sessions.c.starts_at, "__ge__", "starts_from", Instant),
    "starts_before": _compared(sessions.c.starts_at, "__lt__", "starts_before", Instant),
    "bookable_at": _bookable,
    "closes_after": _compared(sessions.c.closes_at, "__gt__", "closes_after", Instant),
    "ends_after": _compared(sessions.c.ends_at, "__gt__", "ends_after", Instant),
    # Said exactly as the partial index says it.
    "with_room": lambda _: text("sessions.state = 'open' AND sessions.has_room"),
    "after": _after,
}
_RESTRICTIONS = _OWN | narrowing.RESTRICTIONS
