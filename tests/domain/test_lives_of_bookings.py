"""What becomes of a place: held, confirmed, offered, taken up again, answered, and how it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain import bookings
from booking.domain.attendance import Reason
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import BookingEnded, BookingStands, NotBooked, NotHeld
from booking.domain.identifiers import new_id
from tests.given import NOW, in_days

MOMENT = timedelta(seconds=1)
TEN = timedelta(minutes=10)
LATER = NOW + timedelta(minutes=5)


def a_seat(**known: object) -> Booking:
    return replace(bookings.book(new_id(NOW), new_id(NOW), new_id(NOW), by=new_id(NOW), now=NOW), **known)


def a_held_seat() -> Booking:
    return bookings.held(a_seat(), LATER)


def a_place_waited_for() -> Booking:
    return bookings.waiting(a_seat())


def an_offer() -> Booking:
    return a_place_waited_for().promoted(NOW, until=in_days(1))


def an_end(because: str = "", by: Party = Party.PERSON) -> Booking:
    return a_seat().cancelled(by, because, NOW)


PLACES = [a_held_seat, a_seat, a_place_waited_for, an_offer]


class TestHolding:
    def test_a_seat_is_held_until_a_deadline(self):
        held = a_held_seat()

        assert (held.state, held.deadline_at) == (BookingState.HELD, LATER)

    @pytest.mark.parametrize("place", [a_held_seat, an_offer])
    def test_who_says_yes_in_time_has_the_seat_without_a_deadline(self, place):
        before = place()

        booked = before.confirmed(LATER)

        assert (booked.state, booked.deadline_at) == (BookingState.BOOKED, None)
        assert (booked.sequence, booked.changed_at) == (before.sequence + 1, LATER)

    @pytest.mark.parametrize("place", [a_seat, a_place_waited_for])
    def test_what_is_neither_held_nor_offered_cannot_be_confirmed(self, place):
        before = place()

        with pytest.raises(NotHeld) as refused:
            before.confirmed(LATER)

        assert refused.value.facts == {"booking_id": before.id, "state": before.state}

    def test_a_hold_that_ran_out_cannot_be_confirmed_any_more(self):
        gone = a_held_seat().cancelled(Party.SERVICE, bookings.HOLD_OVER, LATER)

        with pytest.raises(BookingEnded) as refused:
            gone.confirmed(LATER)

        assert refused.value.facts == {"booking_id": gone.id}


class TestOffering:
    def test_who_is_asked_has_a_seat_until_his_answer_is_due(self):
        offer = an_offer()

        assert (offer.state, offer.deadline_at) == (BookingState.OFFERED, in_days(1))
        assert (offer.sequence, offer.waiting_since) == (1, NOW)

    def test_who_is_given_the_seat_outright_need_not_answer(self):
        given = a_place_waited_for().promoted(LATER)

        assert (given.state, given.deadline_at) == (BookingState.BOOKED, None)


class TestWaiting:
    def test_who_waits_for_no_special_reason_takes_his_turn(self):
        place = bookings.waiting(a_seat())

        assert (place.priority, place.priority_because) == (0, None)

    def test_a_reason_puts_somebody_before_all_who_came_without_one(self):
        first = bookings.waiting(a_seat(), "Séance annulée par l’agence")

        assert first.priority < a_place_waited_for().priority
        assert first.priority_because == "Séance annulée par l’agence"


class TestCancelling:
    @pytest.mark.parametrize("place", PLACES)
    def test_a_place_that_ends_awaits_no_answer_any_more(self, place):
        before = place()

        ended = before.cancelled(Party.ADVISER, "Ne peut pas venir", LATER, Reason.ILL)

        assert (ended.state, ended.deadline_at) == (BookingState.CANCELLED, None)
        assert (ended.cancelled_reason, ended.changed_at) == (Reason.ILL, LATER)
        assert ended.sequence == before.sequence + 1

    def test_why_somebody_gives_up_need_not_be_said(self):
        assert an_end().cancelled_reason is None

    @pytest.mark.parametrize(("after", "is_slip"), [(TEN - MOMENT, True), (TEN, False), (144 * TEN, False)])
    def test_a_place_ended_within_ten_minutes_may_have_been_a_slip(self, after, is_slip):
        ended = a_seat().cancelled(Party.ADVISER, "", NOW + after)

        assert ended.is_soon_undone is is_slip

    def test_a_place_that_stands_is_no_slip_however_fresh(self):
        assert not a_seat().is_soon_undone


class TestRestoring:
    def test_what_was_cancelled_a_moment_ago_is_booked_again_as_if_nothing_had_been_said(self):
        ended = a_seat().cancelled(Party.PERSON, "Travail trouvé", NOW, Reason.JOB)

        again = ended.restored(LATER)

        assert (again.state, again.sequence, again.changed_at) == (BookingState.BOOKED, 2, LATER)
        assert (again.cancelled_by, again.cancelled_because, again.cancelled_reason) == (None, "", None)

    @pytest.mark.parametrize("place", PLACES)
    def test_what_stands_is_not_restored(self, place):
        before = place()

        with pytest.raises(BookingStands) as refused:
            before.restored(LATER)

        assert refused.value.facts == {"booking_id": before.id}

    def test_half_an_hour_later_it_is_too_late(self):
        ended = an_end("Travail trouvé")

        assert ended.may_be_restored(NOW + 3 * TEN - MOMENT)
        assert not ended.may_be_restored(NOW + 3 * TEN)
        with pytest.raises(BookingEnded) as refused:
            ended.restored(NOW + 3 * TEN)
        assert refused.value.facts == {"booking_id": ended.id}

    def test_what_stands_need_not_be_restored(self):
        assert not a_seat().may_be_restored(LATER)

    @pytest.mark.parametrize("said", ["", "Travail trouvé", bookings.DECLINED, bookings.ABSENCES])
    def test_whatever_somebody_said_may_be_taken_back(self, said):
        assert an_end(said).may_be_restored(LATER)

    @pytest.mark.parametrize(
        "because",
        [
            bookings.HOLD_OVER,
            bookings.OFFER_OVER,
            bookings.SESSION_BEGAN,
            bookings.MOVED,
            bookings.DUPLICATE,
            bookings.MADE_UP,
            bookings.MEETING_GONE,
        ],
    )
    def test_what_ended_by_itself_was_nobodys_mistake(self, because):
        ended = an_end(because, Party.SERVICE)

        assert not ended.may_be_restored(LATER)
        with pytest.raises(BookingEnded):
            ended.restored(LATER)


class TestAnswering:
    def test_who_comes_says_so_once(self):
        answered = a_seat().coming(LATER)

        assert answered.answered_at == LATER
        assert answered.coming(in_days(1)).answered_at == LATER

    def test_who_comes_after_all_no_longer_wishes_another_date(self):
        assert a_seat().wishing_other(NOW).coming(LATER).wishes_other_at is None

    def test_an_answer_is_no_change_that_a_calendar_would_show(self):
        before = a_seat()

        assert before.coming(LATER).sequence == before.sequence
        assert before.wishing_other(LATER).sequence == before.sequence

    @pytest.mark.parametrize("place", [a_held_seat, a_place_waited_for, an_offer])
    def test_only_who_has_a_seat_says_that_he_comes(self, place):
        before = place()

        with pytest.raises(NotBooked) as refused:
            before.coming(LATER)

        assert refused.value.facts == {"booking_id": before.id, "state": before.state}

    def test_nobody_comes_by_a_place_that_ended(self):
        ended = an_end()

        with pytest.raises(BookingEnded) as refused:
            ended.coming(LATER)

        assert refused.value.facts == {"booking_id": ended.id}

    @pytest.mark.parametrize("place", PLACES)
    def test_who_asks_for_another_date_keeps_the_place_he_has(self, place):
        before = place()

        asked = before.wishing_other(LATER)

        assert (asked.state, asked.wishes_other_at) == (before.state, LATER)

    def test_who_asks_for_another_date_does_not_say_that_he_comes(self):
        assert a_seat().coming(NOW).wishing_other(LATER).answered_at is None

    def test_who_asks_twice_has_waited_since_the_first_time(self):
        assert a_seat().wishing_other(NOW).wishing_other(LATER).wishes_other_at == NOW

    def test_who_was_cancelled_may_still_ask_for_another_date(self):
        assert an_end("Salle inondée", Party.SERVICE).wishing_other(LATER).wishes_other_at == LATER

    @pytest.mark.parametrize("because", [bookings.MOVED, bookings.DUPLICATE])
    def test_who_has_another_place_already_asks_there(self, because):
        ended = an_end(because, Party.SERVICE)

        assert ended.has_successor
        with pytest.raises(BookingEnded) as refused:
            ended.wishing_other(LATER)
        assert refused.value.facts == {"booking_id": ended.id}

    def test_only_an_end_has_a_successor(self):
        assert not a_seat(cancelled_because=bookings.MOVED).has_successor
        assert not an_end("Travail trouvé").has_successor


class TestBeginning:
    def test_nothing_is_said_of_a_new_seat_but_who_gave_it_and_when(self):
        seat = a_seat()

        assert (seat.created_at, seat.changed_at, seat.link_version) == (NOW, NOW, 0)
        assert (seat.cancelled_because, seat.is_from_contingent, seat.overridden_because) == ("", False, None)

    def test_why_a_prerequisite_was_set_aside_stays_with_the_seat(self):
        someone, why = new_id(NOW), "Sait déjà le faire"

        seat = bookings.book(new_id(NOW), new_id(NOW), new_id(NOW), by=someone, now=NOW, because=why)

        assert (seat.overridden_because, seat.booked_by) == (why, someone)

    def test_the_code_on_the_paper_is_that_of_this_place_only(self):
        one, other = a_seat(), a_seat()

        assert one.code == one.cancelled(Party.PERSON, "", LATER).code
        assert len(one.code) == 6 and one.code != other.code
