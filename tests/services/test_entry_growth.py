"""When a subscriber is told that a meeting is another, when that it only reads otherwise, and when nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.domain.sessions import Session
from booking.services import feeds, scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage import agencies
from tests.given import DAY, HOUR, SITE, World, in_days, meeting

LATER = in_days(0, 5)


@dataclass
class Deed:
    """Something done to a session, in a world."""

    world: World
    session: Session
    now: datetime = LATER

    async def plan(self, capacity: int = 8, **known: object) -> None:
        """The same meetings, but for this."""
        same = ("id", "starts_at", "ends_at", "room_id", "facilitator_id", "assistant_ids")
        plans = [MeetingPlan(**({n: getattr(m, n) for n in same} | known)) for m in self.session.meetings]  # type: ignore[arg-type]
        act = {"version": None, "by": self.world.manager, "site": SITE, "now": self.now}
        await scheduling.change(self.world.db, self.session.id, capacity=capacity, meetings=plans, **act)  # type: ignore[arg-type]

    async def workshop(self, **known: object) -> None:
        """Another entry of the catalogue."""
        changed = replace(self.world.workshop, **known)  # type: ignore[arg-type]
        await scheduling.change_workshop(self.world.db, changed, by=self.world.manager, site=SITE, now=self.now)

    @property
    def first(self) -> datetime:
        return self.session.meetings[0].starts_at


async def _other_room(deed: Deed) -> None:
    room = Room(id=new_id(deed.now), agency_id=deed.world.agency.id, name="Chartreuse", seats=9, workstations=9)
    async with deed.world.db.transaction() as tx:
        await agencies.add_room(tx, room)
    await deed.plan(room_id=room.id)


async def _cancel(deed: Deed) -> None:
    act = {"by": deed.world.manager, "site": SITE, "now": deed.now}
    await scheduling.cancel(deed.world.db, deed.session.id, because="Grève", **act)  # type: ignore[arg-type]


ANOTHER = {
    "it begins later": lambda deed: deed.plan(starts_at=deed.first + HOUR),
    "it ends earlier": lambda deed: deed.plan(ends_at=deed.first + HOUR),
    "it is on another day": lambda deed: deed.plan(starts_at=deed.first + DAY, ends_at=deed.first + DAY + HOUR),
    "it is in another room": _other_room,
    "it is in no room any more": lambda deed: deed.plan(room_id=None),
    "it is cancelled": _cancel,
}
READS_OTHERWISE = {
    "its title": lambda deed: deed.workshop(title="Premiers clics"),
    "what is learnt": lambda deed: deed.workshop(objectives="Tout"),
    "what to bring": lambda deed: deed.workshop(to_bring="Un stylo"),
    "its theme": lambda deed: deed.workshop(theme="Emploi"),
}
NOTHING = {
    "more seats": lambda deed: deed.plan(capacity=9),
    "somebody else leads": lambda deed: deed.plan(facilitator_id=deed.world.facilitator.id),
    "somebody assists": lambda deed: deed.plan(assistant_ids=(deed.world.facilitator.id,)),
    "the same again": lambda deed: deed.plan(),
    "a name that only colleagues see": lambda deed: deed.workshop(short_title="Clics"),
    "how many usually come": lambda deed: deed.workshop(usual_capacity=11),
}
Act = Callable[[Deed], Awaitable[None]]


@pytest.fixture
async def session(world: World) -> Session:
    """A session in a room, led by somebody whom nobody else needs."""
    return await world.session(meeting(in_days(14), room_id=world.room.id))


async def feed(world: World, now: datetime = LATER) -> tuple[Component, feeds.FeedState]:
    state = await feeds.state(world.db, world.agency.slug, now=now)
    (event,) = Calendar.from_ical(await feeds.text(world.db, state, site=SITE)).walk("VEVENT")
    return event, state


async def done(world: World, session: Session, act: Act) -> tuple[Component, Component, bool]:
    """The entry before and after, and whether the calendar has another tag."""
    before, old = await feed(world)
    await act(Deed(world, session))
    after, new = await feed(world)
    assert after["UID"] == before["UID"], "whatever happens, it is the same meeting"
    assert after["CREATED"].dt == before["CREATED"].dt
    assert new.last_modified >= old.last_modified
    return before, after, new.etag != old.etag


@pytest.mark.parametrize("act", ANOTHER.values(), ids=ANOTHER)
async def test_another_time_place_or_status_is_another_sequence(world: World, session: Session, act: Act) -> None:
    before, after, is_told = await done(world, session, act)

    assert is_told
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["LAST-MODIFIED"].dt == after.stamp == LATER > before["LAST-MODIFIED"].dt


@pytest.mark.parametrize("act", READS_OTHERWISE.values(), ids=READS_OTHERWISE)
async def test_other_words_are_told_without_another_sequence(world: World, session: Session, act: Act) -> None:
    before, after, is_told = await done(world, session, act)

    assert is_told
    assert after["SEQUENCE"] == before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == after.stamp == LATER > before["LAST-MODIFIED"].dt


@pytest.mark.parametrize("act", NOTHING.values(), ids=NOTHING)
async def test_what_a_calendar_does_not_show_wakes_nobody(world: World, session: Session, act: Act) -> None:
    before, after, is_told = await done(world, session, act)

    assert not is_told
    assert after.to_ical() == before.to_ical()


async def test_a_sequence_never_shrinks_though_all_is_as_before(world: World, session: Session) -> None:
    first = session.meetings[0].starts_at
    for n, start in enumerate((first + HOUR, first, first + HOUR), 1):
        await Deed(world, session, in_days(0, n)).plan(starts_at=start, ends_at=first + 2 * HOUR)

        event, _ = await feed(world, in_days(0, n))
        assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt) == (n, in_days(0, n))
