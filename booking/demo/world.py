"""The invented installation: agencies, rooms, catalogue, staff, people, and their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from booking.demo.names import invent
from booking.demo.places import AGENCIES, LANGUAGES, OPENING_HOURS, STAFF, WORKSHOPS, AgencyPlan, WorkshopPlan
from booking.demo.programme import HERE, WEEKS, ZONE, SessionPlan, programme
from booking.domain.agencies import Agency, Phase, WaitlistPolicy
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker, folded
from booking.domain.rooms import Room
from booking.domain.sessions import Session, SessionState
from booking.domain.sites import Site
from booking.domain.staff import Role, Staff
from booking.domain.terms import Conditions
from booking.domain.workshops import Level, Workshop
from booking.services import accounts, agencies, job_seekers, scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage.database import Database


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a world: how many people, and which weeks around this one."""

    people: int = 400
    weeks: range = WEEKS


AHEAD_OF_PROGRAMME = timedelta(weeks=3)
DRAFTS_FROM = timedelta(weeks=6)


@dataclass(slots=True)
class DemoWorld:
    """What was made, to live in."""

    db: Database
    begins_at: datetime
    agencies: Sequence[Agency]
    rooms: Sequence[Sequence[Room]]
    workshops: dict[UUID, Workshop]
    staff: Sequence[Staff]
    people: Sequence[JobSeeker]
    open_sessions: Sequence[Session] = ()

    def neighbours(self, agency_id: UUID) -> list[JobSeeker]:
        """People of the same town."""
        town = {agency.id: agency.commune for agency in self.agencies}
        return [person for person in self.people if town[person.agency_id] == town[agency_id]]

    def adviser_of(self, agency_id: UUID) -> Staff:
        """Who books there."""
        return self._with_role(Role.ADVISER, agency_id)

    def facilitator_of(self, agency_id: UUID) -> Staff:
        """Who calls the roll there."""
        return self._with_role(Role.FACILITATOR, agency_id)

    def manager_of(self, agency_id: UUID) -> Staff:
        """Who plans there."""
        return self._with_role(Role.MANAGER, agency_id)

    def _with_role(self, role: Role, agency_id: UUID) -> Staff:
        return next(person for person in self.staff if (agency_id, role) in person.roles)


async def make(db: Database, site: Site, dice: Random, now: datetime, password: str, size: Size) -> DemoWorld:
    """Agencies, staff, people and twelve weeks of sessions, as if planned well ahead."""
    plans = programme(now, dice, size.weeks)
    begins_at = plans[0].meetings[0][0] - AHEAD_OF_PROGRAMME
    made = [_agency(plan, begins_at) for plan in AGENCIES]
    rooms = [
        [_room(agency, *room, at=begins_at) for room in plan.rooms] for agency, plan in zip(made, AGENCIES, strict=True)
    ]
    for agency, its_rooms in zip(made, rooms, strict=True):
        await agencies.open_agency(db, agency, its_rooms, now=begins_at)
    staff = [await _hire(db, entry, made, password, begins_at) for entry in STAFF]
    world = DemoWorld(db, begins_at, made, rooms, {}, staff, ())
    await _catalogue(world)
    world.people = await _people(world, dice, size.people)
    world.open_sessions = await _sessions(world, plans, site, now)
    return world


def _agency(plan: AgencyPlan, at: datetime) -> Agency:
    return Agency(
        id=new_id(at),
        slug=folded(plan.name).replace(" ", "-"),
        name=f"Agence {plan.name}",
        department=plan.department,
        time_zone=ZONE,
        holiday_territory=HERE.holiday_territory,
        phase=Phase.PILOT,
        address=plan.address,
        postcode=plan.postcode,
        commune=plan.commune,
        insee=plan.insee,
        phone="3949",
        directions=plan.directions,
        waitlist_policy=WaitlistPolicy.OFFER if plan.offers else WaitlistPolicy.GIVE,
        latitude=plan.latitude,
        longitude=plan.longitude,
    )


def _room(agency: Agency, name: str, seats: int, workstations: int, at: datetime) -> Room:
    return Room(
        id=new_id(at),
        agency_id=agency.id,
        name=name,
        seats=seats,
        workstations=workstations,
        has_step_free_access=seats > 9,
        has_hearing_loop=seats > 12,
        opening_hours=OPENING_HOURS,
    )


async def _hire(
    db: Database,
    entry: tuple[str, str, Role, tuple[int | None, ...]],
    made: Sequence[Agency],
    password: str,
    at: datetime,
) -> Staff:
    name, sign_in_name, role, numbers = entry
    roles = [(None if number is None else made[number].id, role) for number in numbers]
    return await accounts.add_staff(db, name=name, sign_in_name=sign_in_name, password=password, roles=roles, now=at)


async def _catalogue(world: DemoWorld) -> None:
    by = world.manager_of(world.agencies[0].id)
    for plan in WORKSHOPS:
        known = {workshop.short_title: workshop.id for workshop in world.workshops.values()}
        new = replace(_workshop(plan, world.begins_at), after=tuple(sorted(known[before] for before in plan.after)))
        added = await scheduling.add_workshop(world.db, new, by=by, now=world.begins_at)
        world.workshops[added.id] = added


def _workshop(plan: WorkshopPlan, at: datetime) -> Workshop:
    return Workshop(
        id=new_id(at),
        title=plan.title,
        short_title=plan.short_title,
        objectives=plan.objectives,
        level=plan.level,
        audience=plan.audience,
        required_for=plan.required_for,
        validity_months=plan.validity_months,
        theme=plan.theme,
        theme_code=plan.code,
        colour=plan.colour,
        skills=plan.skills,
        is_compulsory=plan.is_compulsory,
        usual_minutes=plan.minutes,
        usual_capacity=plan.capacity,
        minimum=3,
        to_bring=plan.to_bring,
        cutoff_hours=plan.cutoff_hours,
        join_until=plan.join_until,
        frees_when_absent=plan.frees_when_absent,
        created_at=at,
    )


async def _people(world: DemoWorld, dice: Random, how_many: int) -> list[JobSeeker]:
    people = []
    for number in range(how_many):
        agency = world.agencies[number % len(world.agencies)]
        said = invent(dice, number, agency.commune, agency.postcode)
        by = world.adviser_of(agency.id)
        people.append(await job_seekers.register(world.db, agency.id, said, by=by, now=world.begins_at))
    return people


async def _sessions(world: DemoWorld, plans: Sequence[SessionPlan], site: Site, now: datetime) -> list[Session]:
    """Every session of the programme; those far ahead stay drafts."""
    sessions = [await _session(world, plan, site, now) for plan in plans]
    return [session for session in sessions if session.state is SessionState.OPEN]


async def _session(world: DemoWorld, plan: SessionPlan, site: Site, now: datetime) -> Session:
    agency, room = world.agencies[plan.agency], world.rooms[plan.agency][plan.room]
    workshop = list(world.workshops.values())[plan.workshop]
    leader = world.facilitator_of(agency.id).id
    by, at = world.manager_of(agency.id), world.begins_at
    draft = await scheduling.plan(
        world.db,
        agency_id=agency.id,
        workshop_id=workshop.id,
        capacity=min(room.capacity, workshop.usual_capacity),
        meetings=[
            MeetingPlan(starts_at=s, ends_at=e, room_id=room.id, facilitator_id=leader) for s, e in plan.meetings
        ],
        conditions=Conditions(languages=LANGUAGES.get(plan.agency, ()) if workshop.level is Level.BEGINNER else ()),
        by=by,
        now=at,
    )
    if draft.starts_at > now + DRAFTS_FROM:
        return draft
    return await scheduling.publish(world.db, draft.id, by=by, site=site, now=at)
