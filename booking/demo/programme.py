"""The invented timetable: twelve weeks of single sessions and cycles, on the days and hours agencies really use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from random import Random

from booking.demo.places import AGENCIES, WORKSHOPS, WorkshopPlan
from booking.domain.windows import Place
from calendars.zones import to_utc

WEEKS = range(-4, 8)
MORNING, AFTERNOON = time(9, 30), time(14, 0)
# Two agencies share a facilitator: one opens its rooms on Monday, Wednesday and Friday, the other in between.
DAYS = ((0, 2, 4), (1, 3))
ZONE = "Europe/Paris"
HERE = Place(ZONE, "metropole")
CYCLE, FIRST_SINGLE = WORKSHOPS[0], 1
# Three weeks of meetings, and one to spare where a holiday falls on them.
CYCLE_EVERY = 4
STAFF_TRAINING = len(WORKSHOPS) - 1
# Every agency has trained some of its people, and will train others.
TRAINING_WEEKS = (-2, 2)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One session: which agency and room by number, which workshop, and its meetings as (start, end) in UTC."""

    agency: int
    room: int
    workshop: int
    meetings: tuple[tuple[datetime, datetime], ...]


def programme(now: datetime, dice: Random, weeks: range = WEEKS) -> list[SessionPlan]:
    """Every session of these weeks, counted from this one, by start."""
    monday = now.date() - timedelta(days=now.weekday())
    found = [*_cycles(monday, weeks), *_singles(monday, dice, weeks)]
    return sorted(found, key=lambda plan: (plan.meetings[0], plan.agency))


def _cycles(monday: date, weeks: range) -> Iterator[SessionPlan]:
    for agency in range(len(AGENCIES)):
        for first in weeks[::CYCLE_EVERY]:
            days = _cycle_days(monday + timedelta(weeks=first), DAYS[agency % 2][:2])
            meetings = tuple(_hours(day, MORNING, CYCLE) for day in days)
            yield SessionPlan(agency, 0, 0, meetings)


def _cycle_days(monday: date, weekdays: tuple[int, ...]) -> list[date]:
    """The days of a cycle, two a week; for a holiday it goes on a week longer."""
    weeks = (monday + timedelta(weeks=n) for n in count())
    days = (week + timedelta(days=weekday) for week in weeks for weekday in weekdays)
    return list(islice((day for day in days if not HERE.is_closed(day)), CYCLE.meetings))


def _singles(monday: date, dice: Random, weeks: range) -> Iterator[SessionPlan]:
    for week in weeks:
        for agency, plan in enumerate(AGENCIES):
            for weekday in DAYS[agency % 2]:
                day = monday + timedelta(weeks=week, days=weekday)
                workshop = dice.randrange(FIRST_SINGLE, STAFF_TRAINING)
                if week in TRAINING_WEEKS and weekday == DAYS[agency % 2][0]:
                    workshop = STAFF_TRAINING
                if not HERE.is_closed(day):
                    room = dice.randrange(len(plan.rooms))
                    yield SessionPlan(agency, room, workshop, (_hours(day, AFTERNOON, WORKSHOPS[workshop]),))


def _hours(day: date, begins: time, workshop: WorkshopPlan) -> tuple[datetime, datetime]:
    start = to_utc(day, begins, ZONE)
    return start, start + timedelta(minutes=workshop.minutes)
