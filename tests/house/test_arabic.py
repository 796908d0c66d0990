"""Whoever reads Arabic reads the whole of his own page: every sentence of it, and nothing left over."""

import re
from collections import Counter
from collections.abc import Collection

from booking.language import ARABIC, catalogue
from booking.web.rendering import TEMPLATES
from tests.house.sentences import PLACEHOLDER, of_module, of_template
from tests.house.source import ROOT, Module

ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LATIN_LETTER = re.compile(r"[A-Za-zÀ-ÿ]")
NEITHER_DIGITS_NOR_MARKS_OF_THE_EAST = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")


def of_the_page() -> set[str]:
    """What the templates of these pages say, and what Python tells them to say."""
    said = {one for path in (TEMPLATES / "person").rglob("*.html") for one in of_template(path)}
    return said | set(of_module(Module(ROOT / "booking/web/pages/own_words.py")))


def without(pattern: re.Pattern[str], sentences: Collection[str]) -> set[str]:
    return {said for said in sentences if not pattern.search(PLACEHOLDER.sub("", said))}


def test_every_sentence_has_its_arabic_and_nothing_is_left_over():
    assert len(of_the_page()) > 50
    assert catalogue(ARABIC).keys() == of_the_page()


def test_the_arabic_is_arabic_with_the_digits_of_its_west():
    said = {arabic for french, arabic in catalogue(ARABIC).items() if french.strip(" :")}

    assert not without(ARABIC_LETTER, said)
    assert without(LATIN_LETTER, said) == said
    assert without(NEITHER_DIGITS_NOR_MARKS_OF_THE_EAST, said) == said


def test_the_arabic_has_the_placeholders_of_the_french():
    assert not {
        french: arabic
        for french, arabic in catalogue(ARABIC).items()
        if Counter(PLACEHOLDER.findall(french)) != Counter(PLACEHOLDER.findall(arabic))
    }


def test_what_a_question_ends_with_is_that_of_arabic():
    assert not [said for said in catalogue(ARABIC).values() if "?" in said or "," in said or ";" in said]
