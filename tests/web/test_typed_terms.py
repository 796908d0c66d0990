"""Terms of booking as somebody types them: those of the workshop, or own ones, and nothing corrected in silence."""

import pytest

from booking.domain.errors import InvalidField
from booking.domain.terms import Conditions, Terms
from booking.web.forms import Form
from booking.web.pages import session_terms
from booking.web.pages.session_terms import TypedTerms
from tests.given import a_workshop
from tests.given_cases import a_session

OWN = {"own_terms": "1", "window_days": "30", "cutoff_hours": "24", "join_until": "2"}


def form(**said: str) -> Form:
    return Form(list(said.items()))


def test_without_own_terms_those_of_the_workshop_hold_whatever_is_typed():
    sent = form(window_days="x", cutoff_hours="", join_until="0")

    assert session_terms.read(sent) == Conditions()
    assert sent.problems.found == {}


def test_own_terms_are_read():
    assert session_terms.read(form(**OWN)).terms == Terms(window_days=30, cutoff_hours=24, join_until=2)


def test_an_empty_window_is_any_time():
    assert session_terms.read(form(**OWN | {"window_days": " "})).terms.window_days is None


@pytest.mark.parametrize("name", ["cutoff_hours", "join_until"])
def test_the_other_numbers_must_be_there(name):
    sent = form(**OWN | {name: ""})

    session_terms.read(sent)

    assert sent.problems.found == {name: "required"}


@pytest.mark.parametrize("name", ["window_days", "cutoff_hours", "join_until"])
def test_what_is_no_number_is_told(name):
    sent = form(**OWN | {name: "deux"})

    session_terms.read(sent)

    assert sent.problems.found == {name: "not-a-number"}


@pytest.mark.parametrize("name", ["window_days", "join_until"])
def test_a_zero_that_cannot_stand_is_refused_and_not_made_a_one(name):
    conditions = session_terms.read(form(**OWN | {name: "0"}))

    with pytest.raises(InvalidField) as refused:
        conditions.checked()

    assert refused.value.facts["fields"] == {name: "out-of-range"}


def test_languages_are_read_in_one_order_and_unknown_ones_left_out():
    sent = Form([("languages", "tr"), ("languages", "ar"), ("languages", "xx"), ("languages", "tr")])

    assert session_terms.read(sent).languages == ("ar", "tr")


def test_a_session_on_the_terms_of_its_workshop_is_written_so():
    workshop, session = a_workshop(window_days=30), a_session(window_days=30, languages=("ar",))

    written = session_terms.written(session, workshop)

    assert written == TypedTerms(is_own=False, window_days="30", languages=("ar",))
    assert str(written) == "ar"


def test_a_session_on_own_terms_is_written_with_them():
    written = session_terms.written(a_session(window_days=None, cutoff_hours=24), a_workshop())

    assert (written.is_own, written.window_days, written.cutoff_hours, written.join_until) == (True, "", "24", "1")
    assert str(written) == "window_days –, cutoff_hours 24, join_until 1"


def test_what_was_typed_is_shown_again_as_it_was():
    typed = session_terms.typed(form(**OWN | {"window_days": "bientôt"}))

    assert (typed.is_own, typed.window_days, typed.cutoff_hours) == (True, "bientôt", "24")


def test_a_page_that_never_showed_the_numbers_leaves_them_as_they_are_usually():
    assert session_terms.typed(form()) == TypedTerms(window_days="", cutoff_hours="0", join_until="1", languages=[])
