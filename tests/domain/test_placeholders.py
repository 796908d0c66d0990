"""The names between braces: a closed list, filled in once, and what must not be missing."""

import pytest

from booking.domain.messages import INVITATIONS, MessageKind
from booking.domain.placeholders import allowed, fill, has_stray_brace, nearest, needed, used
from booking.domain.wordings import WordingForm

SMS, MAIL = WordingForm.SMS, WordingForm.MAIL
EDITABLE = [kind for kind in MessageKind if kind not in INVITATIONS]


def values(**said: str):
    return lambda name: said[name]


def test_a_name_is_filled_in_whatever_blanks_stand_around_it():
    assert fill("Le { date }, {lieu}.", values(date="mardi", lieu="Lyon")) == "Le mardi, Lyon."


def test_what_is_filled_in_is_not_read_again():
    assert fill("{atelier}", values(atelier="{code} {{ 7*7 }}")) == "{code} {{ 7*7 }}"


def test_a_line_of_which_nothing_is_left_goes_away():
    assert fill("Un\n{raison}\n\nDeux", values(raison="")) == "Un\n\nDeux"


@pytest.mark.parametrize(
    ("said", "is_stray"), [("{date}", False), ("{date", True), ("date}", True), ("{}{date}", False)]
)
def test_a_brace_alone_is_noticed(said, is_stray):
    assert has_stray_brace(said) is is_stray


def test_what_was_probably_meant_is_found():
    assert nearest("dte", allowed(MessageKind.REMINDER, SMS)) == "date"
    assert nearest("xyzq", allowed(MessageKind.REMINDER, SMS)) == ""


def test_the_names_of_a_text_are_read_in_their_order():
    assert used("{date} à {lieu}, {date}") == ["date", "lieu", "date"]


@pytest.mark.parametrize("form", WordingForm)
@pytest.mark.parametrize("kind", EDITABLE)
def test_what_is_needed_can_be_said(kind, form):
    known = set(allowed(kind, form))

    assert all(set(group) <= known for group in needed(kind, form))
    assert len(known) == len(allowed(kind, form))


@pytest.mark.parametrize("kind", EDITABLE)
def test_a_short_text_knows_no_name_of_a_person(kind):
    assert not {"prenom", "nom"} & set(allowed(kind, SMS))
    assert {"prenom", "nom"} <= set(allowed(kind, MAIL))
