"""Who looks alike: the same name however it is written, one letter apart, or the same ways of being reached."""

import pytest

from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.likeness import Likeness, alike, is_one_slip, pairs, traits
from tests.given import NOW


def person(last: str = "Lefèvre", first: str = "Amélie", **known: object) -> JobSeeker:
    usual = {"id": new_id(NOW), "agency_id": new_id(NOW), "first_name": first, "last_name": last}
    return JobSeeker(**(usual | known), created_at=NOW, changed_at=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (person("LEFEVRE", "amelie"), Likeness.NAME),
        (person("Amelie", "Lefèvre"), Likeness.SWAPPED),
        (person("Lefevr", "Amélie"), Likeness.ONE_LETTER),
        (person("Lefèbre", "Amélie"), Likeness.ONE_LETTER),
        (person("Lefèvre", "Améleie"), Likeness.ONE_LETTER),
        (person("Lefèvre", "Amléie"), Likeness.ONE_LETTER),
        (person("Amélie", "Lefevres"), Likeness.ONE_LETTER),
        (person("Le Fèvre", "Amélie"), Likeness.NAME),
        (person("Lefebre", "Amélia"), None),
        (person("Martin", "Amélie"), None),
        (person("Lefèvre", "Jean"), None),
    ],
)
def test_a_name_may_be_the_same_in_many_ways(other: JobSeeker, why: Likeness | None):
    assert alike(person(), other) == alike(other, person()) == why


def test_the_same_identifier_phone_or_mail_may_be_the_same_person():
    one = person(identifier="A1", phone="+33639980001", email="a@example.fr")

    assert alike(one, person("Sow", "Awa", identifier="A1")) is Likeness.IDENTIFIER
    assert alike(one, person("Sow", "Awa", phone="+33639980001")) is Likeness.PHONE
    assert alike(one, person("Sow", "Awa", email="A@example.fr")) is Likeness.EMAIL
    assert alike(person("Sow", "Awa"), person("Ba", "Issa")) is None


def test_another_year_of_birth_speaks_against_a_name_that_is_nearly_the_same():
    near, same = person("Lefevr", birth_year=1990), person(birth_year=1990)

    assert alike(person(birth_year=1960), near) is None
    assert alike(person(), near) is Likeness.ONE_LETTER
    assert alike(person(birth_year=1960), same) is Likeness.NAME


def test_two_identifiers_and_two_years_of_birth_are_two_people_of_one_name():
    one = person(birth_year=1960, identifier="A1")

    assert alike(one, person(birth_year=1990, identifier="A2")) is None
    assert alike(one, person("Amélie", "Lefèvre", birth_year=1990, identifier="A2")) is None
    assert alike(one, person(birth_year=1960, identifier="A2")) is Likeness.NAME


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        *(("ana", other, True) for other in ("anna", "an", "aná", "naa", "ama")),
        *(("ana", other, False) for other in ("ana", "anaïs", "naan", "a")),
        *(("abcd", other, False) for other in ("cbad", "badc", "dbca")),
        ("", "a", True),
    ],
)
def test_one_slip_is_a_letter_more_less_wrong_or_in_the_wrong_place(one: str, other: str, is_slip: bool):
    assert is_one_slip(one, other) == is_one_slip(other, one) == is_slip


def test_who_is_alike_shares_a_trait_so_that_no_pair_is_missed():
    words = ["lefevre", "lefevr", "lfeevre", "lefevree", "amelie", "amelia", "amlie"]
    people = [person(last, first) for last in words for first in words]

    for one in people:
        for other in people:
            if alike(one, other):
                assert traits(one) & traits(other), (one.name, other.name)


def test_pairs_come_once_the_surest_first():
    swapped, near = person("Amelie", "Lefevre"), person("Lefevr")
    known = [near, person("Sow", "Awa"), swapped, person()]

    assert [why for _, _, why in pairs(known)] == [Likeness.SWAPPED, Likeness.ONE_LETTER, Likeness.ONE_LETTER]


def test_a_number_that_very_many_share_makes_nobody_alike():
    hostel = [person(f"Nom{n}x{n}", f"Prenom{n * n}", phone="+33476000000") for n in range(30)]

    assert pairs(hostel) == []
