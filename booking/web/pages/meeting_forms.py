"""The form of one meeting: as it stands, and read into what is wished."""

from datetime import datetime
from typing import Any

from booking.domain.sessions import Meeting
from booking.services.following import Wish
from booking.services.sessions import Shown
from booking.web.forms import Form
from booking.web.pages.typed_times import instant
from calendars.zones import wall


def wish(form: Form, shown: Shown, meeting: Meeting) -> Wish | None:
    """What the form asks for; None when something is missing, which is noted in its problems."""
    day, capacity = form.day("date"), form.whole("capacity")
    zone = shown.agency.time_zone
    starts_at = _instant(form, "start", day, meeting.starts_at, zone)
    ends_at = _instant(form, "end", day, meeting.ends_at, zone)
    if capacity is None:
        form.problems.add("capacity", "required")
    if starts_at and ends_at and ends_at <= starts_at:
        form.problems.add("end", "ends-before-it-starts")
    if starts_at is None or ends_at is None or capacity is None:
        return None
    return Wish(
        starts_at=starts_at,
        ends_at=ends_at,
        room_id=form.id("room"),
        facilitator_id=form.id("facilitator"),
        capacity=capacity,
        is_following=form.get("which") == "following",
        overridden_because=form.get("overridden_because"),
    )


def _instant(form: Form, name: str, day: Any, before: datetime, zone: str) -> datetime | None:
    """The moment typed; what reads the same as before is before, in an hour that comes twice, too."""
    typed = instant(form, name, day, form.hour(name), zone)
    if typed and wall(typed, zone).replace(fold=0) == wall(before, zone).replace(fold=0):
        return before
    return typed


def written(shown: Shown, meeting: Meeting) -> dict[str, Any]:
    """A meeting as the form shows it, in the time of the place."""
    begins, ends = (wall(at, shown.agency.time_zone) for at in (meeting.starts_at, meeting.ends_at))
    return {
        "date": begins.date().isoformat(),
        "start": f"{begins:%H:%M}",
        "end": f"{ends:%H:%M}",
        "room": meeting.room_id,
        "facilitator": meeting.facilitator_id,
        "capacity": shown.session.capacity,
        "version": shown.session.version,
        "which": "only",
    }
