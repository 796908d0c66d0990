"""Names of agencies: which two are one, and what stands in their public address."""

import pytest

from booking.domain.agency_names import LONGEST_SLUG, likeness, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pôle emploi d'Évrebourg", "Agence Pôle emploi EVREBOURG"),
        ("Pôle emploi du Puy-en-Val", "France Travail LE PUY EN VAL"),
        ("Relais de St-Éloy", "Agence de SAINT ELOY"),
    ],
)
def test_one_agency_is_known_under_two_names(one: str, other: str) -> None:
    assert likeness(one, "38") == likeness(other, "38")


def test_the_two_halves_of_corsica_were_one_department() -> None:
    assert likeness("Agence Cap", "2A") == likeness("Pôle emploi du Cap", "20")


def test_a_name_of_shared_words_only_is_like_no_other() -> None:
    assert likeness("Agence Pôle emploi", "38") is None


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Pôle emploi de La Rochette - Nord", "la-rochette-nord"),
        ("Agence France Travail d'Œuvreville", "oeuvreville"),
        ("Pôle emploi", "agence"),
    ],
)
def test_a_public_address_is_made_of_what_is_its_own(name: str, plain: str) -> None:
    assert slug(name, "38", set()) == plain


def test_a_taken_address_takes_the_department_then_a_number() -> None:
    assert slug("Grandval", "2A", {"grandval"}) == "grandval-2a"
    assert slug("Grandval", "2A", {"grandval", "grandval-2a", "grandval-2a-2"}) == "grandval-2a-3"


def test_a_thousand_agencies_of_one_name_have_a_thousand_addresses() -> None:
    taken: set[str] = set()

    for _ in range(1000):
        taken.add(slug("Grandval", "38", taken))

    assert len(taken) == 1000 and "grandval-38-999" in taken


def test_a_public_address_has_an_end() -> None:
    assert len(slug("Val " * 40, "38", set())) <= LONGEST_SLUG
