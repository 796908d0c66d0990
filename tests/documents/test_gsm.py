"""The alphabet of short messages, and what they cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.documents.gsm import BASIC, EXTENDED, characters, fold, segments


def test_the_alphabet_has_its_128_signs_but_the_escape():
    assert (len(BASIC), len(EXTENDED)) == (127, 10)
    assert set("éèàùìòñüäöÄÖÜÉÇ") < BASIC and not set("êç’«»…œ\u00a0\u202f") & BASIC


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("Déjà à l’été", "Déjà à l'été"),
        ("Êtes-vous là ?", "Etes-vous là ?"),
        ("« Cœur »\u00a0: ça… 9\u202fh", '" Coeur " : ca... 9 h'),
        ("Ateliers – numériques", "Ateliers - numériques"),
        ("Ève ÇA À Łódź Nguyễn Güneş", "Eve ÇA A Lódz Nguyen Günes".replace("ó", "o")),
        ("25 € [ok]", "25 € [ok]"),
        ("e\u0301te\u0301", "été"),
        ("a\nb\tc\u200b\x00", "a b c"),
        ("ورشة 中文 🙂", ""),
        ("ﬁn ½", "fin 12"),
    ],
)
def test_what_the_alphabet_lacks_is_said_otherwise(said, folded):
    assert fold(said) == folded


@given(st.text())
def test_what_is_folded_is_of_the_alphabet_and_stays_so(said):
    once = fold(said)

    assert set(once) <= BASIC | EXTENDED
    assert fold(once) == once


@pytest.mark.parametrize(
    ("said", "counted", "sent_as"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("ê" * 70, 70, 1),
        ("ê" * 71, 71, 2),
        ("ê" * 134, 134, 2),
        ("ê" * 135, 135, 3),
        ("🙂" * 35, 70, 1),
        ("🙂" * 36, 72, 2),
        # The 153rd place takes no half of a sign of two.
        ("a" * 152 + "€" + "a" * 152, 306, 3),
        ("a" * 151 + "€" + "a" * 153, 306, 2),
        ("🙂" * 67, 134, 3),
    ],
)
def test_a_text_is_counted_as_it_is_sent(said, counted, sent_as):
    assert (characters(said), segments(said)) == (counted, sent_as)
