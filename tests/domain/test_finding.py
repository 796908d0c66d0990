"""How people are found: the signs under which they are kept, and what a search asks for."""

import pytest

from booking.domain.finding import signs_of, sought
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from tests.given import NOW


def person(**known: object) -> JobSeeker:
    usual = {"id": new_id(NOW), "agency_id": new_id(NOW), "first_name": "Anne-Marie", "last_name": "D’Angelo"}
    return JobSeeker(**(usual | known), created_at=NOW, changed_at=NOW)  # type: ignore[arg-type]


def test_somebody_is_kept_under_every_word_the_number_from_its_end_and_the_mail():
    known = person(identifier="77A12", phone="+33639980001", email="Anne@Example.fr")

    assert signs_of(known) == {"d", "angelo", "anne", "marie", "77a12", "+10008993633", "@anne@example.fr"}


@pytest.mark.parametrize("said", ["00 01", "0001", "98.00.01", "39-98-00-01", "98\u202f00\u202f01"])
def test_the_last_figures_of_a_number_are_the_beginning_of_its_sign(said: str):
    [sign] = [sign for sign in signs_of(person(phone="+33639980001")) if sign.startswith("+")]

    assert sign.startswith(sought(said).sign or "?")


@pytest.mark.parametrize(
    ("said", "number"),
    [("98 00 01", "+687980001"), ("+33 6 39 98 00 01", "+33639980001"), ("6 39 98 00 01", "+33639980001")],
)
def test_figures_that_end_a_whole_number_find_whoever_has_a_longer_one_too(said: str, number: str):
    found = [sign for sign in signs_of(person(phone="+33639980001")) if sign.startswith("+")]

    assert found[0].startswith(sought(said, number).sign or "?")


@pytest.mark.parametrize("said", ["001", "Marie", "12 rue", "77A12", "", "²²²²", "٠٠٠١", "００01"])
def test_what_is_no_number_asks_for_none(said: str):
    assert sought(said).sign is None


def test_a_whole_number_a_mail_and_a_code_are_recognised():
    assert sought("06 39 98 00 01", "+33639980001").sign == "+10008993633"
    assert sought("Anne@Example.fr").sign == "@anne@example.fr"
    assert sought("k7 m4 p2").code == "K7M4P2"


def test_nobody_is_meant_by_signs_that_say_nothing():
    assert [sought(said).is_nothing for said in ("", " ", "%", "---", "\ud800")] == [True] * 5


def test_a_page_pasted_by_mistake_asks_for_a_few_words():
    assert sought("un deux trois quatre cinq six sept huit neuf dix").words[-1] == "huit"
