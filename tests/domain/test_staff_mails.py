"""When mails to staff are due, whom they are for, and what is worth a second one."""

from datetime import date, datetime, timedelta

import pytest

from booking.domain.staff import Role
from booking.domain.staff_hours import is_working_day, monday_of, slots
from booking.domain.staff_messages import StaffMessageKind as Kind
from booking.domain.staff_messages import is_worth_saying, kinds_for, to_staff
from booking.domain.staff_reports import Decisions, Guest, Roster, fingerprint, told_apart
from booking.domain.windows import Place
from calendars.zones import to_utc
from tests.given import NOW, in_days
from tests.given_cases import GRENOBLE

REUNION = Place("Indian/Reunion", "reunion")


def due(*said: int, place: Place = GRENOBLE) -> list[Kind]:
    when = datetime(*said)
    return [slot.kind for slot in slots(place, to_utc(when.date(), when.time(), place.time_zone))]


class TestHours:
    def test_a_monday_morning_has_everything_by_and_by(self):
        assert due(2026, 11, 23, 7, 29) == []
        assert due(2026, 11, 23, 7, 30) == [Kind.ROSTER, Kind.DIGEST]
        assert due(2026, 11, 23, 8, 15) == [Kind.ROSTER, Kind.DIGEST, Kind.DECISIONS, Kind.CALLS]

    def test_after_noon_whoever_has_not_heard_looks_at_his_page(self):
        assert due(2026, 11, 23, 12, 0) == [Kind.ROSTER]

    def test_the_evening_is_for_the_roster_of_tomorrow(self):
        (slot,) = slots(GRENOBLE, to_utc(date(2026, 11, 23), datetime(2026, 1, 1, 18).time(), "Europe/Paris"))

        assert (slot.kind, slot.about_on, slot.is_second) == (Kind.ROSTER, date(2026, 11, 24), False)

    def test_it_is_evening_earlier_on_an_island_to_the_east(self):
        assert [slot.about_on.day for slot in slots(REUNION, NOW.replace(hour=14))] == [20]
        assert [slot.is_second for slot in slots(GRENOBLE, NOW.replace(hour=14))] == [True]

    @pytest.mark.parametrize("day", [21, 22], ids=["saturday", "sunday"])
    def test_a_weekend_is_no_working_day(self, day):
        assert due(2026, 11, day, 9) == [Kind.ROSTER]

    def test_the_digest_of_a_week_that_begins_with_a_holiday_leaves_on_the_next_working_day(self):
        # Easter Monday of 2027.
        assert not is_working_day(GRENOBLE, date(2027, 3, 29))
        assert Kind.DIGEST not in due(2027, 3, 29, 9)
        (digest,) = (s for s in slots(GRENOBLE, to_utc(date(2027, 3, 30), NOW.time(), "UTC")) if s.kind is Kind.DIGEST)
        assert digest.about_on == monday_of(date(2027, 3, 30)) == date(2027, 3, 29)
        assert Kind.DIGEST not in due(2027, 3, 31, 9)


class TestWhom:
    def test_each_role_has_its_mails(self):
        assert kinds_for({Role.FACILITATOR}) == kinds_for({Role.ASSISTANT}) == [Kind.ROSTER]
        assert kinds_for({Role.MANAGER}) == [Kind.DIGEST, Kind.DECISIONS, Kind.CALLS]
        assert kinds_for({Role.ADVISER}) == [Kind.CALLS]

    def test_a_roster_is_one_a_day_whatever_the_agency_and_the_rest_one_for_each(self):
        def key(kind: Kind, agency: int) -> str:
            return to_staff(kind, AGENCIES[agency], AGENCIES[0], NOW.date(), NOW, NOW, NOW).dedupe_key

        assert key(Kind.ROSTER, 0) == key(Kind.ROSTER, 1)
        assert key(Kind.CALLS, 0) != key(Kind.CALLS, 1)


AGENCIES = [to_staff(Kind.CALLS, None, None, NOW.date(), NOW, NOW, NOW).id for _ in range(2)]  # type: ignore[arg-type]


class TestWorth:
    def test_only_what_is_new_or_waits_for_two_days_is_said(self):
        now = in_days(2)

        assert is_worth_saying({"a"}, (), None, now)
        assert is_worth_saying({"a", "b"}, {"a"}, in_days(1), now)
        assert not is_worth_saying({"a"}, {"a", "b"}, in_days(1), now)
        assert is_worth_saying({"a"}, {"a"}, in_days(0), now)
        assert not is_worth_saying((), {"a"}, in_days(0), now)

    def test_names_stay_first_names_but_where_two_are_alike(self):
        guests = [
            Guest(name=name, initial=initial) for name, initial in (("Zoé", "B."), ("Émile", "C."), ("Zoé", "A."))
        ]

        assert [f"{one.name} {one.initial}".strip() for one in told_apart(guests)] == ["Émile", "Zoé A.", "Zoé B."]

    def test_the_fingerprint_is_that_of_what_is_said(self):
        facts = {"agency": "Lyon", "too_few": (), "clashes": 1, "declined": 0}
        one, same = (Decisions(**facts, things=frozenset(things)) for things in ("abcdef", "fedcba"))

        assert fingerprint(one) == fingerprint(same)
        assert fingerprint(one) != fingerprint(Decisions(**facts, things=frozenset("a")))
        assert fingerprint(Roster(day=NOW.date(), meetings=())) != fingerprint(
            Roster(day=NOW.date() + timedelta(days=1), meetings=())
        )
