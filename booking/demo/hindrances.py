"""What stands in the way of planning in the invented world: closed days, broken screens, holidays, absences."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from booking.demo.places import OPENING_HOURS
from booking.demo.programme import ZONE
from booking.demo.world import DemoWorld
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage, SchoolHoliday
from booking.domain.staff import Role, Staff
from booking.domain.teams import BusyTime
from booking.services import closures, outages, school_holidays, teams
from booking.services.school_holidays import Report
from calendars.zones import to_utc, today

DAY = timedelta(days=1)
SATURDAY = 5
# Grenoble and Lyon keep this zone. Name, the earliest first day (month, day), and how many days: about as every year.
SCHOOL_ZONE = "A"
SCHOOL_YEAR = (
    ("Vacances d’Hiver", (2, 7), 16),
    ("Vacances de Printemps", (4, 4), 16),
    ("Vacances d’Été", (7, 3), 58),
    ("Vacances de la Toussaint", (10, 17), 16),
    ("Vacances de Noël", (12, 18), 16),
)
# Agency and room by number (no room: the whole agency), in how many days from now, how long, and why.
CLOSURES = (
    (0, None, 45, 1, "Journée de l’équipe"),
    (2, None, 20, 2, "Déménagement d’un étage"),
    (4, 1, 8, 5, "Peinture"),
)
OUTAGES = (
    (1, 1, 2, -1, 9, "Deux écrans en réparation"),
    (3, 0, 1, -5, 20, "Un poste attend une pièce"),
)
MORNINGS = tuple(span for span in OPENING_HOURS if span.closes < time(13) and span.weekday < 4)
SERVICE_ENDS_IN = timedelta(days=120)


async def hinder(world: DemoWorld, now: datetime) -> None:
    """Say all this after everything was planned; some of it concerns what is planned already, as in life."""
    this_day = today(now, ZONE)
    for agency, room, ahead, length, because in CLOSURES:
        first_on = this_day + ahead * DAY
        room_id = None if room is None else world.rooms[agency][room].id
        days = {"first_on": first_on, "last_on": first_on + (length - 1) * DAY, "because": because}
        where = world.agencies[agency].id
        closure = Closure(id=new_id(now), agency_id=where, room_id=room_id, **days)
        await closures.close(world.db, closure, by=world.manager_of(where), now=now)
    for agency, room, workstations, ahead, length, because in OUTAGES:
        where, first_on = world.rooms[agency][room], this_day + ahead * DAY
        days = {"first_on": first_on, "last_on": first_on + length * DAY, "because": because}
        broken = Outage(id=new_id(now), room_id=where.id, agency_id=where.agency_id, workstations=workstations, **days)
        await outages.report(world.db, broken, by=world.manager_of(where.agency_id), now=now)
    known = list(_school_holidays(this_day))
    await school_holidays.put(world.db, known, Report(read=len(known)), by=None, now=now)
    await _team(world, this_day, now)


def _school_holidays(this_day: date) -> Iterator[SchoolHoliday]:
    """Those of the year before, this one and the next; each begins on a Saturday."""
    for year in range(this_day.year - 1, this_day.year + 2):
        for name, (month, day), length in SCHOOL_YEAR:
            earliest = date(year, month, day)
            first_on = earliest + (SATURDAY - earliest.weekday()) % 7 * DAY
            last_on = first_on + (length - 1) * DAY
            yield SchoolHoliday(zone=SCHOOL_ZONE, name=name, first_on=first_on, last_on=last_on)


async def _team(world: DemoWorld, this_day: date, now: datetime) -> None:
    """The volunteer comes in the mornings until his service ends; a facilitator is away for two days."""
    where = world.agencies[0].id
    volunteer = _first(world, Role.ASSISTANT)
    by, ends_on = world.manager_of(where), this_day + SERVICE_ENDS_IN
    await teams.set_hours(world.db, where, volunteer.id, MORNINGS, ends_on, by=by, now=now)
    away = this_day + (16 - this_day.weekday()) * DAY
    busy = BusyTime(
        id=new_id(now),
        staff_id=world.facilitator_of(where).id,
        starts_at=to_utc(away, time(8), ZONE),
        ends_at=to_utc(away + DAY, time(18), ZONE),
        because="Formation",
    )
    await teams.add_busy_time(world.db, where, busy, by=by, now=now)


def _first(world: DemoWorld, role: Role) -> Staff:
    return next(person for person in world.staff if any(held is role for _, held in person.roles))
