"""Which of two places is the better, and what an entry takes over from another."""

from dataclasses import replace

from booking.domain import bookings as rules
from booking.domain.bookings import Booking, BookingState
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.merging import doubles, emptied, fields, filled
from tests.given import NOW, in_days

SESSION, AGENCY, STAFF = (new_id(NOW) for _ in range(3))


def place(state: BookingState = BookingState.BOOKED, days: float = 0, session=SESSION) -> Booking:
    made = rules.book(session, new_id(NOW), AGENCY, by=STAFF, now=in_days(days))
    if state is BookingState.WAITLISTED:
        return rules.waiting(made)
    return replace(made, state=state)


def person(**known: object) -> JobSeeker:
    usual = {"id": new_id(NOW), "agency_id": AGENCY, "first_name": "Awa", "last_name": "Sow"}
    return JobSeeker(**(usual | known), created_at=NOW, changed_at=NOW)  # type: ignore[arg-type]


def test_a_seat_is_better_than_an_offer_and_an_offer_than_a_place_on_the_list():
    waits, offered = place(BookingState.WAITLISTED), place(BookingState.OFFERED, 1)
    held, seat = place(BookingState.HELD, 2), place(days=3)

    assert doubles([waits, seat]) == doubles([seat, waits]) == [(seat, waits)]
    assert doubles([offered, held]) == [(held, offered)]
    assert doubles([waits, offered]) == [(offered, waits)]


def test_of_two_alike_the_earlier_stays_and_a_reason_comes_before_time():
    first, second = place(), place(days=1)
    patient, urgent = place(BookingState.WAITLISTED), rules.waiting(place(days=1), "Entretien demain")

    assert doubles([second, first]) == [(first, second)]
    assert doubles([patient, urgent]) == [(urgent, patient)]


def test_places_in_different_sessions_are_no_doubles():
    assert doubles([place(), place(session=new_id(NOW))]) == []


def test_what_is_known_stays_and_what_is_unknown_is_taken():
    kept = person(phone="+33476000000", needs=frozenset({Need.HEARS_LITTLE}))
    gone = person(phone="+33639980001", phone_takes_sms=True, birth_year=1984, needs=frozenset({Need.READS_LITTLE}))

    after = filled(kept, gone, in_days(1))

    assert (after.phone, after.phone_takes_sms, after.birth_year) == ("+33476000000", False, 1984)
    assert after.needs == {Need.HEARS_LITTLE, Need.READS_LITTLE}
    assert (after.version, after.changed_at) == (1, in_days(1))


def test_the_preview_says_what_is_taken_and_what_is_known_no_more():
    told = {one.name: one for one in fields(person(email="a@b.fr"), person(email="c@d.fr", language="ar"), NOW)}

    assert (told["language"].is_taken, told["email"].is_taken, told["email"].lost) == (True, False, "c@d.fr")
    assert "phone" not in told


def test_of_who_is_gone_nothing_stays_but_where_he_leads():
    kept, gone = person(), person(identifier="A1", phone="+33639980001", needs=frozenset(Need), language="ar")

    left = emptied(gone, kept, NOW)

    assert (left.id, left.merged_into, left.version) == (gone.id, kept.id, 1)
    assert not any((left.first_name, left.last_name, left.identifier, left.phone, left.needs, left.language))


def test_an_address_is_taken_whole_or_not_at_all():
    other = person(address="1 rue des Alpes", postcode="38000", commune="Grenoble")

    assert filled(person(), other, NOW).postcode == "38000"
    assert (filled(person(commune="Lyon"), other, NOW).address, filled(person(commune="Lyon"), other, NOW).commune) == (
        "",
        "Lyon",
    )


def test_an_identifier_and_a_wish_are_taken_where_there_was_none():
    after = filled(person(), person(identifier="1234567A", preferred=Channel.CALL), NOW)

    assert (after.identifier, after.preferred) == ("1234567A", Channel.CALL)


def test_the_preview_names_every_field_once_and_what_is_lost_only_where_it_differs():
    kept, gone = person(phone="+33476000000", last_name="Sow"), person(phone="+33476000000", last_name="Sao")

    told = {one.name: one for one in fields(kept, gone, NOW)}

    assert (told["phone"].lost, told["last_name"].lost) == (None, "Sao")
    assert "phone_takes_sms" not in told and "needs" not in told


def test_needs_of_the_other_are_taken_and_said_so():
    kept, gone = person(needs=frozenset({Need.READS_LITTLE})), person(needs=frozenset({Need.HEARS_LITTLE}))

    taken = {one.name: one for one in fields(kept, gone, NOW)}["needs"]
    same = {one.name: one for one in fields(kept, kept, NOW)}["needs"]

    assert (taken.value, taken.is_taken) == ([Need.HEARS_LITTLE, Need.READS_LITTLE], True)
    assert not same.is_taken


def test_who_has_waited_longer_stays_whenever_his_seat_was_given():
    early = replace(place(days=5), waiting_since=in_days(0))
    late = place(days=1)

    assert doubles([late, early]) == [(early, late)]
