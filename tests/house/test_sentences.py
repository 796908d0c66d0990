"""Whoever chose English reads English: every sentence of the screen is in the catalogue, and nothing else is."""

import re
from collections import Counter

from booking.language import ENGLISH, catalogue
from tests.house.sentences import (
    CATALOGUE,
    PLACEHOLDER,
    bare_words,
    contents,
    french_texts,
    is_paper,
    of_module,
    sentences,
    templates,
)
from tests.house.source import modules

AGAIN = "./dev words writes the catalogue again"
# Names, units, and fields of the interface, which are the same in both languages.
THE_SAME = {"Ateliers", "Google", "Atom", "JSON", "ics", "h", "min", "type", "title", "detail"}
# What both languages write alike; whatever else is the same in both has been forgotten.
ALIKE = set(
    """absence absences absent actions api association catalogue code confirmation csv cycles date dates description
    distance document e excel export installation journal labels latitude longitude mail menu message messages minimum
    minutes page pages pdf phase points possible programme programmes question questionnaire questions secret service
    services session sessions sms source suggestions transport type version versions xlsx zip zone a b c
    barthélemy et f france guadeloupe m martinique mayotte orange pierre st thunderbird wallis""".split()
)
# Names of months are chosen by the language, not looked up; files of figures are French, as papers are.
NOT_SENTENCES = {"booking/web/moments.py", "booking/web/pages/statistic_files.py"}


def test_there_is_something_to_translate():
    assert len(sentences()) > 300


def test_every_sentence_has_its_english():
    assert not sentences() - catalogue(ENGLISH).keys(), AGAIN


def test_no_english_is_left_over():
    assert not catalogue(ENGLISH).keys() - sentences(), AGAIN


def test_the_catalogue_is_as_the_command_writes_it():
    assert CATALOGUE.read_text() == contents(), AGAIN


def test_the_english_has_the_placeholders_of_the_french():
    assert not {
        french: english
        for french, english in catalogue(ENGLISH).items()
        if Counter(PLACEHOLDER.findall(french)) != Counter(PLACEHOLDER.findall(english))
    }


def test_nothing_is_the_same_in_both_languages_by_mistake():
    same = {french for french, english in catalogue(ENGLISH).items() if french == english}

    assert not {said for said in same if not words_of(said) <= ALIKE}


def test_a_word_is_for_everybody_without_a_sign_in_the_middle():
    assert not {said for said in sentences() if re.search(r"\w·\w|\w\(e\)", said)}


def words_of(sentence: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", PLACEHOLDER.sub("", sentence).lower()))


def test_a_page_says_nothing_outside_the_translation():
    bare = {path.name: bare_words(path) - THE_SAME for path in templates() if not is_paper(path)}

    assert not {name: words for name, words in bare.items() if words}


def test_python_says_no_french_that_nobody_translates():
    said = {str(module): french_texts(module) - set(of_module(module)) for module in modules("booking/web")}

    assert not {place: texts for place, texts in said.items() if texts and place not in NOT_SENTENCES}
