"""Whoever reads Arabic reads the whole of his own page and of the public ones: each sentence, nothing left over."""

import re
from collections import Counter
from collections.abc import Collection

from booking.language import ARABIC, catalogue
from booking.web.templating import TEMPLATES
from tests.house.sentences import PLACEHOLDER, of_module, of_template
from tests.house.source import ROOT, Module

ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LATIN_LETTER = re.compile(r"[A-Za-zÀ-ÿ]")
NEITHER_DIGITS_NOR_MARKS_OF_THE_EAST = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")


# What stands around the public pages; the rest of these files is for staff, who read no Arabic here.
AROUND = {
    "base.html": {
        "Aller au contenu",
        "Navigation principale",
        "Agendas des agences",
        "Connexion",
        "Aide sur cette page",
        "Accessibilité : non conforme",
    },
    "macros.html": {
        "Langue",
        "Inscriptions du %(first)s au %(last)s",
        "Inscriptions jusqu’au %(last)s",
        "Inscriptions closes",
    },
}


def of_the_page() -> set[str]:
    """What the templates of these pages say, and what Python tells them to say."""
    pages = [
        *(TEMPLATES / "person").rglob("*.html"),
        *(TEMPLATES / "agencies" / f"{one}.html" for one in ("list", "show")),
    ]
    said = {one for path in pages for one in of_template(path)}
    around = {one for said in AROUND.values() for one in said}
    return said | around | set(of_module(Module(ROOT / "booking/web/pages/own_words.py")))


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
