"""Weeks of invented life in their order: people book, cancel, come or stay away, and the messages leave in time."""

import heapq
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from booking.demo.diagnosing import diagnose
from booking.demo.referring import refer
from booking.demo.trainings import take_part
from booking.demo.world import DemoWorld
from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import Booking, Party
from booking.domain.errors import BookingEnded, Refused, SessionFull
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Meeting, Session
from booking.domain.sites import Site
from booking.domain.staff import Right
from booking.domain.workshops import Audience
from booking.services import attendance, bookings, lapsing, scheduling, to_do
from booking.services.scheduling import MeetingPlan

LONGEST_AHEAD = timedelta(days=35)
SENT_EVERY = timedelta(hours=3)
# The facilitator has not closed the last two days yet.
STILL_OPEN = timedelta(days=2)
STILL_TO_DO = timedelta(hours=20)
MOVED_BY = timedelta(minutes=30)
# How often an adviser has seen for himself that somebody needs no workshop before this one, and what he writes then.
OFTEN, SEEN = 0.8, "À l’aise, vu pendant l’entretien"
Deed = Callable[[datetime], Awaitable[None]]
Send = Callable[[datetime], Awaitable[object]]


@dataclass(slots=True)
class Life:
    """Deeds by time; a deed may bring about later ones."""

    world: DemoWorld
    dice: Random
    now: datetime
    send: Send
    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    numbers: count = field(default_factory=count)  # type: ignore[type-arg]

    def later(self, at: datetime, deed: Deed) -> None:
        """Do this then, unless then is still to come."""
        if at <= self.now:
            heapq.heappush(self.deeds, (at, next(self.numbers), deed))

    async def run(self) -> None:
        """Everything, in its order, until now."""
        while self.deeds:
            at, _, deed = heapq.heappop(self.deeds)
            await deed(at)


async def live(world: DemoWorld, site: Site, dice: Random, now: datetime, send: Send) -> None:
    """Fill the sessions of the world up to now; yesterday one was cancelled and one moved."""
    life = Life(world, dice, now, send)
    for session in world.open_sessions:
        _wish_for(life, session)
        if world.workshops[session.workshop_id].audience is Audience.STAFF:
            take_part(world, session, now, life.later)
        for meeting in session.meetings:
            _mark_after(life, session, meeting.id, meeting.ends_at)
    diagnose(world, now, life.later)
    refer(world, site, now, life.later)
    _send_now_and_then(life)
    _reach_people(life)
    _upset(life, site)
    await life.run()


def _upset(life: Life, site: Site) -> None:
    soon = life.now + timedelta(days=4)
    coming = [s for s in life.world.open_sessions if soon < s.starts_at < soon + LONGEST_AHEAD and len(s.meetings) == 1]
    if len(coming) < 2:
        return
    cancelled, moved = life.dice.sample(coming, 2)

    async def cancel(at: datetime) -> None:
        by = life.world.manager_of(cancelled.agency_id)
        await scheduling.cancel(life.world.db, cancelled.id, because="Travaux dans la salle", by=by, site=site, now=at)

    async def move(at: datetime) -> None:
        by = life.world.manager_of(moved.agency_id)
        later = [
            MeetingPlan(**(_times(m) | {"id": m.id, "room_id": m.room_id, "facilitator_id": m.facilitator_id}))
            for m in moved.meetings
        ]
        await scheduling.change(
            life.world.db, moved.id, capacity=moved.capacity, meetings=later, version=None, by=by, site=site, now=at
        )

    life.later(life.now - timedelta(hours=20), cancel)
    life.later(life.now - timedelta(hours=19), move)


def _reach_people(life: Life) -> None:
    """Every evening the advisers have called and posted what waited; today's is still to do."""
    at = life.world.begins_at.replace(hour=16, minute=0)
    while at <= life.now - STILL_TO_DO:
        life.later(at, _evening_of(life))
        at += timedelta(days=1)


def _evening_of(life: Life) -> Deed:
    async def work(at: datetime) -> None:
        for by in (person for person in life.world.staff if person.may_somewhere(Right.REACH) and person.agency_ids):
            for item in await to_do.to_do(life.world.db, by=by, now=at):
                await to_do.done(life.world.db, item.message.id, item.outcomes[0], by=by, now=at)

    return work


def _times(meeting: Meeting) -> dict[str, datetime]:
    return {"starts_at": meeting.starts_at + MOVED_BY, "ends_at": meeting.ends_at + MOVED_BY}


def _wish_for(life: Life, session: Session) -> None:
    """Some sessions are sought after, some are not; the nearer, the fuller."""
    if life.world.workshops[session.workshop_id].audience is Audience.STAFF:
        return
    opens = max(session.starts_at - LONGEST_AHEAD, life.world.begins_at)
    known_for = (min(life.now, session.starts_at) - opens) / LONGEST_AHEAD
    wishes = round(session.capacity * life.dice.uniform(0.6, 1.35) * min(1.0, max(0.0, known_for)))
    for person in life.dice.sample(life.world.neighbours(session.agency_id), wishes):
        at = opens + (min(session.starts_at, life.now) - opens) * life.dice.random() - timedelta(hours=3)
        life.later(max(opens, at), _booking_of(life, session, person))


def _booking_of(life: Life, session: Session, person: JobSeeker) -> Deed:
    async def book(at: datetime) -> None:
        by = life.world.adviser_of(person.agency_id)
        known = {"by": by, "now": at, "because": SEEN if life.dice.random() < OFTEN else ""}
        try:
            booking = (await bookings.book(life.world.db, session.id, person.id, **known)).booking
        except SessionFull:
            booking = (await bookings.wait(life.world.db, session.id, person.id, **known)).booking
        except Refused:
            return
        _perhaps_cancel(life, session, booking, at)

    return book


def _perhaps_cancel(life: Life, session: Session, booking: Booking, booked_at: datetime) -> None:
    if life.dice.random() < 0.09:
        at = booked_at + (session.starts_at - booked_at) * life.dice.random()
        party = life.dice.choice((Party.PERSON, Party.PERSON, Party.ADVISER))
        life.later(at, _cancellation_of(life, booking.id, booking.agency_id, party))


def _cancellation_of(life: Life, booking_id: UUID, agency_id: UUID, party: Party) -> Deed:
    async def cancel(at: datetime) -> None:
        by = life.world.adviser_of(agency_id)
        # Who was offered a seat and did not answer has none to give up.
        with suppress(BookingEnded):
            await bookings.cancel(life.world.db, booking_id, party=party, by=by, now=at)

    return cancel


def _mark_after(life: Life, session: Session, meeting_id: UUID, ends_at: datetime) -> None:
    async def mark(at: datetime) -> None:
        by = life.world.facilitator_of(session.agency_id)
        roster = await attendance.roster(life.world.db, meeting_id, by=by)
        if at < life.now - STILL_OPEN:
            marks = {line.booking.id: _who_came(life.dice) for line in roster.lines}
            await attendance.mark_all(life.world.db, meeting_id, marks, by=by, now=at)
        await scheduling.close_over(life.world.db, at)
        await lapsing.end_due(life.world.db, at)
        await lapsing.end_pointless(life.world.db, at)

    life.later(ends_at + timedelta(minutes=5), mark)


def _who_came(dice: Random) -> tuple[Mark, Reason | None]:
    mark = dice.choices((Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY, Mark.EXCUSED, Mark.ABSENT), (78, 7, 2, 6, 7))[0]
    return mark, dice.choice(list(Reason)) if mark is Mark.EXCUSED else None


def _send_now_and_then(life: Life) -> None:
    at = life.world.begins_at
    while at <= life.now:
        life.later(at, life.send)  # type: ignore[arg-type]
        at += SENT_EVERY
