"""Where a person stands with his booking: one situation, one sentence, and what may still be done."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.domain import bookings
from booking.domain.bookings import Booking, Party
from booking.domain.errors import BookingEnded, NotAllowed, SessionFull
from booking.domain.identifiers import new_id
from booking.domain.sessions import Session
from booking.services.own_pages import OwnPage
from booking.web.pages import situations
from booking.web.pages.own_words import PROBLEMS, TITLES
from tests.given import NOW, an_agency, in_days
from tests.given_cases import a_case

LATER = NOW + timedelta(minutes=5)


def own(booking: Booking | None = None, session: Session | None = None, turn: int | None = None, **more) -> OwnPage:
    case = more.pop("case", None) or a_case(in_days(14), in_days(21))
    changed = replace(case, booking=booking or case.booking, session=session or case.session, **more)
    return OwnPage(case=changed, turn=turn)


def seat() -> Booking:
    return a_case().booking


def shown(page: OwnPage, now: datetime = NOW, language: str = "fr") -> dict:
    return situations.shown(page, situations.of(page, now), language, now)


def said(page: OwnPage, now: datetime = NOW, language: str = "fr") -> str:
    return shown(page, now, language)["said"].replace("\u202f", " ").replace("\u00a0", " ")


class TestSituations:
    def test_a_place_to_come_is_called_by_its_state(self):
        places = {
            "booked": seat(),
            "held": bookings.held(seat(), LATER),
            "waitlisted": bookings.waiting(seat()),
            "offered": bookings.waiting(seat()).promoted(NOW, until=LATER),
        }

        assert [situations.of(own(place), NOW) for place in places.values()] == list(places)

    def test_a_cancelled_session_is_called_off_whatever_became_of_the_place(self):
        case = a_case()
        off = case.session.cancelled("Panne", NOW)

        for booking in (case.booking, case.booking.cancelled(Party.SERVICE, "Panne", NOW)):
            assert situations.of(own(booking, off, case=case), NOW) == "called-off"

    def test_a_place_that_was_given_up_is_ended(self):
        assert situations.of(own(seat().cancelled(Party.PERSON, "", NOW)), NOW) == "ended"

    def test_after_the_last_meeting_it_is_over_and_a_cycle_cut_short_says_so(self):
        case = a_case(in_days(14), in_days(21))
        cut = case.session.called_off("Panne", (), in_days(15))

        assert situations.of(own(case=case), in_days(21, hour=2)) == "over"
        assert situations.of(own(session=cut, case=case), in_days(15)) == "cut-short"

    def test_every_situation_has_a_title(self):
        assert {"booked", "held", "waitlisted", "offered", "ended", "called-off", "cut-short", "over"} == TITLES.keys()


class TestSentences:
    def test_who_has_a_seat_is_expected(self):
        assert said(own()) == "Nous vous attendons."
        assert said(own(seat().coming(NOW))) == "Vous avez dit que vous venez. Merci."
        assert said(own(seat().wishing_other(NOW))).startswith("Vous voulez une autre date.")

    def test_who_waits_is_told_his_turn_where_there_is_one(self):
        waits = bookings.waiting(seat())

        assert "place 3 de la liste" in said(own(waits, turn=3))
        assert said(own(waits)).startswith("L’atelier est complet.")

    def test_who_asked_for_another_date_is_called_back_also_when_his_place_ended(self):
        waits = bookings.waiting(seat()).wishing_other(NOW)
        ended = seat().wishing_other(NOW).cancelled(Party.PERSON, "", NOW)

        assert said(own(waits)).endswith("Votre agence vous rappelle pour une autre date.")
        assert said(own(ended)).endswith("Votre agence vous rappelle pour une autre date.")

    def test_until_when_he_may_answer_is_said_by_the_clock_of_the_place(self):
        offer = bookings.waiting(seat()).promoted(NOW, until=in_days(1))

        assert "Répondez avant mardi 20 octobre, 10 h." in said(own(offer))
        assert "Répondez avant mardi 20 octobre, 12 h." in said(
            own(offer, agency=an_agency(time_zone="Indian/Reunion"))
        )

    @pytest.mark.parametrize(
        ("party", "sentence"),
        [
            (Party.PERSON, "Vous avez annulé cette place."),
            (Party.ADVISER, "La personne qui vous conseille a annulé cette place."),
            (Party.SERVICE, "L’agence a annulé cette place. Ce n’est pas à cause de vous."),
        ],
    )
    def test_who_ended_it_is_told_apart_and_what_somebody_wrote_is_not_shown(self, party, sentence):
        assert said(own(seat().cancelled(party, "Madame était impolie", NOW))) == sentence

    def test_what_the_clock_ended_is_said_as_such(self):
        over = bookings.waiting(seat()).cancelled(Party.SERVICE, bookings.SESSION_BEGAN, NOW)

        assert said(own(over)) == "Vous attendiez une place. Aucune ne s’est libérée."

    def test_the_page_says_the_same_in_english_and_arabic(self):
        sentences = {said(own(), language=language) for language in ("fr", "en", "ar")}

        assert len(sentences) == 3


class TestWhatMayBeDone:
    def test_a_place_stands_until_it_ends_or_the_rest_is_called_off(self):
        case = a_case()
        off = own(session=case.session.cancelled("Panne", NOW), case=case)

        assert shown(own())["stands"]
        assert not shown(off)["stands"]
        assert not shown(own(seat().cancelled(Party.PERSON, "", NOW)))["stands"]

    def test_only_who_gave_up_himself_takes_his_seat_back_and_only_for_a_while(self):
        by_himself, by_the_agency = (own(seat().cancelled(party, "", NOW)) for party in (Party.PERSON, Party.SERVICE))

        assert shown(by_himself, LATER)["may_restore"]
        assert not shown(by_himself, in_days(1))["may_restore"]
        assert not shown(by_the_agency, LATER)["may_restore"]

    def test_who_left_the_waitlist_has_no_seat_to_take_back(self):
        left = bookings.waiting(seat()).cancelled(Party.PERSON, "", NOW)
        given = bookings.waiting(seat()).promoted(NOW).cancelled(Party.PERSON, "", NOW)

        assert not situations.may_restore(left, LATER)
        assert situations.may_restore(given, LATER)

    def test_who_makes_up_for_a_meeting_does_not_move(self):
        assert shown(own())["may_move"]
        assert not shown(own(replace(seat(), only_meeting_id=new_id(NOW))))["may_move"]

    def test_the_own_agency_is_called_where_it_has_a_telephone(self):
        host, home = an_agency("Lyon", phone="04 78 00 00 00"), an_agency("Grenoble", phone="04 76 00 00 00")

        assert shown(own(agency=host, home=home))["phone"] == "04 76 00 00 00"
        assert shown(own(agency=host, home=replace(home, phone="")))["called"] == "Lyon"

    def test_rooms_are_named_once_each(self):
        case = a_case(in_days(14), in_days(21), in_days(28))
        room, other = new_id(NOW), new_id(NOW)
        meetings = tuple(
            replace(m, room_id=id) for m, id in zip(case.session.meetings, (room, room, other), strict=True)
        )
        case = replace(case, session=replace(case.session, meetings=meetings), rooms={room: "Vercors"})

        assert shown(own(case=case))["rooms"] == ["Vercors"]


def test_a_refusal_is_told_to_the_person_in_his_words():
    assert situations.problem(SessionFull()) == PROBLEMS[SessionFull]
    assert situations.problem(BookingEnded()) == "C’est déjà fait, ou c’est trop tard."
    assert situations.problem(NotAllowed()) == "Ce n’est plus possible. Appelez votre agence."
