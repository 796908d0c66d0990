"""A place in a session, from the first word to the last."""

import pytest

from booking.domain.bookings import Booking, BookingState, Party, book, waiting
from booking.domain.errors import BookingEnded
from booking.domain.identifiers import new_id
from tests.given import NOW, in_days


def a_booking() -> Booking:
    return book(new_id(NOW), new_id(NOW), new_id(NOW), by=new_id(NOW), now=NOW)


def test_a_new_booking_is_a_seat():
    booking = a_booking()

    assert (booking.state, booking.sequence, booking.is_active) == (BookingState.BOOKED, 0, True)
    assert booking.waiting_since is None


def test_a_place_on_the_waitlist_remembers_since_when():
    place = waiting(a_booking())

    assert (place.state, place.waiting_since) == (BookingState.WAITLISTED, NOW)


def test_who_is_given_a_seat_keeps_the_time_he_waited():
    given = waiting(a_booking()).promoted(in_days(1))

    assert (given.state, given.sequence) == (BookingState.BOOKED, 1)
    assert (given.waiting_since, given.changed_at) == (NOW, in_days(1))


@pytest.mark.parametrize("party", Party)
def test_a_cancelled_booking_says_who_ended_it_and_why(party):
    ended = a_booking().cancelled(party, "Travail trouvé", in_days(1))

    assert (ended.cancelled_by, ended.cancelled_because) == (party, "Travail trouvé")
    assert (ended.sequence, ended.is_active) == (1, False)


def test_a_booking_ends_once():
    ended = a_booking().cancelled(Party.PERSON, "", NOW)

    with pytest.raises(BookingEnded) as refused:
        ended.cancelled(Party.SERVICE, "", NOW)

    assert refused.value.facts["booking_id"] == ended.id


def test_who_waits_or_has_ended_takes_no_seat_from_anybody():
    with_seat = {state for state in BookingState if state.has_seat}

    assert with_seat == {BookingState.HELD, BookingState.BOOKED, BookingState.OFFERED}
