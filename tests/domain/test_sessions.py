"""The life of a session: what can be planned, what moves, and what has happened and stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.domain.errors import (
    CapacityBelowTaken,
    InvalidSchedule,
    SessionClosed,
    SessionEnded,
    SessionNotDraft,
)
from booking.domain.identifiers import new_id
from booking.domain.sessions import FURTHEST_AHEAD, MOST_MEETINGS, MOST_SEATS, Meeting, Session, SessionState, in_order
from tests.given import DAY, HOUR, NOW, in_days


def a_meeting(starts_at: datetime, hours: float = 2, **known: object) -> Meeting:
    usual = {"id": new_id(NOW), "session_id": new_id(NOW), "position": 1, "created_at": NOW, "changed_at": NOW}
    usual["facilitator_id"] = new_id(NOW)
    return Meeting(starts_at=starts_at, ends_at=starts_at + hours * HOUR, **(usual | known))


def a_session(*meetings: Meeting, **known: object) -> Session:
    usual = {"id": new_id(NOW), "agency_id": new_id(NOW), "workshop_id": new_id(NOW), "capacity": 8}
    held = in_order(meetings or [a_meeting(in_days(14))])
    return Session(meetings=held, created_at=NOW, changed_at=NOW, **(usual | known))


def an_open_session(*meetings: Meeting, **known: object) -> Session:
    return a_session(*meetings, state=SessionState.OPEN, **known)


def moved(meeting: Meeting, by: timedelta = DAY) -> Meeting:
    return replace(meeting, starts_at=meeting.starts_at + by, ends_at=meeting.ends_at + by)


def problems(session: Session, now: datetime = NOW) -> dict[str, str]:
    with pytest.raises(InvalidSchedule) as refused:
        session.checked(now)
    return refused.value.facts["fields"]


class TestPlanning:
    @pytest.mark.parametrize(
        ("starts_at", "hours", "code"),
        [
            (in_days(14), 0, "ends-before-it-starts"),
            (in_days(14), -1, "ends-before-it-starts"),
            (in_days(14), 10.01, "lasts-too-long"),
            (NOW, 2, "in-the-past"),
            (in_days(-1), 2, "in-the-past"),
            (NOW + FURTHEST_AHEAD + HOUR, 2, "too-far-ahead"),
            (datetime.max.replace(tzinfo=NOW.tzinfo) - 3 * HOUR, 2, "too-far-ahead"),
        ],
    )
    def test_hours_that_cannot_be_are_refused_beside_their_meeting(self, starts_at, hours, code):
        assert problems(a_session(a_meeting(starts_at, hours))) == {"meetings.1": code}

    def test_a_meeting_may_last_ten_hours_and_begin_in_two_years(self):
        session = a_session(a_meeting(NOW + FURTHEST_AHEAD, hours=10))

        assert session.checked(NOW) is session

    @pytest.mark.parametrize("capacity", [-1, 0, MOST_SEATS + 1])
    def test_a_session_has_between_one_seat_and_five_hundred(self, capacity):
        assert problems(a_session(capacity=capacity)) == {"capacity": "out-of-range"}

    def test_a_session_has_a_meeting(self):
        assert problems(replace(a_session(), meetings=())) == {"meetings": "out-of-range"}

    def test_a_session_has_at_most_forty_meetings(self):
        many = [a_meeting(in_days(n)) for n in range(1, MOST_MEETINGS + 2)]

        assert problems(a_session(*many)) == {"meetings": "out-of-range"}

    def test_two_meetings_of_a_session_do_not_overlap(self):
        session = a_session(a_meeting(in_days(14)), a_meeting(in_days(14, hour=1)))

        assert problems(session) == {"meetings.2": "overlaps-another-meeting"}

    def test_one_meeting_may_begin_when_the_one_before_ends(self):
        a_session(a_meeting(in_days(14)), a_meeting(in_days(14, hour=2))).checked(NOW)

    def test_one_meeting_is_not_named_twice(self):
        meeting = a_meeting(in_days(14))

        assert problems(a_session(meeting, moved(meeting))) == {"meetings": "repeated"}

    def test_every_problem_is_told_at_once(self):
        session = a_session(a_meeting(in_days(-1)), a_meeting(in_days(14), hours=0), capacity=0)

        assert set(problems(session)) == {"capacity", "meetings.1", "meetings.2"}

    def test_a_meeting_held_as_it_was_planned_may_lie_in_the_past(self):
        past, ahead = a_meeting(in_days(-1)), a_meeting(in_days(6))

        session = a_session(past, ahead)

        assert session.checked(NOW, before=[past]) is session

    def test_meetings_are_numbered_by_their_start(self):
        late, early = a_meeting(in_days(20)), a_meeting(in_days(14))

        assert [(m.id, m.position) for m in in_order([late, early])] == [(early.id, 1), (late.id, 2)]

    def test_a_session_begins_with_its_first_meeting_and_ends_with_its_last(self):
        session = a_session(a_meeting(in_days(20)), a_meeting(in_days(14)))

        assert (session.starts_at, session.ends_at) == (in_days(14), in_days(20, hour=2))


class TestPublishing:
    def test_a_draft_is_opened(self):
        opened = a_session().published(NOW)

        assert (opened.state, opened.version) == (SessionState.OPEN, 1)

    def test_a_draft_that_nobody_leads_is_not_opened(self):
        with pytest.raises(InvalidSchedule) as refused:
            a_session(a_meeting(in_days(14), facilitator_id=None)).published(NOW)

        assert refused.value.facts["fields"] == {"meetings.1": "facilitator-missing"}

    @pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.CANCELLED, SessionState.HELD])
    def test_only_a_draft_is_opened(self, state):
        with pytest.raises(SessionNotDraft):
            a_session(state=state).published(NOW)

    def test_a_draft_whose_day_has_come_is_not_opened(self):
        with pytest.raises(InvalidSchedule):
            a_session(a_meeting(in_days(1))).published(in_days(2))

    def test_only_an_open_session_still_to_begin_takes_bookings(self):
        session = an_open_session(a_meeting(in_days(1)))

        assert session.takes_bookings(in_days(1) - timedelta(seconds=1))
        assert not session.takes_bookings(in_days(1))
        assert not a_session().takes_bookings(NOW)

    def test_a_closed_session_says_so(self):
        with pytest.raises(SessionClosed) as refused:
            a_session(state=SessionState.HELD).must_take_bookings(NOW)

        assert refused.value.facts["state"] is SessionState.HELD

    def test_free_seats_count_the_extra_ones_and_never_fall_below_none(self):
        assert a_session(capacity=8, allowance=1, taken=8).free == 1
        assert a_session(capacity=8, taken=9).free == 0


class TestChanging:
    def test_a_meeting_that_moves_raises_its_sequence_and_the_sessions(self):
        first, second = a_meeting(in_days(14)), a_meeting(in_days(20))
        session = an_open_session(first, second)

        after = session.changed(8, [session.meetings[0], moved(session.meetings[1])], in_days(1))

        assert [m.sequence for m in after.meetings] == [0, 1]
        assert [m.changed_at for m in after.meetings] == [NOW, in_days(1)]
        assert (after.sequence, after.version) == (1, 1)

    @pytest.mark.parametrize("new", [{"ends_at": in_days(14, hour=3)}, {"room_id": new_id(NOW)}])
    def test_another_end_or_place_raises_the_sequence(self, new):
        session = an_open_session()

        after = session.changed(8, [replace(session.meetings[0], **new)], NOW)

        assert (after.meetings[0].sequence, after.sequence) == (1, 1)

    def test_another_facilitator_is_a_change_that_nobody_is_told(self):
        session = an_open_session()

        after = session.changed(8, [replace(session.meetings[0], facilitator_id=new_id(NOW))], NOW)

        assert (after.meetings[0].sequence, after.sequence, after.version) == (0, 0, 1)
        assert after.meetings[0].facilitator_id

    def test_more_seats_are_a_change_that_nobody_is_told(self):
        session = an_open_session()

        after = session.changed(9, session.meetings, NOW)

        assert (after.capacity, after.sequence, after.version) == (9, 0, 1)

    def test_a_meeting_more_or_less_is_told(self):
        session = an_open_session(a_meeting(in_days(14)), a_meeting(in_days(20)))

        more = session.changed(8, [*session.meetings, a_meeting(in_days(27))], NOW)
        less = session.changed(8, session.meetings[:1], NOW)

        assert (more.sequence, less.sequence) == (1, 1)
        assert [m.sequence for m in more.meetings] == [0, 0, 0]

    def test_a_cycle_under_way_may_still_change_what_lies_ahead(self):
        session = an_open_session(a_meeting(in_days(1)), a_meeting(in_days(8)))
        past, ahead = session.meetings

        after = session.changed(8, [past, moved(ahead)], in_days(3))

        assert [m.starts_at for m in after.meetings] == [in_days(1), in_days(9)]

    def test_a_meeting_that_has_begun_cannot_be_removed(self):
        session = an_open_session(a_meeting(in_days(1)), a_meeting(in_days(8)))

        with pytest.raises(InvalidSchedule) as refused:
            session.changed(8, session.meetings[1:], in_days(1))

        assert refused.value.facts["fields"] == {"meetings": "begun-meeting-removed"}

    def test_a_meeting_that_has_begun_cannot_be_put_off_as_if_nobody_had_come(self):
        session = an_open_session(a_meeting(in_days(1)), a_meeting(in_days(8)))
        begun, ahead = session.meetings

        with pytest.raises(InvalidSchedule) as refused:
            session.changed(8, [moved(begun, 20 * DAY), ahead], in_days(3))

        assert refused.value.facts["fields"] == {"meetings.2": "begun-meeting-moved"}

    def test_somebody_may_step_in_for_the_facilitator_of_a_meeting_that_has_begun(self):
        session = an_open_session(a_meeting(in_days(1)))
        substitute = new_id(NOW)

        after = session.changed(8, [replace(session.meetings[0], facilitator_id=substitute)], in_days(1, hour=1))

        assert after.meetings[0].facilitator_id == substitute

    def test_seats_are_not_taken_away_from_people(self):
        with pytest.raises(CapacityBelowTaken) as refused:
            an_open_session(taken=6).changed(5, an_open_session().meetings, NOW)

        assert refused.value.facts == {"taken": 6, "capacity": 5}

    def test_extra_seats_count_when_the_capacity_falls(self):
        session = an_open_session(taken=6, allowance=1)

        assert session.changed(5, session.meetings, NOW).capacity == 5

    @pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.HELD])
    def test_what_has_ended_is_neither_changed_nor_cancelled(self, state):
        session = a_session(state=state)

        with pytest.raises(SessionEnded):
            session.changed(8, session.meetings, NOW)
        with pytest.raises(SessionEnded):
            session.cancelled("Salle inondée", NOW)

    def test_a_session_that_is_over_counts_as_held_before_the_clock_notes_it(self):
        session = an_open_session(a_meeting(in_days(1), hours=2))

        with pytest.raises(SessionEnded):
            session.cancelled("Personne n’est venu", in_days(1, hour=2))


class TestCancelling:
    def test_a_cancelled_session_keeps_the_reason_and_tells_every_calendar(self):
        session = an_open_session(a_meeting(in_days(14)), a_meeting(in_days(20)))

        ended = session.cancelled("Salle inondée", in_days(1))

        assert (ended.state, ended.cancelled_because) == (SessionState.CANCELLED, "Salle inondée")
        assert (ended.sequence, [m.sequence for m in ended.meetings]) == (1, [1, 1])

    def test_a_draft_may_be_given_up_even_after_its_day(self):
        assert a_session().cancelled("Plus besoin", in_days(30)).state is SessionState.CANCELLED
