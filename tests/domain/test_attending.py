"""Which meetings a place is for, and which of them one is reminded of."""

from dataclasses import replace
from uuid import UUID

from booking.domain.absences import has_stayed_away
from booking.domain.attendance import Mark
from booking.domain.attending import attended, first_of, next_at
from booking.domain.bookings import BookingState, book, waiting
from booking.domain.identifiers import new_id
from booking.domain.messages import MessageKind, on_booking, reminders
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.windows import Place
from tests.given import HOUR, NOW, in_days

GRENOBLE = Place("Europe/Paris", "metropole")
DAYS = (1, 8, 15)


def a_cycle() -> Session:
    session_id = new_id(NOW)
    meetings = tuple(
        Meeting(
            id=new_id(NOW),
            session_id=session_id,
            position=n,
            starts_at=in_days(day),
            ends_at=in_days(day) + 2 * HOUR,
            created_at=NOW,
            changed_at=NOW,
        )
        for n, day in enumerate(DAYS, start=1)
    )
    about = {"agency_id": new_id(NOW), "workshop_id": new_id(NOW), "capacity": 8, "state": SessionState.OPEN}
    return Session(id=session_id, created_at=NOW, changed_at=NOW, meetings=meetings, join_until=3, **about)


def a_seat(session: Session, day: float):
    return book(session.id, new_id(NOW), new_id(NOW), by=new_id(NOW), now=in_days(day))


def test_who_books_before_a_cycle_attends_all_of_it():
    cycle = a_cycle()

    assert attended(a_seat(cycle, 0), cycle) == cycle.meetings


def test_who_joins_on_the_way_attends_from_the_next_meeting_on():
    cycle = a_cycle()
    late = a_seat(cycle, 1.05)

    assert attended(late, cycle) == cycle.meetings[1:]
    assert first_of(late, cycle) == cycle.meetings[1]
    assert next_at(late, cycle, in_days(1.05)) == in_days(8)


def test_who_makes_up_attends_one_meeting_and_who_waits_would_attend_all():
    cycle = a_cycle()
    once = replace(a_seat(cycle, 0), only_meeting_id=cycle.meetings[2].id)

    assert attended(once, cycle) == cycle.meetings[2:]
    assert attended(waiting(a_seat(cycle, 2)), cycle) == cycle.meetings
    assert first_of(replace(once, only_meeting_id=new_id(NOW)), cycle) is None


def test_who_joins_late_is_reminded_of_the_meeting_with_which_he_begins():
    cycle = a_cycle()

    said = on_booking(a_seat(cycle, 1.5), cycle, GRENOBLE, in_days(1.5))

    by_rule = {message.rule: message for message in said if message.kind is MessageKind.REMINDER}
    assert by_rule.keys() == {"d1"} and by_rule["d1"].due_at.date() == in_days(7).date()
    assert said[0].not_after == in_days(8)


def test_after_the_first_own_meeting_nobody_is_reminded():
    cycle = a_cycle()

    assert reminders(a_seat(cycle, 1.5), cycle, GRENOBLE, in_days(9)) == []


def test_two_absences_in_a_row_are_the_last_two_that_there_were():
    first, second, third = (new_id(NOW) for _ in range(3))
    meetings = list(zip((first, second, third), map(in_days, DAYS), strict=True))
    absent, came = Mark.ABSENT, Mark.ATTENDED

    def at(day: float, *marks: Mark | None) -> bool:
        given: dict[UUID, Mark | None] = dict(zip((first, second, third), marks, strict=False))
        return has_stayed_away(meetings, given, in_days(day))

    assert at(9, absent, absent) and at(16, None, absent, absent)
    assert not at(9, absent, Mark.EXCUSED) and not at(16, absent, absent, came)
    assert not at(16, absent, absent) and not at(2, absent)
    assert at(7.9, absent, absent)


def test_a_cancelled_place_is_nobodys():
    cycle = a_cycle()
    held = replace(a_seat(cycle, 0), state=BookingState.HELD, deadline_at=in_days(1))

    assert attended(held, cycle) == cycle.meetings
