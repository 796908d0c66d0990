"""Which meetings somebody leads or helps at."""

from typing import Any

from sqlalchemy import ColumnElement, select, union_all

from booking.storage.tables import meetings, occupancies

_LED = meetings.alias("led")


def with_staff(staff_id: Any, since: Any = None, *, attended_too: bool = False) -> ColumnElement[bool]:
    """Whether a meeting is one of his: asked from his side, where he has two indexes, and not of every meeting.

    Of those that begin before ``since`` none need be found. With ``attended_too`` the trainings he goes to, as well.
    """
    at = occupancies.c
    led = select(_LED.c.id).where(_LED.c.facilitator_id == staff_id)
    helped = select(at.meeting_id).where(at.holder_id == staff_id)
    if not attended_too:
        helped = helped.where(at.booking_id.is_(None))
    if since is not None:
        led, helped = led.where(_LED.c.starts_at >= since), helped.where(at.starts_at >= since)
    return meetings.c.id.in_(union_all(led, helped))
