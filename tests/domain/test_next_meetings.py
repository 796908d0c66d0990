"""A cycle is more than its beginning: a word before each later meeting, and one after an absence."""

from dataclasses import replace

from booking.documents.messages import words
from booking.documents.texts import text
from booking.domain.bookings import BookingState
from booking.domain.following_up import after_absence, is_about
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState, next_meetings, to_come
from booking.domain.restraint import MOST_A_DAY, tomorrow, too_many
from booking.domain.sending import Verdict
from booking.domain.sessions import SessionState
from booking.domain.windows import Place
from tests.given import DAY, HOUR, NOW, SITE, in_days
from tests.given_cases import GRENOBLE, a_booking, a_case, a_session

# Four Mondays, at ten in the morning.
CYCLE = [in_days(14), in_days(21), in_days(28), in_days(35)]


def plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def planned(*starts, now=NOW, **known):
    session = a_session(*starts)
    return next_meetings(replace(a_booking(session, now), **known), session, GRENOBLE, now)


class TestBeforeEachMeeting:
    def test_who_comes_to_four_meetings_hears_of_the_last_three(self):
        session = a_session(*CYCLE)

        said = to_come(a_booking(session, NOW), session, GRENOBLE, NOW)

        assert [m.kind for m in said] == [MessageKind.REMINDER] * 2 + [MessageKind.NEXT_MEETING] * 3

    def test_the_word_for_a_monday_leaves_on_saturday_at_the_same_hour(self):
        due = [m.due_at for m in planned(*CYCLE)]

        assert due == [start - 2 * DAY for start in CYCLE[1:]]

    def test_the_afternoon_that_follows_its_morning_needs_no_word(self):
        assert not planned(in_days(14), in_days(14, 4))

    def test_who_joined_on_the_way_hears_of_what_comes_after_his_own_first_meeting(self):
        assert len(planned(*CYCLE, now=in_days(22))) == 1

    def test_who_waits_or_has_no_place_hears_nothing(self):
        assert not planned(*CYCLE, state=BookingState.WAITLISTED)

    def test_a_cancelled_cycle_has_no_next_meeting(self):
        session = a_session(*CYCLE)
        gone = replace(session, state=SessionState.CANCELLED)

        assert not next_meetings(a_booking(session, NOW), gone, GRENOBLE, NOW)

    def test_it_speaks_of_this_meeting_only(self):
        case = a_case(*CYCLE)
        second = next_meetings(case.booking, case.session, GRENOBLE, NOW)[0]

        said = words(second.kind, case, second.due_at, second.details)
        short = text(second.kind, case, second.due_at, second.details, SITE)

        assert plain(said.subject) == "Séance 2/4 : votre atelier est le lundi 9 novembre 2026 à 9 h"
        assert "lundi 16 novembre" not in said.body
        assert "lundi 9 novembre 2026" in short.body and short.segments == 1


class TestAfterAnAbsence:
    def test_it_waits_two_hours_for_a_corrected_mark(self):
        case = a_case(in_days(-0.1))

        said = after_absence(case.booking, case.session, case.session.meetings[0], GRENOBLE, NOW)

        assert said.due_at == NOW + 2 * HOUR
        assert is_about(said, case.session.meetings[0].id)

    def test_it_blames_nobody_and_never_says_cancelled(self):
        case = a_case(in_days(-0.1))
        there = {"starts_at": in_days(7).isoformat(), "zone": "Europe/Paris", "agency": "Lyon Part-Dieu"}
        absence = after_absence(case.booking, case.session, case.session.meetings[0], GRENOBLE, NOW, [there])

        said = words(absence.kind, case, NOW, absence.details)

        assert "annul" not in said.subject + said.body
        assert "Nous ne vous avons pas vu le lundi 19 octobre" in said.body
        assert "1. lundi 26 octobre 2026" in said.body and "Lyon Part-Dieu" in said.body

    def test_in_a_cycle_it_names_the_next_meeting_instead_of_other_dates(self):
        case = a_case(in_days(-0.1), in_days(7))
        case = replace(case, booking=replace(case.booking, changed_at=in_days(-9)))
        absence = after_absence(case.booking, case.session, case.session.meetings[0], GRENOBLE, NOW)

        said = words(absence.kind, case, NOW, absence.details)

        assert "Vous gardez votre place. La séance suivante est le lundi 26 octobre" in said.body
        assert text(absence.kind, case, NOW, absence.details, SITE).segments == 1


class TestEnoughForToday:
    def of(self):
        session = a_session(*CYCLE)
        return a_booking(session, NOW), session

    def test_the_fourth_word_of_a_day_waits(self):
        said = to_come(*self.of(), GRENOBLE, NOW)

        assert len(too_many(said, {})) == len(said) - MOST_A_DAY

    def test_what_was_heard_already_counts(self):
        said = to_come(*self.of(), GRENOBLE, NOW)

        assert too_many(said, {said[0].job_seeker_id: MOST_A_DAY}) == {m.id for m in said}

    def test_what_is_urgent_is_never_too_much(self):
        said = [replace(m, kind=MessageKind.SESSION_MOVED) for m in to_come(*self.of(), GRENOBLE, NOW)]

        assert not too_many(said, {said[0].job_seeker_id: 9})

    def test_it_leaves_when_the_next_day_opens(self):
        message = planned(*CYCLE)[0]

        later = tomorrow(message, Verdict(MessageState.SENDING), GRENOBLE, NOW)

        assert (later.state, later.due_at) == (MessageState.PLANNED, in_days(1, -2))

    def test_what_would_be_too_late_then_leaves_now(self):
        message = replace(planned(*CYCLE)[0], not_after=in_days(0.5))
        leaves = Verdict(MessageState.SENDING)

        assert tomorrow(message, leaves, Place("Europe/Paris", "metropole"), NOW) is leaves

    def test_what_a_mail_would_say_too_late_leaves_now(self):
        message = replace(planned(*CYCLE)[0], not_after=in_days(1, -0.5))
        ways = [Verdict(MessageState.SENDING, channel) for channel in (Channel.EMAIL, Channel.SMS)]

        states = [tomorrow(message, leaves, GRENOBLE, NOW).state for leaves in ways]

        assert states == [MessageState.SENDING, MessageState.PLANNED]
