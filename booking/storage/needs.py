"""How many of each thing wait for somebody, in one question that never changes: nothing is read to be counted."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, exists, func, literal, literal_column, select

from booking.domain.imports import ImportState
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.needs import Need
from booking.domain.sessions import SessionState
from booking.domain.text_answers import TextState
from booking.storage import (
    absentees,
    calendar_replies,
    closings,
    dates_wished,
    decisions,
    external_clashes,
    invitations,
    phases,
    recalls,
    referrals,
)
from booking.storage.attending_staff import BOOKED_NO_STAFF
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.driving import any_of, hot
from booking.storage.many import among, listed
from booking.storage.tables import bookings, imports, incoming_texts, meetings, messages, phase_changes, sessions
from booking.storage.tables import invitations as invited
from booking.storage.tables import referrals as sent

KEPT, NOTICE, LOOKED_BACK = timedelta(days=60), timedelta(days=3), timedelta(days=14)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
Where = Collection[UUID] | None
_NOW, _KEPT, _MARKED, _SOON, _LATELY, _TODAY, _WEEK = (
    bindparam(name, type_=Instant) for name in ("now", "kept", "marked", "soon", "lately", "today", "week")
)
_ME = bindparam("me", type_=Id)
_OPEN = literal_column(f"'{SessionState.OPEN}'")


@dataclass(frozen=True, slots=True)
class Week:
    """Sessions of some days, and their seats."""

    sessions: int
    seats: int
    taken: int


def _messages(state: MessageState) -> Select[Any]:
    """As a word of the statement and no value, so that its index is used."""
    return select(func.count()).select_from(messages).where(messages.c.state == literal_column(f"'{state}'"))


def _to_call() -> Select[Any]:
    return _messages(MessageState.TO_DO).where(messages.c.channel == Channel.CALL)


def _to_print() -> Select[Any]:
    on_paper = (messages.c.channel != Channel.CALL) | messages.c.channel.is_(None)
    return _messages(MessageState.TO_DO).where(on_paper)


def _failed() -> Select[Any]:
    """What is still of use, and was not said again."""
    copy = messages.alias("copy")
    copied = exists().where(copy.c.dedupe_key == literal("resent:") + cast(messages.c.id, Text)).correlate(messages)
    as_it_is = exists().where(
        bookings.c.id == messages.c.booking_id, bookings.c.sequence == messages.c.booking_sequence
    )
    of_use = (messages.c.not_after > _NOW, as_it_is.correlate(messages), ~copied)
    return _messages(MessageState.DEAD).where(messages.c.created_at >= _KEPT, *of_use)


def _lost() -> Select[Any]:
    told = messages.join(sessions, sessions.c.id == messages.c.session_id)
    return select(func.count()).select_from(told).where(*recalls.lost(_KEPT))


def _wished() -> Select[Any]:
    own = dates_wished.own
    asked = bookings.join(own, own.c.id == bookings.c.session_id)
    return select(func.count()).select_from(asked).where(*dates_wished.wished(_KEPT))


def _texts() -> Select[Any]:
    return (
        select(func.count())
        .select_from(incoming_texts)
        .where(incoming_texts.c.state == literal_column(f"'{TextState.TASK}'"))
    )


def _absent() -> Select[Any]:
    found = absentees.absences(_MARKED, _KEPT, _NOW)
    return found.with_only_columns(func.count(bookings.c.id.distinct()))


def _busy() -> Select[Any]:
    found = external_clashes.undecided(_NOW).order_by(None).distinct()
    return found.with_only_columns(func.count(meetings.c.id.distinct()))


def _lists() -> Select[Any]:
    """Somebody's own lists that are tried or being written; nobody else has them to finish."""
    open_ones = (ImportState.DRAFT, ImportState.WAITING, ImportState.RUNNING, ImportState.CHECKED)
    mine = (imports.c.asked_by == _ME, imports.c.expires_at > _NOW, any_of(imports.c.state, open_ones))
    return select(func.count()).select_from(imports).where(*mine)


def _waiting() -> Select[Any]:
    open_ones = (sessions.c.state == _OPEN, sessions.c.starts_at > _NOW, sessions.c.waiting > 0)
    return select(func.coalesce(func.sum(sessions.c.waiting), 0)).where(*open_ones)


def _drafts() -> Select[Any]:
    is_draft = sessions.c.state == literal_column(f"'{SessionState.DRAFT}'")
    return select(func.count()).select_from(sessions).where(is_draft, sessions.c.starts_at > _NOW)


# For each need what counts it, beside the agency that it belongs to; some are counted in several places.
_COUNTS: Mapping[Need, tuple[tuple[Callable[[], Select[Any]], Any], ...]] = {
    Need.TO_CALL: ((_to_call, messages.c.agency_id),),
    Need.FAILED: ((_failed, messages.c.agency_id),),
    Need.TO_RECALL: (
        (_lost, messages.c.agency_id),
        (_wished, bookings.c.agency_id),
        (lambda: calendar_replies.unsettled(_NOW, func.count()).where(BOOKED_NO_STAFF), bookings.c.agency_id),
        (_texts, incoming_texts.c.agency_id),
    ),
    Need.TO_CLOSE: ((lambda: closings.left_open(_ME, _LATELY, _NOW), meetings.c.agency_id),),
    Need.DECLINED: ((lambda: select(func.count()).where(*invitations.unsettled(_NOW)), invited.c.agency_id),),
    Need.BUSY_ELSEWHERE: ((_busy, meetings.c.agency_id),),
    Need.TOO_FEW: ((lambda: decisions.lacking(_NOW, _SOON, func.count()), sessions.c.agency_id),),
    Need.TO_PRINT: ((_to_print, messages.c.agency_id),),
    Need.REFERRALS: ((lambda: select(func.count()).select_from(sent).where(referrals.WAITS_FOR_US), sent.c.agency_id),),
    Need.ABSENT: ((_absent, bookings.c.agency_id),),
    Need.WAITING: ((_waiting, sessions.c.agency_id),),
    Need.DRAFTS: ((_drafts, sessions.c.agency_id),),
    Need.LISTS: ((_lists, imports.c.agency_id),),
    Need.OPENING: (
        (lambda: select(func.count()).select_from(phase_changes).where(*phases.IS_WAITING), phase_changes.c.agency_id),
    ),
}


async def counts(tx: Tx, where: Mapping[Need, Where], staff_id: UUID, now: datetime) -> dict[Need, int]:
    """How many of each wait in these agencies (None is everywhere); what waits for somebody himself is his alone."""
    if not where:
        return {}
    asked = tuple((need, agency_ids is None) for need, agency_ids in where.items())
    said = {
        "now": now,
        "kept": now - KEPT,
        "marked": now - KEPT - DAY,
        "soon": now + NOTICE,
        "lately": now - LOOKED_BACK,
    }
    near = {need.name: listed(tx.dialect, agency_ids) for need, agency_ids in where.items() if agency_ids is not None}
    row = await tx.row(_counting(tx.dialect, asked), said | near | {"me": staff_id})
    assert row is not None
    return {need: int(row[n]) for n, need in enumerate(where)}


@cache
def _counting(dialect: str, asked: tuple[tuple[Need, bool], ...]) -> Any:
    return hot(select(*(_counted(dialect, need, everywhere).label(need.name) for need, everywhere in asked)))


def _counted(dialect: str, need: Need, everywhere: bool) -> ColumnElement[int]:
    found = (
        count() if everywhere else count().where(among(dialect, agency_id, need.name))
        for count, agency_id in _COUNTS[need]
    )
    return sum((one.scalar_subquery() for one in found), start=literal_column("0"))


async def week(tx: Tx, where: Where, begins_at: datetime, ends_at: datetime) -> Week:
    """What takes place in these agencies in this time."""
    near = {} if where is None else {"ids": listed(tx.dialect, where)}
    row = await tx.row(_of_week(tx.dialect, where is None), {"today": begins_at, "week": ends_at} | near)
    assert row is not None
    return Week(row[0], int(row[1]), int(row[2]))


@cache
def _of_week(dialect: str, everywhere: bool) -> Any:
    c = sessions.c
    sums = (func.coalesce(func.sum(one), 0) for one in (c.capacity + c.allowance, c.taken))
    found = select(func.count().label("number"), *sums).where(c.starts_at >= _TODAY, c.starts_at < _WEEK)
    found = found.where(any_of(c.state, closings.TOOK_PLACE))
    return hot(found if everywhere else found.where(among(dialect, c.agency_id)))
