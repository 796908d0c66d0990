"""A small cast and a small world: factories that take only what matters to a test."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.bookings import Booking
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.rooms import Room
from booking.domain.sessions import Session
from booking.domain.sites import Site
from booking.domain.staff import Role, Staff
from booking.domain.workshops import Workshop
from booking.services import bookings, scheduling
from booking.services.job_seekers import PersonSaid, register
from booking.services.scheduling import MeetingPlan
from booking.storage import agencies, staff, workshops
from booking.storage.database import Database

# A Monday in October, ten in the morning in Grenoble; summer time ends the Sunday after.
NOW = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
SITE = Site("https://ateliers.example", "ateliers.example", b"nobody can guess this in a test run")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# What nobody can sign in with: tests act as a person, not through a password, unless signing in is what they test.
NO_PASSWORD = "!"
NAMES = ("Diallo", "Nguyễn", "Lefèvre", "Ouedraogo", "Güneş", "Pełka", "Da Silva", "Belkacem", "Cœuret", "Bouchet")


def in_days(days: float, hour: float = 0) -> datetime:
    """So many days and hours from now."""
    return NOW + days * DAY + hour * HOUR


def an_agency(name: str = "Grenoble Bastille", **known: object) -> Agency:
    """An agency in Grenoble, unless told otherwise."""
    usual = {"department": "38", "time_zone": "Europe/Paris", "holiday_territory": "metropole", "commune": "Grenoble"}
    slug = name.lower().replace(" ", "-")
    return Agency(id=new_id(NOW), name=name, slug=slug, **(usual | known))  # type: ignore[arg-type]


def a_workshop(title: str = "Premiers pas avec l’ordinateur", **known: object) -> Workshop:
    """A workshop for beginners."""
    usual = {"short_title": title[:14], "usual_capacity": 8}
    return Workshop(id=new_id(NOW), title=title, created_at=NOW, **(usual | known))  # type: ignore[arg-type]


def somebody(role: Role, agency: Agency | None, name: str | None = None) -> Staff:
    """A member of staff with one role."""
    called = name or role.value
    held = frozenset({(agency.id if agency else None, role)})
    return Staff(id=new_id(NOW), name=called.title(), sign_in_name=called.lower(), roles=held)


def meeting(starts_at: datetime, hours: float = 2, **known: object) -> MeetingPlan:
    """A meeting of two hours."""
    return MeetingPlan(starts_at=starts_at, ends_at=starts_at + hours * HOUR, **known)  # type: ignore[arg-type]


@dataclass
class World:
    """Grenoble Bastille, with Nadia the adviser, Karim the facilitator and Marion the manager."""

    db: Database
    agency: Agency
    room: Room
    workshop: Workshop
    adviser: Staff
    facilitator: Staff
    manager: Staff
    people: int = field(default=0)
    leaders: int = field(default=0)

    @classmethod
    async def begin(cls, db: Database) -> "World":
        """The world with nobody in it but staff."""
        agency, workshop = an_agency(), a_workshop()
        room = Room(id=new_id(NOW), agency_id=agency.id, name="Vercors", seats=12, workstations=10)
        cast = [
            somebody(Role.ADVISER, agency, "Nadia"),
            somebody(Role.FACILITATOR, agency, "Karim"),
            somebody(Role.MANAGER, agency, "Marion"),
        ]
        async with db.transaction() as tx:
            await agencies.add(tx, agency, NOW)
            await agencies.add_room(tx, room)
            await workshops.add(tx, workshop)
            for person in cast:
                await staff.add(tx, person, NO_PASSWORD, NOW)
        return cls(db, agency, room, workshop, *cast)

    async def another_agency(self, name: str = "Lyon Part-Dieu", **known: object) -> Agency:
        """An agency elsewhere."""
        agency = an_agency(name, **known)
        async with self.db.transaction() as tx:
            await agencies.add(tx, agency, NOW)
        return agency

    async def staff(self, role: Role, agency: Agency | None, name: str) -> Staff:
        """One more member of staff."""
        person = somebody(role, agency, name)
        async with self.db.transaction() as tx:
            await staff.add(tx, person, NO_PASSWORD, NOW)
        return person

    async def job_seeker(self, last_name: str | None = None, **said: object) -> JobSeeker:
        """Somebody with nothing but a name, unless told otherwise."""
        self.people += 1
        name = last_name or f"{NAMES[self.people % len(NAMES)]}"
        usual = {"first_name": "Aïssatou", "last_name": name}
        return await register(self.db, self.agency.id, PersonSaid(**(usual | said)), by=self.adviser, now=NOW)  # type: ignore[arg-type]

    async def draft(self, *meetings: MeetingPlan, capacity: int = 8, **known: object) -> Session:
        """A draft of one meeting in a fortnight, unless told otherwise."""
        usual = {"agency_id": self.agency.id, "workshop_id": self.workshop.id, "by": self.manager, "now": NOW}
        planned = meetings or (meeting(in_days(14)),)
        return await scheduling.plan(self.db, capacity=capacity, meetings=planned, **(usual | known))  # type: ignore[arg-type]

    async def session(self, *meetings: MeetingPlan, capacity: int = 8, **known: object) -> Session:
        """The same, open for booking."""
        planned = [await self.led(one, known.get("agency_id")) for one in meetings or (meeting(in_days(14)),)]
        draft = await self.draft(*planned, capacity=capacity, **known)
        by = known.get("by", self.manager)
        return await scheduling.publish(self.db, draft.id, by=by, site=SITE, now=NOW)  # type: ignore[arg-type]

    async def led(self, planned: MeetingPlan, agency_id: object = None) -> MeetingPlan:
        """The meeting with somebody to lead it, who is never in two places."""
        if planned.facilitator_id:
            return planned
        self.leaders += 1
        there = replace(self.agency, id=agency_id) if agency_id else self.agency
        leader = await self.staff(Role.FACILITATOR, there, f"Animation {self.leaders}")
        return replace(planned, facilitator_id=leader.id)

    async def booked(self, session: Session, person: JobSeeker | None = None, now: datetime = NOW) -> Booking:
        """Somebody with a seat in this session."""
        who = person or await self.job_seeker()
        answered = await bookings.book(self.db, session.id, who.id, by=self.adviser, now=now)
        return answered.booking

    async def waiting(self, session: Session, person: JobSeeker | None = None, now: datetime = NOW) -> Booking:
        """Somebody on the waitlist of this session."""
        who = person or await self.job_seeker()
        answered = await bookings.wait(self.db, session.id, who.id, by=self.adviser, now=now)
        return answered.booking

    async def count(self, session: Session) -> tuple[int, int]:
        """Seats taken and people waiting."""
        found: UUID = session.id
        async with self.db.reading() as tx:
            listed = await scheduling.sessions.load(tx, found)
        return listed.taken, listed.waiting
