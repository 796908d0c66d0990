"""What is done with one line of many: each deed is the service that does it alone, and notes what would undo it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booking.domain.batches import Deed
from booking.domain.endings import Then
from booking.domain.errors import InvalidSchedule, NotFound, StaleEdit
from booking.domain.sessions import Meeting, Session
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import message_deeds, partners, scheduling, to_do
from booking.services.scheduling import MeetingPlan
from booking.storage import listings
from booking.storage.database import Database
from booking.storage.listings import Listed
from calendars.recurrence import instants
from calendars.zones import NonexistentTime, wall


@dataclass(slots=True, kw_only=True)
class Doing:
    """One line while it is done; ``told`` says how, ``undo`` is what a line to be undone has kept, and what the deed
    puts into ``kept`` is written with it.
    """

    db: Database
    subject_id: UUID
    told: Mapping[str, Any]
    undo: Mapping[str, Any]
    by: Staff
    site: Site
    now: datetime
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, Any]:
        """Who does it, where, and when, as the services ask for it."""
        return {"by": self.by, "site": self.site, "now": self.now}

    async def session(self) -> Listed:
        """The session of this line. Raises :class:`NotFound`."""
        async with self.db.reading() as tx:
            found = await listings.one(tx, self.subject_id)
        if found is None:
            raise NotFound(session_id=self.subject_id)
        return found

    async def change(self, before: Session, **new: Any) -> None:
        """Write a session anew, as it was read and with what is new."""
        after = {"capacity": before.capacity, "meetings": list(map(_plan, before.meetings))} | new
        self.kept = _kept(before)
        await scheduling.change(self.db, before.id, version=before.version, **after, **self.known)


async def _publish(doing: Doing) -> None:
    await scheduling.publish(doing.db, doing.subject_id, **doing.known)


async def _cancel(doing: Doing) -> None:
    then = Then(doing.told["then"])
    await scheduling.cancel(doing.db, doing.subject_id, because=doing.told["because"], then=then, **doing.known)


async def _shift(doing: Doing) -> None:
    """What has begun stays; the hours on the wall stay, too."""
    listed = await doing.session()
    days = timedelta(days=doing.told["days"])
    plans = [_later(m, days, listed.time_zone, doing.now) for m in listed.session.meetings]
    await doing.change(listed.session, meetings=plans)


async def _lead(doing: Doing) -> None:
    session, leader = (await doing.session()).session, UUID(doing.told["facilitator"])
    plans = [_led(meeting, leader, doing.now) for meeting in session.meetings]
    if plans != [_plan(meeting) for meeting in session.meetings]:
        await doing.change(session, meetings=plans)


async def _resize(doing: Doing) -> None:
    session, capacity = (await doing.session()).session, doing.told["capacity"]
    if capacity != session.capacity:
        await doing.change(session, capacity=capacity)


async def _restore(doing: Doing) -> None:
    """The session as it was, unless somebody has changed it since."""
    said = doing.undo
    plans = [MeetingPlan(**_read(one)) for one in said["meetings"]]
    known = {"capacity": said["capacity"], "meetings": plans, "version": said["version"]}
    await scheduling.change(doing.db, doing.subject_id, **known, **doing.known)


async def _tick(doing: Doing) -> None:
    await to_do.done(doing.db, doing.subject_id, doing.told["outcome"], by=doing.by, now=doing.now)


async def _untick(doing: Doing) -> None:
    await to_do.undo(doing.db, doing.subject_id, by=doing.by, now=doing.now)


async def _resend(doing: Doing) -> None:
    await message_deeds.resend(doing.db, doing.subject_id, by=doing.by, now=doing.now)


async def _archive(doing: Doing) -> None:
    before = await partners.show(doing.db, doing.subject_id, by=doing.by)
    doing.kept = {"version": before.version + 1}
    await partners.lay_aside(doing.db, doing.subject_id, doing.now, by=doing.by, now=doing.now)


async def _take_up(doing: Doing) -> None:
    before = await partners.show(doing.db, doing.subject_id, by=doing.by)
    if before.version != doing.undo["version"]:
        raise StaleEdit(partner_id=before.id, version=before.version)
    await partners.lay_aside(doing.db, doing.subject_id, None, by=doing.by, now=doing.now)


Done = Callable[[Doing], Awaitable[None]]
DEEDS: Mapping[Deed, Done] = {
    Deed.PUBLISH: _publish,
    Deed.SHIFT: _shift,
    Deed.LEAD: _lead,
    Deed.RESIZE: _resize,
    Deed.CANCEL: _cancel,
    Deed.TICK: _tick,
    Deed.RESEND: _resend,
    Deed.ARCHIVE: _archive,
}
UNDOING: Mapping[Deed, Done] = {
    Deed.SHIFT: _restore,
    Deed.LEAD: _restore,
    Deed.RESIZE: _restore,
    Deed.TICK: _untick,
    Deed.ARCHIVE: _take_up,
}


def _plan(meeting: Meeting) -> MeetingPlan:
    return MeetingPlan(
        id=meeting.id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        room_id=meeting.room_id,
        facilitator_id=meeting.facilitator_id,
        assistant_ids=meeting.assistant_ids,
    )


def _later(meeting: Meeting, days: timedelta, zone: str, now: datetime) -> MeetingPlan:
    if meeting.starts_at <= now:
        return _plan(meeting)
    begins, ends = wall(meeting.starts_at, zone), wall(meeting.ends_at, zone)
    try:
        starts_at, ends_at = instants(begins.date() + days, begins.time(), ends.time(), zone)
    except NonexistentTime as error:
        raise InvalidSchedule(fields={f"meetings.{meeting.position}": "no-such-hour"}) from error
    return replace(_plan(meeting), starts_at=starts_at, ends_at=ends_at)


def _led(meeting: Meeting, leader: UUID, now: datetime) -> MeetingPlan:
    return _plan(meeting) if meeting.starts_at <= now else replace(_plan(meeting), facilitator_id=leader)


def _kept(before: Session) -> dict[str, Any]:
    meetings = [
        {
            "id": str(m.id),
            "starts_at": m.starts_at.isoformat(),
            "ends_at": m.ends_at.isoformat(),
            "room_id": str(m.room_id) if m.room_id else None,
            "facilitator_id": str(m.facilitator_id) if m.facilitator_id else None,
            "assistant_ids": [str(id) for id in m.assistant_ids],
        }
        for m in before.meetings
    ]
    return {"version": before.version + 1, "capacity": before.capacity, "meetings": meetings}


def _read(said: Mapping[str, Any]) -> dict[str, Any]:
    times = {name: datetime.fromisoformat(said[name]) for name in ("starts_at", "ends_at")}
    where = {name: UUID(said[name]) if said[name] else None for name in ("id", "room_id", "facilitator_id")}
    return {**times, **where, "assistant_ids": tuple(UUID(id) for id in said["assistant_ids"])}
