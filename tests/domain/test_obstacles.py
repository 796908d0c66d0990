"""What stands against a meeting, and how much it weighs."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.obstacles import Obstacle, ObstacleKind, Occupied, Person, Surroundings, Weight, around, heaviest
from booking.domain.rooms import Closure, Outage, Room, SchoolHoliday
from booking.domain.sessions import Meeting
from tests.given import NOW

AGENCY, HOUR, DAY = new_id(NOW), timedelta(hours=1), timedelta(days=1)
ROOM = Room(id=new_id(NOW), agency_id=AGENCY, name="Vercors", seats=12, workstations=10)
KARIM = Person(id=new_id(NOW), name="Karim Benali")
THEO = Person(id=new_id(NOW), name="Théo Lacroix", is_facilitator=False)
TUESDAY = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 9:30 in Paris
PLAIN = Surroundings(
    zone="Europe/Paris",
    territory="metropole",
    rooms={ROOM.id: ROOM},
    people={KARIM.id: KARIM, THEO.id: THEO},
)


def a_meeting(starts_at: datetime = TUESDAY, **known: object) -> Meeting:
    usual = {"id": new_id(NOW), "session_id": new_id(NOW), "position": 1, "created_at": NOW, "changed_at": NOW}
    usual |= {"room_id": ROOM.id, "facilitator_id": KARIM.id}
    return Meeting(starts_at=starts_at, ends_at=starts_at + 2 * HOUR, **(usual | known))


def kinds(around_it: Surroundings, meeting: Meeting, capacity: int = 8) -> list[str]:
    return [obstacle.kind.value for obstacle in around_it.obstacles(meeting, capacity)]


def elsewhere(holder, starts_at: datetime = TUESDAY, hours: float = 1) -> Occupied:
    where = {"session_id": new_id(NOW), "agency_id": AGENCY, "title": "Internet et e-mail"}
    return Occupied(holder_id=holder, starts_at=starts_at, ends_at=starts_at + hours * HOUR, **where)


def closed(first: date, last: date, room=None) -> Closure:
    return Closure(id=new_id(NOW), agency_id=AGENCY, room_id=room, first_on=first, last_on=last, because="Travaux")


def test_nothing_stands_against_an_ordinary_tuesday():
    assert kinds(PLAIN, a_meeting()) == []


def test_a_room_and_a_person_who_are_elsewhere_are_clashes_with_a_name():
    busy = replace(PLAIN, occupied=[elsewhere(ROOM.id), elsewhere(KARIM.id)])

    assert busy.obstacles(a_meeting(), 8) == [
        Obstacle(ObstacleKind.ROOM_TAKEN, "Internet et e-mail"),
        Obstacle(ObstacleKind.STAFF_TAKEN, "Internet et e-mail", "Karim Benali"),
    ]


def test_an_assistant_cannot_be_in_two_places_either():
    busy = replace(PLAIN, occupied=[elsewhere(THEO.id)])

    assert kinds(busy, a_meeting(assistant_ids=(THEO.id,))) == ["staff-taken"]


@pytest.mark.parametrize("hours_before", [1, 3])
def test_what_only_touches_is_no_clash(hours_before):
    before = elsewhere(ROOM.id, TUESDAY - hours_before * HOUR, hours=hours_before)
    after = elsewhere(ROOM.id, TUESDAY + 2 * HOUR)

    assert kinds(replace(PLAIN, occupied=[before, after]), a_meeting()) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(2026, 11, 11, 9, tzinfo=UTC), ["public-holiday"]),
        (datetime(2027, 5, 17, 9, tzinfo=UTC), ["worked-holiday"]),
        (datetime(2027, 5, 6, 9, tzinfo=UTC), ["public-holiday"]),
        (datetime(2026, 12, 26, 9, tzinfo=UTC), []),
    ],
    ids=["armistice", "pentecost-monday", "ascension", "second-christmas-day"],
)
def test_public_holidays_block_and_pentecost_monday_warns(day, expected):
    assert kinds(PLAIN, a_meeting(day)) == expected


def test_a_holiday_is_one_of_the_territory():
    alsace = replace(PLAIN, territory="alsace-moselle")

    assert kinds(alsace, a_meeting(datetime(2026, 12, 26, 9, tzinfo=UTC))) == ["public-holiday"]


def test_the_day_is_that_of_the_place():
    # 22:30 UTC on the 10th is half past eleven at night in Paris, and the 11th in Mayotte.
    late = a_meeting(datetime(2026, 11, 10, 22, 30, tzinfo=UTC), room_id=None, facilitator_id=None)

    assert kinds(PLAIN, late) == []
    assert kinds(replace(PLAIN, zone="Indian/Mayotte"), late) == ["public-holiday"]


def test_closures_of_the_agency_and_of_the_room_are_told_apart():
    day = TUESDAY.date()

    assert kinds(replace(PLAIN, closures=[closed(day, day)]), a_meeting()) == ["agency-closed"]
    assert kinds(replace(PLAIN, closures=[closed(day, day, ROOM.id)]), a_meeting()) == ["room-closed"]
    assert kinds(replace(PLAIN, closures=[closed(day, day, new_id(NOW))]), a_meeting()) == []
    assert kinds(replace(PLAIN, closures=[closed(day + DAY, day + DAY)]), a_meeting()) == []


def test_school_holidays_only_warn():
    off = SchoolHoliday(zone="A", name="Vacances d’hiver", first_on=date(2026, 11, 20), last_on=date(2026, 11, 30))

    (found,) = replace(PLAIN, school_holidays=[off]).obstacles(a_meeting(), 8)

    assert (found.kind, found.weight, found.what) == (ObstacleKind.SCHOOL_HOLIDAY, Weight.WARNS, "Vacances d’hiver")


def test_a_room_that_is_too_small_says_how_many_fit():
    broken = Outage(
        id=new_id(NOW),
        room_id=ROOM.id,
        agency_id=AGENCY,
        workstations=4,
        first_on=TUESDAY.date(),
        last_on=TUESDAY.date(),
        because="Panne",
    )

    (found,) = replace(PLAIN, outages=[broken]).obstacles(a_meeting(), 8)

    assert (found.kind, found.seats) == (ObstacleKind.ROOM_TOO_SMALL, 6)
    assert kinds(PLAIN, a_meeting(), capacity=10) == []
    assert kinds(PLAIN, a_meeting(), capacity=11) == ["room-too-small"]


def test_a_room_has_hours():
    morning = replace(ROOM, opening_hours=(Span(1, time(8), time(12)),))
    there = replace(PLAIN, rooms={ROOM.id: morning})

    assert kinds(there, a_meeting()) == []
    assert kinds(there, a_meeting(TUESDAY + 2 * HOUR)) == ["outside-opening-hours"]
    assert kinds(there, a_meeting(TUESDAY + DAY)) == ["outside-opening-hours"]


def test_opening_hours_follow_the_clock_on_the_wall():
    morning = replace(ROOM, opening_hours=(Span(1, time(9, 30), time(11, 30)),))
    there = replace(PLAIN, rooms={ROOM.id: morning})

    in_summer = datetime(2027, 6, 22, 7, 30, tzinfo=UTC)
    assert kinds(there, a_meeting()) == kinds(there, a_meeting(in_summer)) == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"availability": (Span(1, time(9), time(12)),)}, []),
        ({"availability": (Span(0, time(9), time(12)),)}, ["staff-unavailable"]),
        ({"busy": ((TUESDAY + HOUR, TUESDAY + 3 * HOUR, "Formation"),)}, ["staff-busy"]),
        ({"busy": ((TUESDAY + 2 * HOUR, TUESDAY + 3 * HOUR, "Formation"),)}, []),
        ({"ends_on": date(2026, 11, 24)}, []),
        ({"ends_on": date(2026, 11, 23)}, ["service-ended"]),
    ],
)
def test_a_person_has_hours_appointments_and_a_last_day(known, expected):
    there = replace(PLAIN, people={KARIM.id: replace(KARIM, **known)})

    assert kinds(there, a_meeting()) == expected


def test_the_heaviest_comes_first_and_decides():
    day = TUESDAY.date()
    off = SchoolHoliday(zone="A", name="Hiver", first_on=day, last_on=day)
    all_at_once = replace(PLAIN, school_holidays=[off], closures=[closed(day, day)], occupied=[elsewhere(ROOM.id)])

    found = all_at_once.obstacles(a_meeting(), 8)

    assert [obstacle.weight for obstacle in found] == [Weight.CLASH, Weight.BLOCKS, Weight.WARNS]
    assert [heaviest(found), heaviest(found[1:]), heaviest(found[2:]), heaviest([])] == [*Weight, None]


def test_whether_somebody_is_free_is_a_question_of_hours():
    busy = replace(PLAIN, occupied=[elsewhere(KARIM.id)])

    assert not busy.is_free(KARIM.id, TUESDAY, TUESDAY + HOUR)
    assert busy.is_free(KARIM.id, TUESDAY + HOUR, TUESDAY + 2 * HOUR)
    assert busy.is_free(THEO.id, TUESDAY, TUESDAY + HOUR)


def test_one_looks_a_day_further_than_the_meetings_reach():
    begins, ends = around([a_meeting(), a_meeting(TUESDAY + 7 * DAY)])

    assert (begins, ends) == (TUESDAY - DAY, TUESDAY + 8 * DAY + 2 * HOUR)
