import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.lines import address, clean, escape, fold, text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Salle 2 \n", "Salle 2"),
        ("Salle\x00 \x1b2\x7f\x85", "Salle 2"),
        ("une\r\ndeux\rtrois\u2028quatre\vcinq", "une\ndeux\ntrois\nquatre\ncinq"),
        ("à\tla carte", "à la carte"),
        ("\ud83d seul", "seul"),
    ],
)
def test_a_text_loses_control_characters_and_outer_blanks(written, read):
    assert clean(written) == read


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("lire, écrire; compter", r"lire\, écrire\; compter"),
        ("une\ndeux", r"une\ndeux"),
        (r"C:\Nouveau", r"C:\\Nouveau"),
        (r"C:\nouveau", r"C:\\nouveau"),
        ("09:30", "09:30"),
    ],
)
def test_a_text_escapes_backslash_semicolon_comma_and_newline(said, value):
    assert escape(said) == value


@given(st.text(min_size=60))
def test_a_line_is_folded_at_75_octets_between_characters(words):
    line = f"SUMMARY:{escape(words)}"

    pieces = fold(line).split("\r\n")

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@pytest.mark.parametrize("letter", ["a", "é", "€", "🖥"])
@pytest.mark.parametrize("before", range(4))
def test_a_folded_line_uses_all_the_room_it_has(letter, before):
    pieces = fold("x" * before + letter * 200).split("\r\n")

    wasted = {75 - len(piece.encode()) for piece in pieces[:-1]}

    assert wasted <= set(range(len(letter.encode())))


def test_a_line_of_75_octets_is_not_folded():
    assert fold("é" * 37 + "x") == "é" * 37 + "x"


def test_a_property_without_a_value_is_left_out():
    assert text("LOCATION", " \n ") == ""
    assert text("CATEGORIES", "", "débutant", " ") == "CATEGORIES:débutant\r\n"


def test_an_address_cannot_smuggle_in_a_second_line():
    assert address("URL", "https://a.example/x\r\nATTENDEE:y\u2028z") == "URL:https://a.example/xATTENDEE:yz\r\n"
