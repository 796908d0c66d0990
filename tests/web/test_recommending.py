"""Which seat is recommended to a person, and why; and which seats he cannot take."""

from dataclasses import replace
from datetime import datetime

import pytest

from booking.domain import bookings
from booking.domain.bookings import Booking
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker, Need
from booking.domain.sessions import Session, SessionState
from booking.domain.workshops import Level, Workshop
from booking.storage.listings import BookingListed, Listed
from booking.storage.narrowing import NOT_NARROWED, Half, Narrowed
from booking.web.pages.fits import recommend, recommend_again
from booking.web.pages.rows import Row, already_in, clash_of
from tests.given import HOUR, NOW, a_workshop, in_days
from tests.given_cases import a_booking, a_person, a_session

BEGINNERS, ADVANCED = a_workshop("Premiers pas"), a_workshop("Tableur", level=Level.ADVANCED)
CATALOGUE = (BEGINNERS, ADVANCED)
AWA = a_person()


def a_row(day: float = 7, workshop: Workshop = BEGINNERS, *, languages: tuple[str, ...] = (), **known: object) -> Row:
    taken = known.pop("taken", 0)
    session = a_session(in_days(day), workshop_id=workshop.id, taken=taken, languages=languages)
    about = {"agency_name": "Grenoble", "agency_slug": "grenoble", "time_zone": "Europe/Paris", "rooms": {}}
    listed = Listed(session=session, workshop_title=workshop.title, **about)
    return Row(listed=listed, now=NOW, **({"km": 50.0} | known))


def best(*rows: Row, person: JobSeeker = AWA, asked: Narrowed = NOT_NARROWED) -> list[int]:
    recommend(rows, person, CATALOGUE, asked)
    return [n for n, row in enumerate(rows) if row.is_best]


def reasons(row: Row, person: JobSeeker = AWA, asked: Narrowed = NOT_NARROWED) -> list[str]:
    recommend([row], person, CATALOGUE, asked)
    return list(row.reasons)


class TestTheBestSeat:
    def test_of_seats_alike_the_first_is_recommended_whatever_their_order(self):
        assert best(a_row(9), a_row(7), a_row(8)) == [1]

    def test_the_own_agency_comes_before_an_earlier_day_far_away(self):
        assert best(a_row(7), a_row(9, is_own_agency=True)) == [1]

    def test_what_the_person_needs_comes_before_what_is_near(self):
        deaf = replace(AWA, needs=frozenset({Need.HEARS_LITTLE}))

        assert best(a_row(7, is_own_agency=True), a_row(9, has_loop=True), person=deaf) == [1]

    def test_somebody_who_speaks_his_language_comes_before_what_is_near(self):
        assert best(a_row(7, km=1.0), a_row(9, languages=("ar",)), person=replace(AWA, language="ar")) == [1]

    def test_half_of_the_day_that_was_asked_for_decides_nothing(self):
        asked = Narrowed(half=Half.MORNING)

        assert best(a_row(9), a_row(7, km=1.0), asked=asked) == [1]

    def test_where_nothing_suits_nothing_is_recommended(self):
        full = a_row(taken=8)

        assert best(full) == []
        assert full.reasons == ()

    def test_a_seat_kept_for_the_own_agency_is_a_free_one(self):
        kept = a_row(taken=8, own_kept=1)

        assert (best(kept), kept.free) == ([0], 1)


class TestWhatCannotSuit:
    def test_what_is_full_his_already_at_the_same_time_or_beyond_him_is_not_recommended(self):
        place = listed_place(a_session())
        mine, clash, lacking = a_row(mine=place.booking), a_row(clash=place), a_row(is_lacking=True)

        assert best(a_row(taken=8), mine, clash, lacking, a_row(30)) == [4]

    def test_who_never_used_a_computer_is_sent_to_beginners(self):
        never = replace(AWA, needs=frozenset({Need.NEVER_USED_COMPUTER}))

        assert best(a_row(7, ADVANCED), a_row(9), person=never) == [1]
        assert best(a_row(7, ADVANCED), person=never) == []

    def test_a_workshop_that_left_the_catalogue_is_not_called_too_hard(self):
        never = replace(AWA, needs=frozenset({Need.NEVER_USED_COMPUTER}))

        assert best(a_row(7, a_workshop("Ancien")), person=never) == [0]

    def test_who_needs_a_way_in_without_steps_is_sent_where_there_is_one(self):
        wheels = replace(AWA, needs=frozenset({Need.ACCESSIBLE_PLACE}))

        assert best(a_row(7), a_row(9, is_step_free=True), person=wheels) == [1]
        assert best(a_row(7), person=wheels) == []


class TestWhy:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"is_own_agency": True}, ["own", "first"]),
            ({"km": 4.9}, ["near", "first"]),
            ({"km": 5.0}, ["first"]),
        ],
    )
    def test_what_is_near_is_said_once(self, row, said):
        assert reasons(a_row(**row)) == said

    def test_needs_are_named_in_their_order(self):
        person = replace(AWA, needs=frozenset(Need), language="ar")
        row = a_row(is_step_free=True, has_loop=True, languages=("ar", "tr"), is_own_agency=True)

        assert reasons(row, person, Narrowed(half=Half.AFTERNOON)) == [
            *("beginner", "step-free", "loop", "language", "afternoon", "own", "first"),
        ]

    def test_what_nobody_needs_is_not_said(self):
        assert reasons(a_row(is_step_free=True, has_loop=True, languages=("ar",))) == ["first"]

    def test_only_the_first_seat_that_suits_is_called_the_first(self):
        first, nearer = a_row(7), a_row(9, km=1.0)

        recommend([first, nearer], AWA, CATALOGUE, NOT_NARROWED)

        assert (list(first.reasons), list(nearer.reasons)) == ([], ["near"])

    def test_a_row_shown_anew_is_the_first_only_if_the_page_knows_it_to_be(self):
        row = a_row(km=1.0)

        recommend_again(row, AWA, CATALOGUE, NOT_NARROWED, is_first=False)
        assert (row.is_best, row.reasons) == (True, ["near"])

        recommend_again(row, AWA, CATALOGUE, NOT_NARROWED, is_first=True)
        assert row.reasons == ["near", "first"]


def listed_place(session: Session, booking: Booking | None = None) -> BookingListed:
    about = {"workshop_title": "Premiers pas", "agency_name": "Grenoble", "time_zone": "Europe/Paris"}
    return BookingListed(booking=booking or a_booking(session), session=session, **about)


class TestClashes:
    def clash(self, place: BookingListed, *starts: datetime, now: datetime = NOW) -> bool:
        return clash_of(a_session(*starts), [place], now) is not None

    def test_two_meetings_at_one_time_cannot_be_attended_by_one_person(self):
        place = listed_place(a_session(in_days(1), in_days(8)))

        assert self.clash(place, in_days(8, hour=1))
        assert not self.clash(place, in_days(8, hour=2))
        assert not self.clash(place, in_days(8) - 2 * HOUR)

    def test_who_waits_is_kept_from_nothing(self):
        session = a_session(in_days(1))

        assert not self.clash(listed_place(session, bookings.waiting(a_booking(session))), in_days(1))
        assert self.clash(listed_place(session, bookings.held(a_booking(session), in_days(0.5))), in_days(1))

    def test_who_makes_up_is_kept_by_that_meeting_only(self):
        session = a_session(in_days(1), in_days(8))
        once = replace(a_booking(session), only_meeting_id=session.meetings[1].id)

        assert not self.clash(listed_place(session, once), in_days(1))
        assert self.clash(listed_place(session, once), in_days(8))

    def test_what_has_begun_keeps_nobody(self):
        place = listed_place(a_session(in_days(1)))

        assert not self.clash(place, in_days(1), in_days(9), now=in_days(1))

    def test_his_own_place_in_the_session_is_no_clash(self):
        session = a_session(in_days(1))

        assert clash_of(session, [listed_place(session)], NOW) is None


class TestASecondSeatInOneWorkshop:
    def test_a_seat_to_come_in_the_same_workshop_is_pointed_out(self):
        workshop = new_id(NOW)
        place = listed_place(a_session(in_days(3), workshop_id=workshop))
        other = a_session(in_days(9), workshop_id=workshop)

        assert already_in(other, [place], NOW) is place
        assert already_in(other, [place], in_days(4)) is None
        assert already_in(place.session, [place], NOW) is None
        assert already_in(a_session(in_days(9)), [place], NOW) is None

    def test_who_waits_makes_up_or_was_called_off_has_none(self):
        workshop = new_id(NOW)
        session = a_session(in_days(3), workshop_id=workshop)
        waits = bookings.waiting(a_booking(session))
        once = replace(a_booking(session), makes_up_id=new_id(NOW))
        off = replace(session, state=SessionState.CANCELLED)
        places = [listed_place(session, waits), listed_place(session, once), listed_place(off)]

        assert already_in(a_session(in_days(9), workshop_id=workshop), places, NOW) is None


class TestWhichMeetingOneComesTo:
    def test_who_joins_a_cycle_late_sees_the_day_of_his_first_meeting(self):
        cycle = a_session(in_days(-1), in_days(6))
        row = a_row()
        row.listed = replace(row.listed, session=cycle)

        assert row.joined is cycle.meetings[1]
        assert row.day == in_days(6).date()

    def test_what_is_over_is_shown_by_its_last_meeting(self):
        over = a_session(in_days(-8), in_days(-1))
        row = a_row()
        row.listed = replace(row.listed, session=over)

        assert row.joined is over.meetings[1]
