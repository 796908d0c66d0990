"""One meeting is changed and those after it follow: by as many days and hours on the clock of the wall."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.domain.sessions import Meeting
from calendars.zones import resolve, wall


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed about one meeting; what was not is left alone in those that follow it."""

    before: Meeting
    after: Meeting
    zone: str

    def within(self, meetings: Iterable[Meeting]) -> list[Meeting]:
        """The meetings of the same session: the changed one, and those after it moved by the same days and hours."""
        return [self._followed(meeting) for meeting in meetings]

    def alike(self, meetings: Iterable[Meeting]) -> list[Meeting]:
        """Those of another session of the series: its days stay, the hours from this position on are the same."""
        return [self._at_this_hour(m) if m.position >= self.before.position else m for m in meetings]

    def _followed(self, meeting: Meeting) -> Meeting:
        if meeting.id == self.before.id:
            return self.after
        if meeting.starts_at < self.before.starts_at:
            return meeting
        starts_at = self._shifted(meeting.starts_at, self._by("starts_at"))
        return self._held(meeting, starts_at, self._shifted(meeting.ends_at, self._by("ends_at")))

    def _at_this_hour(self, meeting: Meeting) -> Meeting:
        starts_at, ends_at = meeting.starts_at, meeting.ends_at
        if self._hour("starts_at") or self._hour("ends_at"):
            day = wall(starts_at, self.zone).date()
            starts_at = resolve(day, wall(self.after.starts_at, self.zone).time(), self.zone)
            ends_at = resolve(day, wall(self.after.ends_at, self.zone).time(), self.zone)
        return self._held(meeting, starts_at, ends_at)

    def _held(self, meeting: Meeting, starts_at: datetime, ends_at: datetime) -> Meeting:
        room = self.after.room_id if self.after.room_id != self.before.room_id else meeting.room_id
        leads = self.after.facilitator_id
        leader = leads if leads != self.before.facilitator_id else meeting.facilitator_id
        helpers = tuple(id for id in meeting.assistant_ids if id != leader)
        return replace(
            meeting, starts_at=starts_at, ends_at=ends_at, room_id=room, facilitator_id=leader, assistant_ids=helpers
        )

    def _by(self, end: str) -> timedelta:
        """How far an end of the meeting moved on the wall."""
        return self._naive(getattr(self.after, end)) - self._naive(getattr(self.before, end))

    def _hour(self, end: str) -> bool:
        return self._naive(getattr(self.after, end)).time() != self._naive(getattr(self.before, end)).time()

    def _shifted(self, instant: datetime, by: timedelta) -> datetime:
        local = self._naive(instant) + by
        return resolve(local.date(), local.time(), self.zone)

    def _naive(self, instant: datetime) -> datetime:
        return wall(instant, self.zone).replace(tzinfo=None, fold=0)
