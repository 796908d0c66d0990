"""What can stand in the catalogue, of a room, of an agency: the last that can, and the first that cannot."""

from dataclasses import replace
from datetime import date

import pytest

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings, settings_of
from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage, Room, SchoolHoliday
from booking.domain.workshops import Skill
from tests.given import NOW, a_workshop, an_agency

AGENCY, MONDAY = new_id(NOW), date(2026, 11, 23)
WORKSHOP = a_workshop(short_title="Premiers pas")
ROOM = Room(id=new_id(NOW), agency_id=AGENCY, name="Vercors", seats=12, workstations=10)
SPAN = {"first_on": MONDAY, "last_on": MONDAY, "because": "Travaux"}
CLOSURE = Closure(id=new_id(NOW), agency_id=AGENCY, **SPAN)
OUTAGE = Outage(id=new_id(NOW), agency_id=AGENCY, room_id=ROOM.id, workstations=1, **SPAN)
SETTINGS = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.GIVE)
HOLIDAY = SchoolHoliday(zone="A", name="Noël", first_on=MONDAY, last_on=MONDAY)


def problems(thing) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        thing.checked()
    return refused.value.facts["fields"]


class TestAtTheLimit:
    @pytest.mark.parametrize(
        "known",
        [
            {"title": "A" * 120, "short_title": "A" * 14, "theme": "A" * 80, "theme_code": "A" * 20},
            {"objectives": "A" * 2000, "to_bring": "A" * 300},
            {"usual_minutes": 15, "usual_capacity": 1, "minimum": 0},
            {"usual_minutes": 480, "usual_capacity": 500, "minimum": 500},
            {"window_days": 1, "cutoff_hours": 0, "join_until": 1},
            {"window_days": 730, "cutoff_hours": 336, "join_until": 40},
            {"skills": tuple(Skill), "after": (new_id(NOW),)},
        ],
    )
    def test_a_workshop_stands(self, known):
        workshop = replace(WORKSHOP, **known)

        assert workshop.checked() is workshop

    @pytest.mark.parametrize(
        "thing",
        [
            replace(ROOM, name="A" * 60, seats=1, workstations=1),
            replace(ROOM, seats=500, workstations=500),
            replace(CLOSURE, because="A" * 120, first_on=date(2000, 1, 1), last_on=date(2100, 12, 31)),
            replace(OUTAGE, workstations=500),
        ],
        ids=["small room", "large room", "closure", "outage"],
    )
    def test_a_room_and_what_takes_it_out_of_use_stand(self, thing):
        assert thing.checked() is thing

    def test_an_agency_says_much_of_its_way_and_holds_a_seat_from_one_minute_to_two_hours(self):
        for known in (
            {"directions": "A" * 500, "hold_minutes": 1},
            {"directions": "Tram A\nBus 12", "hold_minutes": 120},
        ):
            assert replace(SETTINGS, **known).checked() == replace(SETTINGS, **known)


class TestBeyondIt:
    @pytest.mark.parametrize(
        ("known", "said"),
        [
            ({"theme_code": "A" * 21}, {"theme_code": "too-long"}),
            ({"to_bring": "A" * 301}, {"to_bring": "too-long"}),
            ({"skills": ("juggles",)}, {"skills": "unknown-value"}),
            ({"after": (WORKSHOP.id,)}, {"after": "itself"}),
            ({"usual_capacity": 0, "minimum": 0}, {"usual_capacity": "out-of-range"}),
            ({"window_days": 0}, {"window_days": "out-of-range"}),
            ({"window_days": 731}, {"window_days": "out-of-range"}),
            ({"cutoff_hours": -1}, {"cutoff_hours": "out-of-range"}),
            ({"cutoff_hours": 337}, {"cutoff_hours": "out-of-range"}),
            ({"join_until": 0}, {"join_until": "out-of-range"}),
            ({"join_until": 41}, {"join_until": "out-of-range"}),
        ],
    )
    def test_a_workshop_does_not_stand(self, known, said):
        assert problems(replace(WORKSHOP, **known)) == said

    @pytest.mark.parametrize(
        ("thing", "said"),
        [
            (replace(ROOM, name="A" * 61), {"name": "too-long"}),
            (replace(ROOM, seats=501), {"seats": "out-of-range"}),
            (replace(ROOM, workstations=0), {"workstations": "out-of-range"}),
            (replace(CLOSURE, because="A" * 121), {"because": "too-long"}),
            (replace(CLOSURE, first_on=date(1999, 12, 31)), {"first_on": "far-away"}),
            (replace(CLOSURE, last_on=date(2101, 1, 1)), {"last_on": "far-away"}),
            (replace(OUTAGE, workstations=501), {"workstations": "out-of-range"}),
            (replace(SETTINGS, hold_minutes=0), {"hold_minutes": "out-of-range"}),
            (replace(SETTINGS, hold_minutes=121), {"hold_minutes": "out-of-range"}),
            (replace(SETTINGS, directions="A" * 501), {"directions": "too-long"}),
            (replace(SETTINGS, directions="Tram\x00A"), {"directions": "bad-characters"}),
        ],
    )
    def test_a_room_a_closure_or_a_setting_does_not_stand(self, thing, said):
        assert problems(thing) == said


class TestSchoolHolidays:
    def found(self, **known: object) -> dict[str, str]:
        noted = Problems()
        replace(HOLIDAY, **known).check(noted, "holidays.3", {"A", "B"})
        return noted.found

    def test_a_zone_a_name_and_two_days_are_right(self):
        assert self.found(name="A" * 80) == {}

    @pytest.mark.parametrize(
        ("known", "said"),
        [
            ({"zone": "D"}, {"holidays.3.zone": "unknown-choice"}),
            ({"name": ""}, {"holidays.3.name": "required"}),
            ({"name": "A" * 81}, {"holidays.3.name": "too-long"}),
            ({"last_on": date(2026, 11, 22)}, {"holidays.3.last_on": "ends-before-it-starts"}),
            ({"first_on": date(1, 1, 1)}, {"holidays.3.first_on": "far-away"}),
        ],
    )
    def test_what_is_wrong_is_told_below_its_name(self, known, said):
        assert self.found(**known) == said


class TestSettingsOfAnAgency:
    def test_blanks_around_the_way_are_nothing(self):
        assert replace(SETTINGS, directions="  Tram A \n").checked().directions == "Tram A"

    def test_what_an_agency_has_decided_is_shown(self):
        agency = an_agency(directions="Tram A", hold_minutes=25, waitlist_policy=WaitlistPolicy.OFFER)

        assert settings_of(agency) == AgencySettings(
            directions="Tram A", hold_minutes=25, waitlist_policy=WaitlistPolicy.OFFER
        )
