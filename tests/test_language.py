"""The words of the screen."""

import re

import pytest

from booking.language import NAMES, catalogue, chosen, counting, translate, typeset


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Mot de passe oublié ?", "Mot de passe oublié\u202f?"),
        ("Créer « %(query)s »", "Créer «\u202f%(query)s\u202f»"),
        ("une date ; un lieu", "une date\u202f; un lieu"),
        ("jusqu’au %(day)s", "jusqu’au %(day)s"),
        ("https://exemple.fr", "https://exemple.fr"),
        ("70 % de réussite", "70\u202f% de réussite"),
    ],
)
def test_french_is_set_with_narrow_spaces(typed: str, set_: str):
    assert typeset(typed) == set_
    assert translate("fr")(typed) == set_


def test_an_unknown_language_is_french():
    assert chosen("de") == "fr"
    assert chosen(None, "en-GB,en;q=0.9") == "en"
    assert chosen("fr", "en") == "fr"


def test_nothing_is_one_in_french_and_many_in_english():
    said = {
        language: [counting(language)("place libre", "places libres", n) for n in (0, 1, 2)]
        for language in "fr en".split()
    }

    assert said["fr"] == ["place libre", "place libre", "places libres"]
    assert said["en"] == ["free seats", "free seat", "free seats"]


def test_english_comes_from_the_catalogue():
    assert translate("en")("Mot de passe") == "Password"


def test_a_sentence_without_english_is_shown_in_french():
    assert translate("en")("Personne n’a traduit ceci !") == "Personne n’a traduit ceci\u202f!"


@pytest.mark.parametrize(
    ("wish", "accepted", "language"),
    [
        ("en", "fr", "en"),
        ("EN", "", "fr"),
        ("", "", "fr"),
        (None, "de-DE, en;q=0.8, fr;q=0.5", "en"),
        (None, "FR-ca", "fr"),
        (None, "enm, *", "fr"),
        (None, "\x00;;;,,,", "fr"),
    ],
)
def test_the_wish_goes_before_what_the_browser_says_and_french_before_all_unknown(wish, accepted, language):
    assert chosen(wish, accepted) == language


def test_english_is_not_set_like_french():
    known = {french: english for french, english in catalogue("en").items() if english != french}

    assert known
    assert all(translate("en")(french) == english for french, english in known.items())


def test_every_placeholder_of_a_sentence_stands_in_its_translation():
    named = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

    wrong = [f for f, e in catalogue("en").items() if sorted(named.findall(f)) != sorted(named.findall(e))]

    assert not wrong


def test_french_has_no_catalogue_and_an_unknown_language_has_none_either():
    assert not catalogue("fr")
    assert not catalogue("xx")


def test_arabic_is_chosen_only_where_it_is_spoken():
    assert chosen("ar") == "fr" and chosen("ar", among=NAMES) == "ar"
    assert chosen(None, "ar-DZ, fr;q=0.5", NAMES) == "ar"
    assert translate("ar")("Je viens") == "سأحضر"
