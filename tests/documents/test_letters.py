"""A letter: what leaps to the eye, and the address in the window."""

import pytest

from booking.documents.letters import LONGEST_LINE, MOST_LINES, Part, address, blocks
from booking.documents.messages import words, words_in
from booking.domain.messages import MessageKind
from tests.given import NOW, in_days
from tests.given_cases import a_case, a_person

HOME = {"postcode": "38000", "commune": "Grenoble"}


def body(*starts):
    return words(MessageKind.CONFIRMATION, a_case(*starts), NOW).body


def test_place_and_date_stand_apart_from_the_sentences():
    facts = [dict(block.lines) for block in blocks(body()) if block.part is Part.FACTS]

    assert facts[0]["Atelier"] == "Premiers pas avec l’ordinateur"
    assert facts[0]["Date"].startswith("lundi 2 novembre 2026")
    assert {"Lieu", "Adresse"} <= facts[0].keys()


def test_the_dates_of_a_cycle_are_a_list():
    cycle = blocks(body(*(in_days(14 + n) for n in range(3))))

    (dates,) = [block.lines for block in cycle if block.part is Part.DATES]

    assert [said.split(" à ")[0] for _, said in dates] == [
        "lundi 2 novembre 2026",
        "mardi 3 novembre 2026",
        "mercredi 4 novembre 2026",
    ]


def test_nothing_of_the_text_is_lost():
    said = body()

    shown = " ".join(part for block in blocks(said) for line in block.lines for part in line)

    assert {word.rstrip(":") for word in said.split()} <= {word.rstrip(":") for word in shown.split()} | {""}


def test_a_question_is_a_sentence_even_with_a_colon():
    assert [block.part for block in blocks("Une question ? Appelez l’agence : 04 76 00 00 00.")] == [Part.SENTENCES]


def test_the_window_shows_capitals_without_punctuation():
    person = a_person(address="Appt. 12, escalier B, 8 rue d’Ampère", **HOME)

    assert address(person) == ["AWA DIALLO", "APPT 12", "ESCALIER B", "8 RUE D AMPÈRE", "38000 GRENOBLE"]


def test_the_window_has_room_for_six_lines_of_thirty_eight_signs():
    person = a_person(
        address=", ".join(f"bâtiment {n} de la très longue résidence des Allobroges" for n in range(9)), **HOME
    )

    lines = address(person)

    assert len(lines) == MOST_LINES and lines[-1] == "38000 GRENOBLE"
    assert max(map(len, lines)) <= LONGEST_LINE


def test_without_an_address_the_name_stands_alone():
    assert address(a_person()) == ["AWA DIALLO"]


@pytest.mark.parametrize(
    ("tongue", "labels"), [("en", {"Workshop", "Date", "Place"}), ("ar", {"الورشة", "التاريخ", "المكان"})]
)
def test_place_and_date_stand_apart_in_every_language(tongue, labels):
    said = words_in(tongue, MessageKind.CONFIRMATION, a_case(), NOW).body

    facts = [dict(block.lines) for block in blocks(said, tongue) if block.part is Part.FACTS]

    assert labels <= facts[0].keys()
    assert sum(len(one) for one in facts) <= 7
