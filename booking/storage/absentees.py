"""Who stayed away without excuse, and neither came again, nor has another date, nor was called since."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select, text

from booking.domain.bookings import ABSENCES, MADE_UP, BookingState
from booking.storage.attending_staff import BOOKED_NO_STAFF
from booking.storage.database import Tx
from booking.storage.driving import any_of
from booking.storage.histories import CAME
from booking.storage.recalls import called
from booking.storage.tables import attendance, bookings, meetings, sessions

DAY = timedelta(days=1)
_OWN, _TARGET = sessions.alias("own"), sessions.alias("target")
_OTHER = bookings.alias("other")
_LATER, _THEN = attendance.alias("later"), meetings.alias("later_meeting")
# A place that somebody gave up himself is not asked for.
_HIS = or_(
    bookings.c.state == BookingState.BOOKED,
    and_(bookings.c.state == BookingState.CANCELLED, any_of(bookings.c.cancelled_because, (ABSENCES, MADE_UP))),
)
_CAME_AGAIN = exists(
    select(1)
    .select_from(_LATER.join(_THEN, _THEN.c.id == _LATER.c.meeting_id))
    .where(_LATER.c.booking_id == bookings.c.id, any_of(_LATER.c.mark, CAME), _THEN.c.starts_at > meetings.c.starts_at)
    .correlate(bookings, meetings)
)
_ABSENT: Select[Any] = (
    select(bookings.c.id.label("booking_id"), meetings.c.starts_at)
    .join_from(attendance, bookings, bookings.c.id == attendance.c.booking_id)
    .join(meetings, meetings.c.id == attendance.c.meeting_id)
    .join(_OWN, _OWN.c.id == bookings.c.session_id)
    .where(
        text("attendance.mark = 'absent'"),
        _HIS,
        BOOKED_NO_STAFF,
        ~_CAME_AGAIN,
        ~called(bookings.c.id, attendance.c.marked_at),
    )
)
Time = datetime | ColumnElement[datetime]


def absences(marked_from: Time, starts_from: Time, now: Time) -> Select[Any]:
    """``booking_id`` and ``starts_at`` of each absence from a meeting of this time; no mark is older than the day of
    its meeting."""
    recent = (attendance.c.marked_at >= marked_from, meetings.c.starts_at >= starts_from)
    return _ABSENT.where(*recent, ~_has_another(now))


async def since(
    tx: Tx, agency_ids: Collection[UUID] | None, starts_from: datetime, now: datetime, most: int
) -> list[Row[Any]]:
    """``booking_id`` and ``starts_at`` of each absence from a meeting of this time, for people of these agencies."""
    found = absences(starts_from - DAY, starts_from, now).order_by(meetings.c.starts_at, bookings.c.id).limit(most)
    if agency_ids is not None:
        found = found.where(bookings.c.agency_id.in_(agency_ids))
    return list(await tx.rows(found))


def _has_another(now: Time) -> ColumnElement[bool]:
    """A place in the same workshop, taken since or still to come."""
    return exists(
        select(1)
        .select_from(_OTHER.join(_TARGET, _TARGET.c.id == _OTHER.c.session_id))
        .where(_OTHER.c.job_seeker_id == bookings.c.job_seeker_id, _OTHER.c.id != bookings.c.id)
        .where(_OTHER.c.state != BookingState.CANCELLED, _TARGET.c.workshop_id == _OWN.c.workshop_id)
        .where(or_(_OTHER.c.created_at >= attendance.c.marked_at, _TARGET.c.ends_at > now))
        .correlate(bookings, _OWN, attendance)
    )
