"""One meeting is changed and those after it follow: by days and hours on the wall, over the change of summer time."""

from dataclasses import replace
from datetime import datetime

import pytest

from booking.domain.following import Change
from booking.domain.identifiers import new_id
from booking.domain.sessions import Meeting, Session
from calendars.zones import to_utc, wall
from tests.given import NOW
from tests.given_cases import a_session

PARIS = "Europe/Paris"


def at(*said: int) -> datetime:
    when = datetime(*said)
    return to_utc(when.date(), when.time(), PARIS)


# Three Tuesdays from 9:30 to 11:30; summer time ends between the first and the second.
TUESDAYS = (at(2026, 10, 20, 9, 30), at(2026, 10, 27, 9, 30), at(2026, 11, 3, 9, 30))
VERCORS, BELLEDONNE, KARIM, SALMA, THEO = (new_id(NOW) for _ in range(5))


def a_cycle(*starts: datetime) -> Session:
    cycle = a_session(*(starts or TUESDAYS))
    return replace(cycle, meetings=tuple(replace(m, room_id=VERCORS, facilitator_id=KARIM) for m in cycle.meetings))


def changed(meeting: Meeting, **new: object) -> Change:
    return Change(before=meeting, after=replace(meeting, **new), zone=PARIS)


def hours(meetings: list[Meeting]) -> list[str]:
    local = [(wall(m.starts_at, PARIS), wall(m.ends_at, PARIS)) for m in meetings]
    return [f"{begins:%a %d %H:%M}-{ends:%H:%M}" for begins, ends in local]


class TestWithinOneSession:
    def test_the_meetings_after_it_move_by_as_many_days_and_hours(self):
        cycle = a_cycle()
        second = cycle.meetings[1]
        change = changed(second, starts_at=at(2026, 10, 29, 14, 0), ends_at=at(2026, 10, 29, 16, 0))

        assert hours(change.within(cycle.meetings)) == [
            "Tue 20 09:30-11:30",
            "Thu 29 14:00-16:00",
            "Thu 05 14:00-16:00",
        ]

    def test_those_before_it_stay(self):
        cycle = a_cycle()
        last = cycle.meetings[2]
        change = changed(last, starts_at=at(2026, 11, 4, 9, 30), ends_at=at(2026, 11, 4, 11, 30))

        assert change.within(cycle.meetings)[:2] == list(cycle.meetings[:2])

    def test_an_hour_earlier_is_an_hour_earlier_on_the_wall_in_winter_too(self):
        cycle = a_cycle()
        first = cycle.meetings[0]
        change = changed(first, starts_at=at(2026, 10, 20, 8, 30), ends_at=at(2026, 10, 20, 10, 30))

        assert hours(change.within(cycle.meetings)) == [
            "Tue 20 08:30-10:30",
            "Tue 27 08:30-10:30",
            "Tue 03 08:30-10:30",
        ]

    def test_a_day_later_over_the_change_of_summer_time_is_the_same_hour(self):
        saturday, sunday = at(2026, 10, 24, 9, 30), at(2026, 10, 25, 9, 30)
        cycle = a_cycle(saturday, at(2026, 10, 31, 9, 30))
        change = changed(cycle.meetings[0], starts_at=sunday, ends_at=at(2026, 10, 25, 11, 30))

        assert hours(change.within(cycle.meetings)) == ["Sun 25 09:30-11:30", "Sun 01 09:30-11:30"]

    def test_a_meeting_that_lasts_longer_makes_the_others_last_longer(self):
        cycle = a_cycle()
        change = changed(cycle.meetings[0], ends_at=at(2026, 10, 20, 12, 0))

        assert hours(change.within(cycle.meetings)) == [
            "Tue 20 09:30-12:00",
            "Tue 27 09:30-12:00",
            "Tue 03 09:30-12:00",
        ]

    def test_the_changed_meeting_is_exactly_what_was_said(self):
        cycle = a_cycle()
        change = changed(cycle.meetings[0], room_id=None, assistant_ids=(THEO,))

        assert change.within(cycle.meetings)[0] == change.after

    def test_an_hour_that_does_not_exist_becomes_the_first_one_after_it(self):
        cycle = a_cycle(at(2026, 3, 21, 1, 0), at(2026, 3, 28, 1, 0))
        change = changed(cycle.meetings[0], starts_at=at(2026, 3, 22, 2, 30), ends_at=at(2026, 3, 22, 4, 30))

        assert hours(change.within(cycle.meetings))[1] == "Sun 29 03:00-04:30"


class TestInTheOtherSessionsOfASeries:
    def test_days_stay_and_hours_follow(self):
        own, other = a_cycle(), a_cycle(at(2026, 12, 3, 9, 30), at(2026, 12, 10, 9, 30))
        change = changed(own.meetings[0], starts_at=at(2026, 10, 22, 14, 0), ends_at=at(2026, 10, 22, 16, 30))

        assert hours(change.alike(other.meetings)) == ["Thu 03 14:00-16:30", "Thu 10 14:00-16:30"]

    def test_only_from_the_position_of_the_changed_meeting_on(self):
        own, other = a_cycle(), a_cycle(at(2026, 12, 3, 9, 30), at(2026, 12, 10, 9, 30), at(2026, 12, 17, 9, 30))
        change = changed(own.meetings[1], starts_at=at(2026, 10, 27, 14, 0), ends_at=at(2026, 10, 27, 16, 0))

        assert hours(change.alike(other.meetings)) == [
            "Thu 03 09:30-11:30",
            "Thu 10 14:00-16:00",
            "Thu 17 14:00-16:00",
        ]

    def test_another_day_alone_changes_no_other_session(self):
        own, other = a_cycle(), a_cycle(at(2026, 12, 3, 14, 0))
        change = changed(own.meetings[0], starts_at=at(2026, 10, 22, 9, 30), ends_at=at(2026, 10, 22, 11, 30))

        assert change.alike(other.meetings) == list(other.meetings)

    def test_an_end_that_changed_alone_brings_both_hours_along(self):
        own, other = a_cycle(), a_cycle(at(2026, 12, 3, 14, 0))
        change = changed(own.meetings[0], ends_at=at(2026, 10, 20, 12, 0))

        assert hours(change.alike(other.meetings)) == ["Thu 03 09:30-12:00"]


class TestRoomsAndPeople:
    @pytest.mark.parametrize("room", [BELLEDONNE, None])
    def test_another_room_is_taken_along_and_so_is_none(self, room):
        cycle = a_cycle()
        change = changed(cycle.meetings[0], room_id=room)

        assert [m.room_id for m in change.within(cycle.meetings)] == [room] * 3
        assert [m.room_id for m in change.alike(cycle.meetings)] == [room] * 3

    def test_a_room_that_did_not_change_stays_as_each_has_it(self):
        cycle = a_cycle()
        first, second, third = cycle.meetings
        elsewhere = replace(third, room_id=BELLEDONNE)
        change = changed(first, facilitator_id=SALMA)

        followed = change.within([first, second, elsewhere])

        assert [m.room_id for m in followed] == [VERCORS, VERCORS, BELLEDONNE]
        assert [m.facilitator_id for m in followed] == [SALMA] * 3

    def test_who_leads_a_later_meeting_stays_where_only_the_room_changes(self):
        first, second, third = a_cycle().meetings
        led_by_salma = replace(third, facilitator_id=SALMA)

        followed = changed(first, room_id=BELLEDONNE).within([first, second, led_by_salma])

        assert [m.facilitator_id for m in followed] == [KARIM, KARIM, SALMA]

    def test_who_leads_from_now_on_no_longer_assists(self):
        first, second, third = a_cycle().meetings
        assisted = replace(third, assistant_ids=(THEO, SALMA))

        *_, last = changed(first, facilitator_id=SALMA).within([first, second, assisted])

        assert (last.facilitator_id, last.assistant_ids) == (SALMA, (THEO,))

    def test_who_assists_the_changed_meeting_is_nobody_elses_assistant(self):
        cycle = a_cycle()

        followed = changed(cycle.meetings[0], assistant_ids=(THEO,)).within(cycle.meetings)

        assert [m.assistant_ids for m in followed] == [(THEO,), (), ()]
