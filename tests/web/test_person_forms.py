"""The form of a person: begun by what was searched, and checked where a wish needs a number or an address."""

from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField
from booking.domain.job_seekers import Channel, Need
from booking.web.forms import Form
from booking.web.pages import person_forms
from booking.web.pages.person_forms import Change
from tests.given_cases import a_person

KNOWN = {
    "identifier": "1234567A",
    "birth_year": 1984,
    "phone": "+33639980001",
    "address": "1 rue des Alpes",
    "postcode": "38000",
    "commune": "Grenoble",
    "preferred": Channel.SMS,
    "needs": frozenset({Need.READS_LITTLE, Need.HEARS_LITTLE}),
    "language": "ar",
}
AWA = a_person(**KNOWN)


def form_of(person, **typed: object) -> Form:
    shown = person_forms.as_known(person) | typed
    single = [(name, str(value)) for name, value in shown.items() if name != "needs"]
    return Form(single + [("needs", str(need)) for need in shown["needs"]])


def refused(**typed: str) -> dict[str, str]:
    with pytest.raises(InvalidField) as refusal:
        person_forms.person_said(Form([("last_name", "Diallo"), *typed.items()]))
    return refusal.value.facts["fields"]


class TestBeginning:
    @pytest.mark.parametrize(
        ("query", "last", "first"),
        [
            ("Diallo", "Diallo", ""),
            ("Diallo Awa", "Diallo", "Awa"),
            ("  Diallo  Awa Marie ", "Diallo", "Awa Marie"),
            ("Nguyễn", "Nguyễn", ""),
            ("K7 M4 P2", "", ""),
            ("", "", ""),
        ],
    )
    def test_a_name_searched_in_vain_is_written_already(self, query, last, first):
        typed = person_forms.blank(query)

        assert (typed["last_name"], typed["first_name"], typed["phone"]) == (last, first, "")

    @pytest.mark.parametrize("query", ["06 39 98 00 01", "+33476123456"])
    def test_a_number_searched_in_vain_is_written_already(self, query):
        typed = person_forms.blank(f" {query} ")

        assert (typed["phone"], typed["last_name"]) == (query, "")

    def test_everything_else_is_empty(self):
        typed = person_forms.blank("Diallo")

        assert typed["needs"] == []
        assert {value for name, value in typed.items() if name not in ("last_name", "needs")} == {""}


class TestWhatIsTyped:
    def test_a_person_known_is_written_and_read_as_he_is(self):
        said = person_forms.person_said(form_of(AWA))

        assert {name: getattr(said, name) for name in KNOWN} == KNOWN
        assert (said.last_name, said.first_name, said.email) == ("Diallo", "Awa", "awa@example.org")

    def test_a_year_that_is_none_is_told(self):
        assert refused(birth_year="vers 1980") == {"birth_year": "not-a-number"}

    @pytest.mark.parametrize(
        ("wish", "needed"),
        [
            (Channel.SMS, {"phone"}),
            (Channel.CALL, {"phone"}),
            (Channel.EMAIL, {"email"}),
            (Channel.LETTER, {"address", "postcode", "commune"}),
        ],
    )
    def test_a_wish_needs_the_number_or_address_to_keep_it(self, wish, needed):
        assert refused(preferred=wish.value) == dict.fromkeys(needed, "required")

    def test_paper_in_the_hand_needs_nothing(self):
        said = person_forms.person_said(Form([("last_name", "Diallo"), ("preferred", "hand")]))

        assert said.preferred is Channel.HAND

    def test_a_wish_that_there_is_not_is_refused(self):
        assert refused(preferred="pigeon") == {"preferred": "unknown-choice"}

    def test_a_need_that_there_is_not_is_nobodys(self):
        said = person_forms.person_said(Form([("needs", "reads_little"), ("needs", "is_rude")]))

        assert said.needs == {Need.READS_LITTLE}


class TestWhenSomebodyElseWroteMeanwhile:
    def test_what_differs_is_shown_beside_what_stands_now(self):
        typed = form_of(AWA, email="awa@example.net", birth_year="1985")

        assert person_forms.changes(AWA, typed) == [
            Change("birth_year", 1984, "1985"),
            Change("email", "awa@example.org", "awa@example.net"),
        ]

    def test_what_is_the_same_is_not_shown(self):
        assert person_forms.changes(AWA, form_of(AWA)) == []

    def test_needs_are_compared_whatever_their_order(self):
        turned = form_of(AWA, needs=["hears_little", "reads_little"])
        fewer = form_of(AWA, needs=["hears_little"])

        assert person_forms.changes(AWA, turned) == []
        assert [change.name for change in person_forms.changes(AWA, fewer)] == ["needs"]

    def test_a_wish_and_a_language_let_go_are_shown(self):
        now = replace(AWA, preferred=None, language="")

        assert [change.name for change in person_forms.changes(now, form_of(AWA))] == ["preferred", "language"]

    def test_what_was_typed_stays_whatever_it_holds(self):
        typed = person_forms.as_typed(Form([("birth_year", "vers 1980"), ("needs", "x"), ("needs", "y")]))

        assert (typed["birth_year"], typed["needs"], typed["last_name"]) == ("vers 1980", ["x", "y"], "")
