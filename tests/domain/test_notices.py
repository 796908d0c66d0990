"""What each message carries: to whom, about what, how pressing, until when of use, and by which way it may go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain.bookings import Booking, Party, held, waiting
from booking.domain.cases import Case
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel
from booking.domain.messages import (
    BY_TEXT,
    REMINDING,
    WITH_ENTRY,
    Message,
    MessageKind,
    MessageState,
    choose_channel,
    on_booking,
    on_change,
    on_entry,
    reminders,
    still_holds,
)
from booking.domain.sending import PEOPLE
from booking.domain.sessions import Session, SessionState
from tests.given import HOUR, NOW, in_days
from tests.given_cases import GRENOBLE, a_booking, a_case, a_session

MEETING = new_id(NOW)
NIGHT = in_days(0, hour=14)  # ten in the evening in Grenoble
MORNING = in_days(0, hour=21)
MOMENT = timedelta(seconds=1)


def changed(kind: MessageKind, booking: Booking, session: Session, now=NOW, **details: object) -> Message:
    return on_change(kind, booking, session, GRENOBLE, now, **details)[0]


def entry(now=NOW, *, last_at=None, is_over: bool = False) -> Message:
    session = a_session(in_days(14))
    last = last_at or in_days(14)
    return on_entry(a_booking(session), session, GRENOBLE, now, meeting_id=MEETING, last_at=last, is_over=is_over)


class TestWhatItCarries:
    def test_a_message_names_the_place_and_the_session_as_they_were_when_it_was_planned(self):
        session = a_session(sequence=3)
        booking = replace(a_booking(session), sequence=2)

        first, *_ = on_booking(booking, session, GRENOBLE, NOW)

        assert (first.booking_id, first.booking_sequence) == (booking.id, 2)
        assert (first.session_id, first.session_sequence) == (session.id, 3)
        assert (first.job_seeker_id, first.agency_id) == (booking.job_seeker_id, booking.agency_id)
        assert (first.state, first.created_at, first.channel, first.attempts) == (MessageState.PLANNED, NOW, None, 0)

    def test_what_changed_comes_before_what_was_agreed_and_that_before_a_reminder(self):
        session = a_session()
        booking = a_booking(session)

        confirmation, reminder, *_ = on_booking(booking, session, GRENOBLE, NOW)
        notice = changed(MessageKind.SESSION_MOVED, booking, session)

        assert notice.priority < confirmation.priority < reminder.priority < entry().priority

    def test_a_confirmation_is_due_at_once_and_of_use_until_the_first_meeting(self):
        session = a_session(in_days(14), in_days(21))

        first, *_ = on_booking(a_booking(session), session, GRENOBLE, NIGHT)

        assert (first.due_at, first.not_after) == (NIGHT, in_days(14))

    def test_a_reminder_is_of_use_until_an_hour_before(self):
        session = a_session(in_days(14))

        assert {m.not_after for m in reminders(a_booking(session), session, GRENOBLE, NOW)} == {in_days(14) - HOUR}

    def test_details_are_kept_with_a_notice(self):
        session = a_session()

        assert changed(MessageKind.SESSION_CANCELLED, a_booking(session), session, because="Panne").details == {
            "because": "Panne"
        }

    def test_two_rules_of_one_booking_have_two_keys(self):
        session = a_session(in_days(14))
        keys = [m.dedupe_key for m in on_booking(a_booking(session), session, GRENOBLE, NOW)]

        assert len(set(keys)) == len(keys) == 3


class TestReminders:
    @pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.HELD])
    def test_nobody_is_reminded_of_what_is_not_held(self, state):
        session = a_session(in_days(14), state=state)

        assert reminders(a_booking(session), session, GRENOBLE, NOW) == []

    def test_only_who_has_a_booked_seat_is_reminded(self):
        session = a_session(in_days(14))
        seat = a_booking(session)
        others = [held(seat, in_days(1)), waiting(seat), waiting(seat).promoted(NOW, until=in_days(1))]

        assert [reminders(one, session, GRENOBLE, NOW) for one in others] == [[], [], []]

    def test_a_reminder_is_planned_from_an_hour_after_the_booking_on(self):
        session = a_session(in_days(1) + HOUR)

        assert reminders(a_booking(session), session, GRENOBLE, NOW) == []
        assert len(reminders(a_booking(session), session, GRENOBLE, NOW - MOMENT)) == 1


class TestNotices:
    def test_an_offer_is_of_use_until_it_must_be_answered(self):
        session = a_session(in_days(14))
        offer = waiting(a_booking(session)).promoted(NOW, until=in_days(1))

        assert changed(MessageKind.SEAT_OFFERED, offer, session).not_after == in_days(1)

    def test_an_offer_for_tonight_does_not_wait_for_the_morning(self):
        session = a_session(in_days(14))
        offer = waiting(a_booking(session)).promoted(NIGHT, until=MORNING - 2 * HOUR)

        assert changed(MessageKind.SEAT_OFFERED, offer, session, NIGHT).due_at == NIGHT

    def test_a_notice_that_would_come_with_the_meeting_itself_leaves_at_once(self):
        at_seven = MORNING

        assert changed(MessageKind.BOOKING_CANCELLED, *seat_at(at_seven), NIGHT).due_at == NIGHT
        assert changed(MessageKind.BOOKING_CANCELLED, *seat_at(at_seven + MOMENT), NIGHT).due_at == at_seven

    def test_only_a_move_waits_whether_it_is_moved_again(self):
        session = a_session()
        kinds = [kind for kind in MessageKind if changed(kind, a_booking(session), session).due_at > NOW]

        assert kinds == [MessageKind.SESSION_MOVED]

    def test_a_change_is_followed_by_the_reminders_that_still_make_sense(self):
        session = a_session(in_days(5))

        kinds = [m.rule for m in on_change(MessageKind.SESSION_MOVED, a_booking(session), session, GRENOBLE, NOW)]

        assert kinds == ["now", "d1"]


def seat_at(starts_at) -> tuple[Booking, Session]:
    session = a_session(starts_at)
    return a_booking(session), session


class TestEntriesOfCalendars:
    def test_the_entry_of_one_more_meeting_is_known_by_it(self):
        message = entry()

        assert (message.kind, message.rule, message.details) == (
            MessageKind.INVITATION,
            str(MEETING),
            {"meeting_id": str(MEETING)},
        )

    def test_an_entry_that_is_taken_back_is_another_message(self):
        over = entry(is_over=True)

        assert over.kind is MessageKind.INVITATION_ENDED
        assert over.dedupe_key != entry().dedupe_key

    def test_it_leaves_by_day_unless_that_were_too_late(self):
        assert entry(NIGHT).due_at == MORNING
        assert entry(NIGHT, last_at=MORNING).due_at == NIGHT
        assert entry(NIGHT, last_at=MORNING).not_after == MORNING


class TestWhatStaysTrue:
    def test_whatever_became_of_the_place_a_message_before_that_is_no_longer_true(self):
        session = a_session()
        booking = a_booking(session)
        for kind in MessageKind:
            notice = changed(kind, booking, session)

            assert still_holds(notice, booking, session)
            assert not still_holds(notice, replace(booking, sequence=1), session)

    def test_only_an_end_and_an_absence_stay_true_when_the_session_changes(self):
        session = a_session()
        booking = a_booking(session)
        moved = replace(session, sequence=1)

        true = {kind for kind in MessageKind if still_holds(changed(kind, booking, session), booking, moved)}

        assert true == {
            MessageKind.BOOKING_CANCELLED,
            MessageKind.SESSION_CANCELLED,
            MessageKind.SESSION_CUT_SHORT,
            MessageKind.WAIT_ENDED,
            MessageKind.INVITATION_ENDED,
            MessageKind.ABSENCE_FOLLOWUP,
        }

    def test_every_mail_about_a_seat_brings_an_entry_but_a_reminder_and_what_is_one_itself(self):
        without = {MessageKind.WAITLISTED, MessageKind.SEAT_OFFERED, MessageKind.WAIT_ENDED, MessageKind.REMINDER}

        of_a_meeting = {MessageKind.NEXT_MEETING, MessageKind.ABSENCE_FOLLOWUP}
        entries = {MessageKind.INVITATION, MessageKind.INVITATION_ENDED, MessageKind.NO_NOTED}
        assert set(MessageKind) - set(WITH_ENTRY) == without | of_a_meeting | entries


def way(kind: MessageKind, *channels: Channel, starts=None, machines=(Channel.EMAIL, Channel.SMS), now=NOW):
    session = a_session(*(starts or [in_days(14)]))
    return choose_channel(kind, channels, PEOPLE | set(machines), session, GRENOBLE, now)


class TestWays:
    def test_a_calendar_entry_goes_by_mail_or_not_at_all(self):
        every = (Channel.SMS, Channel.CALL, Channel.LETTER, Channel.HAND)

        for kind in (MessageKind.INVITATION, MessageKind.INVITATION_ENDED):
            assert way(kind, *every, Channel.EMAIL) is Channel.EMAIL
            assert way(kind, *every) is None

    def test_a_letter_is_posted_four_working_days_before_to_the_minute(self):
        monday = in_days(14)
        tuesday_before = in_days(8)

        assert way(MessageKind.REMINDER, Channel.LETTER, starts=[monday], now=tuesday_before) is Channel.LETTER
        assert way(MessageKind.REMINDER, Channel.LETTER, starts=[monday], now=tuesday_before + HOUR + MOMENT) is None

    def test_of_a_cycle_that_has_begun_the_next_meeting_counts_for_the_post(self):
        starts = [in_days(1), in_days(15)]

        assert way(MessageKind.SESSION_MOVED, Channel.LETTER, starts=starts, now=in_days(2)) is Channel.LETTER

    def test_what_no_machine_sends_here_is_passed_over(self):
        assert way(MessageKind.REMINDER, Channel.SMS, Channel.CALL, machines=()) is Channel.CALL

    def test_a_way_that_the_person_has_not_is_none(self):
        assert way(MessageKind.CONFIRMATION) is None

    def test_paper_is_handed_over_for_everything_but_a_reminder_and_an_entry(self):
        by_hand = {kind for kind in MessageKind if way(kind, Channel.HAND) is Channel.HAND}

        by_mail_only = {MessageKind.INVITATION, MessageKind.INVITATION_ENDED}
        assert by_hand == set(MessageKind) - set(REMINDING) - by_mail_only - set(BY_TEXT)

    def test_who_answered_by_text_is_answered_so_or_not_at_all(self):
        assert way(MessageKind.NO_NOTED, Channel.EMAIL, Channel.SMS, Channel.CALL) is Channel.SMS
        assert way(MessageKind.NO_NOTED, Channel.EMAIL, Channel.CALL, Channel.HAND) is None


class TestACase:
    def ahead(self, case: Case, days: float) -> list[int]:
        return [meeting.position for meeting in case.meetings_ahead(in_days(days))]

    def test_what_is_over_is_not_told_again(self):
        case = a_case(in_days(1), in_days(8), in_days(15))

        assert self.ahead(case, 0.5) == [1, 2, 3]
        assert self.ahead(case, 1) == [1, 2, 3]  # it has begun, and is not over
        assert self.ahead(case, 1 + 2 / 24) == [2, 3]

    def test_when_all_is_over_all_is_told(self):
        assert self.ahead(a_case(in_days(1), in_days(8)), 30) == [1, 2]

    def test_who_makes_up_is_told_of_his_meeting_only(self):
        case = a_case(in_days(1), in_days(8))
        once = replace(case.booking, only_meeting_id=case.session.meetings[1].id)

        assert self.ahead(replace(case, booking=once), 0) == [2]

    def test_who_waits_is_told_of_every_meeting(self):
        case = a_case(in_days(1), in_days(8))

        assert self.ahead(replace(case, booking=waiting(case.booking)), 0) == [1, 2]

    def test_whose_place_is_for_a_meeting_that_is_gone_is_told_of_the_session(self):
        case = a_case(in_days(1), in_days(8))
        lost = replace(case.booking, only_meeting_id=new_id(NOW))

        assert self.ahead(replace(case, booking=lost.cancelled(Party.SERVICE, "", NOW)), 0) == [1, 2]

    def test_the_clock_is_that_of_where_it_takes_place(self):
        case = a_case()
        there = replace(case, agency=replace(case.agency, time_zone="Indian/Reunion", holiday_territory="reunion"))

        assert (there.place.time_zone, there.place.holiday_territory) == ("Indian/Reunion", "reunion")
