"""Day after day in every agency: sessions are planned, people come to the desk, take seats, come or stay away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from booking.delivery.deliveries import Deliveries
from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import Party
from booking.domain.errors import Refused, SessionFull
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.domain.workshops import Workshop
from booking.services import (
    attendance,
    bookings,
    closing,
    counting,
    diagnoses,
    job_seekers,
    lapsing,
    referrals,
    scheduling,
    sealing,
    sending,
    trainings,
    walk_ins,
)
from booking.services.job_seekers import PersonSaid
from booking.services.referrals import Proposal
from booking.services.scheduling import MeetingPlan
from booking.services.walk_ins import Coming
from booking.storage.database import Database
from calendars.zones import to_utc
from tests.given import DAY, HOUR, SITE
from tests.year.ledger import Held, Ledger
from tests.year.places import Network, Place

AHEAD = timedelta(days=7)
MARKS = (Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY, Mark.EXCUSED, Mark.ABSENT)
SINGLE, CYCLE, TRAINING = ((1,), time(14)), ((0, 3), time(9, 30)), ((4,), time(9, 30))
Marks = dict[UUID, tuple[Mark, Reason | None]]
PHONES = ({"phone": "none"}, {"phone": "basic"}, {"phone": "smartphone", "email": "alone"}, {"computer": "unknown"})


@dataclass(slots=True)
class Year:
    """A life that is lived once; the same seed gives the same one."""

    db: Database
    network: Network
    dice: Random
    post: Deliveries
    ledger: Ledger = field(default_factory=Ledger)
    sessions: dict[UUID, Session] = field(default_factory=dict)
    names: int = 0
    # Whose booking of which session stands, and the last meeting somebody is known to go to.
    standing: dict[UUID, UUID] = field(default_factory=dict)
    busy_until: dict[UUID, datetime] = field(default_factory=dict)
    people: dict[UUID, list[JobSeeker]] = field(default_factory=dict)

    async def live(self, monday: datetime, weeks: int) -> datetime:
        """So many weeks; returns the end of the last."""
        for week in range(weeks):
            for place in self.network.places:
                await self._plan(place, monday + timedelta(weeks=week), week)
            for day in range(7):
                await self._day(monday + timedelta(weeks=week, days=day), day)
        return monday + timedelta(weeks=weeks)

    def told(self) -> str:
        """What was lived, in a line."""
        held = self.ledger.held.values()
        seats = [marks for one in held for marks in one.marks.values()]
        return f"{self.names} people, {len(held)} sessions, {len(seats)} seats taken, {sum(map(len, seats))} marks"

    async def _plan(self, place: Place, monday: datetime, week: int) -> None:
        """A single session a week, a cycle of six meetings every fourth, a training every eighth."""
        coming, known = monday + AHEAD, self.network
        await self._session(place, coming, known.single, *SINGLE, meetings=1, capacity=6, now=monday)
        if week % 4 == 0:
            await self._session(place, coming, known.cycle, *CYCLE, meetings=6, capacity=8, now=monday)
        if week % 8 == 2:
            session = await self._session(place, coming, known.training, *TRAINING, meetings=1, capacity=8, now=monday)
            await trainings.book(self.db, session.id, place.adviser.id, by=place.manager, now=monday)
            self.ledger.trained += 1

    async def _session(
        self,
        place: Place,
        monday: datetime,
        workshop: Workshop,
        weekdays: Sequence[int],
        hour: time,
        *,
        meetings: int,
        capacity: int,
        now: datetime,
    ) -> Session:
        days = [
            monday.date() + timedelta(days=7 * (n // len(weekdays)) + weekdays[n % len(weekdays)])
            for n in range(meetings)
        ]
        starts = [to_utc(day, hour, place.agency.time_zone) for day in days]
        leads = {"room_id": place.room.id, "facilitator_id": place.facilitator.id}
        planned = [MeetingPlan(starts_at=start, ends_at=start + 2 * HOUR, **leads) for start in starts]
        draft = await scheduling.plan(
            self.db, agency_id=place.agency.id, workshop_id=workshop.id, capacity=capacity, meetings=planned,
            overridden_because="Aussi les jours fériés", by=place.manager, now=now,
        )  # fmt: skip
        session = await scheduling.publish(self.db, draft.id, by=place.manager, site=SITE, now=now)
        self.sessions[session.id] = session
        if workshop.id != self.network.training.id:
            ids = [meeting.id for meeting in session.meetings]
            month = days[0].replace(day=1)
            self.ledger.held[session.id] = Held(place.agency.id, month, session.starts_at, capacity, ids)
        return session

    async def _day(self, midnight: datetime, weekday: int) -> None:
        if weekday < 5:
            for place in self.network.places:
                await self._at_the_desk(place, midnight + 9 * HOUR)
        await self._in_the_room(midnight)
        night = midnight + 23 * HOUR
        while await sending.send_due(self.db, self.post, night, site=SITE):
            """Until all that is due was said."""
        await scheduling.close_over(self.db, night)
        await lapsing.end_due(self.db, night)
        await lapsing.end_pointless(self.db, night)
        await sealing.seal(self.db, night, site=SITE)
        await counting.follow(self.db, night)
        self.sessions = {id: one for id, one in self.sessions.items() if one.ends_at > night}

    async def _at_the_desk(self, place: Place, now: datetime) -> None:
        by, dice = place.adviser, self.dice
        for _ in range(dice.choice((1, 2, 2, 3))):
            person = await self._somebody(place, now)
            if dice.random() < 0.8:
                said = {code: (answer,) for code, answer in dice.choice(PHONES).items()}
                await diagnoses.answer(self.db, person.id, said, by=by, now=now)
                self.ledger.diagnosed.add(person.id)
            if dice.random() < 0.2:
                sent = Proposal(partner_id=self.network.partner.id, has_agreed=True, is_sent=True)
                try:
                    await referrals.propose(self.db, person.id, sent, by=by, site=SITE, now=now)
                    self.ledger.referrals[place.agency.id] += 1
                except Refused:
                    """He was sent there before."""
            if dice.random() < 0.85:
                await self._seat(place, person, now)
        await self._second_thoughts(place, now)

    async def _somebody(self, place: Place, now: datetime) -> JobSeeker:
        known = self.people.setdefault(place.agency.id, [])
        free = [one for one in known[-40:] if self.busy_until.get(one.id, now) <= now]
        if free and self.dice.random() < 0.3:
            return self.dice.choice(free)
        self.names += 1
        ways = self.dice.choice(
            ({}, {"phone": f"+3363998{self.names % 10000:04}"}, {"email": f"p{self.names}@example.org"})
        )
        said = PersonSaid(first_name="Aïssatou", last_name=f"Personne {self.names}", **ways)
        person = await job_seekers.register(self.db, place.agency.id, said, is_sure=True, by=place.adviser, now=now)
        known.append(person)
        return person

    async def _seat(self, place: Place, person: JobSeeker, now: datetime) -> None:
        ahead = [one for one in self._here(place) if one.starts_at > now + DAY and one.id in self.ledger.held]
        if not ahead or self.busy_until.get(person.id, now) > now:
            return
        session = self.dice.choice(ahead)
        told = {"by": place.adviser, "now": now}
        try:
            booking = (await bookings.book(self.db, session.id, person.id, **told)).booking
        except SessionFull:
            booking = (await bookings.wait(self.db, session.id, person.id, **told)).booking
        self.standing[booking.id] = session.id
        self.busy_until[person.id] = session.ends_at

    def _here(self, place: Place) -> list[Session]:
        return [one for one in self.sessions.values() if one.agency_id == place.agency.id]

    async def _second_thoughts(self, place: Place, now: datetime) -> None:
        """Some give their place up; now and then the agency calls a session off."""
        here = [one for one in self._here(place) if one.starts_at > now + 2 * HOUR and one.id in self.ledger.held]
        ahead = {one.id for one in here}
        for booking_id, session_id in list(self.standing.items()):
            if session_id in ahead and self.dice.random() < 0.008:
                party = self.dice.choice((Party.PERSON, Party.ADVISER))
                await bookings.cancel(self.db, booking_id, party=party, by=place.adviser, now=now)
                self.ledger.held[session_id].cancelled[party] += 1
                del self.standing[booking_id]
        singles = [
            one.id
            for one in self._here(place)
            if one.id in ahead and len(one.meetings) == 1 and one.id in self.ledger.held
        ]
        if singles and self.dice.random() < 0.004:
            gone = self.dice.choice(singles)
            await scheduling.cancel(self.db, gone, because="Panne", by=place.manager, site=SITE, now=now)
            self.ledger.held[gone].is_called_off = True
            lost = [booking_id for booking_id, session_id in self.standing.items() if session_id == gone]
            self.ledger.held[gone].cancelled[Party.SERVICE] += len(lost)
            for booking_id in lost:
                del self.standing[booking_id]
            del self.sessions[gone]

    async def _in_the_room(self, midnight: datetime) -> None:
        today = [
            (meeting, session)
            for session in list(self.sessions.values())
            for meeting in session.meetings
            if midnight <= meeting.starts_at < midnight + DAY
        ]
        for meeting, session in sorted(today, key=lambda pair: pair[0].starts_at):
            place = next(one for one in self.network.places if one.agency.id == session.agency_id)
            await self._call_the_roll(place, session, meeting.id, meeting.starts_at + HOUR)

    async def _call_the_roll(self, place: Place, session: Session, meeting_id: UUID, now: datetime) -> None:
        by, held = place.facilitator, self.ledger.held.get(session.id)
        if held is not None and self.dice.random() < 0.3:
            await self._walk_in(place, session, meeting_id, held, now)
        roster = await attendance.roster(self.db, meeting_id, by=by)
        expected = [line.booking.id for line in roster.lines]
        if held is not None:
            for booking_id in expected:
                held.marks.setdefault(booking_id, {})
        came = [one for one in expected if held is None or meeting_id not in held.marks[one]]
        await self._mark(meeting_id, {one: self._drawn() for one in came if self.dice.random() < 0.97}, held, by, now)
        if self.dice.random() < 0.9:
            await closing.close(self.db, meeting_id, by=by, now=now + HOUR)
        if came and self.dice.random() < 0.1:
            await self._mark(
                meeting_id, {self.dice.choice(came): (Mark.ATTENDED, None)}, held, place.manager, now + 3 * HOUR
            )

    async def _walk_in(self, place: Place, session: Session, meeting_id: UUID, held: Held, now: datetime) -> None:
        self.names += 1
        said = PersonSaid(first_name="Ali", last_name=f"Venu {self.names}")
        told = Coming(by=place.facilitator, now=now)
        try:
            answered = await walk_ins.seat_new(self.db, meeting_id, said, told, is_sure=True)
        except SessionFull:
            return
        held.marks[answered.booking.id] = {meeting_id: Mark.ATTENDED}
        held.walked_in[answered.booking.id] = held.meetings.index(meeting_id)

    def _drawn(self) -> tuple[Mark, Reason | None]:
        mark = self.dice.choices(MARKS, (70, 6, 3, 7, 14))[0]
        return mark, self.dice.choice(list(Reason)) if mark is Mark.EXCUSED else None

    async def _mark(self, meeting_id: UUID, marks: Marks, held: Held | None, by: Staff, now: datetime) -> None:
        if marks:
            await attendance.mark_all(self.db, meeting_id, marks, by=by, now=now)
        for booking_id, (mark, _) in marks.items() if held is not None else ():
            held.marks[booking_id][meeting_id] = mark
