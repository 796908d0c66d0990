"""The words of an agency say what ours say, where it has changed nothing in them."""

import pytest

from booking.documents.messages import own_words, words_in
from booking.documents.starting import starting
from booking.domain.identifiers import new_id
from booking.domain.languages import SAID_IN
from booking.domain.messages import MessageKind
from booking.domain.wordings import OURS, Wording, WordingForm, Wordings
from booking.services.wording_examples import details, example
from booking.services.wordings import kinds
from tests.given import NOW, SITE
from tests.given_cases import a_case


def a_wording(kind: MessageKind, subject: str, body: str, **known: object) -> Wording:
    usual = {"agency_id": None, "form": WordingForm.MAIL, "language": "fr", "version": 1, "made_by": new_id(NOW)}
    return Wording(id=new_id(NOW), kind=kind, subject=subject, body=body, made_at=NOW, **(usual | known))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", SAID_IN)
@pytest.mark.parametrize("kind", kinds())
def test_our_text_with_names_in_it_says_what_our_text_says(kind, language):
    case = example(kind, None, NOW)
    told = details(case) | {"number": ""}
    subject, body = starting(kind, WordingForm.MAIL, language)

    own = own_words(a_wording(kind, subject, body, language=language), case, NOW, told, SITE)

    ours = words_in(language, kind, case, NOW, told, SITE)
    assert plain(own.body) == plain(ours.body)
    assert plain(own.subject) == plain(ours.subject)


def plain(said: str) -> str:
    """Without the marks that set names apart: first and last name are one name, or two."""
    return said.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))).upper()


def test_the_agency_s_words_come_before_those_of_the_network_and_these_before_ours():
    case, kind = a_case(), MessageKind.REMINDER
    shared = a_wording(kind, "Réseau {date}", "{details}", version=2)
    own = a_wording(kind, "Agence {date}", "{details}", agency_id=case.booking.agency_id)

    said = [
        words_in("fr", kind, case, NOW, None, None, wordings)
        for wordings in (OURS, Wordings.of([shared]), Wordings.of([own, shared]))
    ]

    assert [one.template for one in said] == ["reminder/fr/2", "reminder/fr/network:2", "reminder/fr/agency:1"]


def test_going_back_to_the_original_ends_the_agency_s_words():
    case, kind = a_case(), MessageKind.REMINDER
    own = a_wording(kind, "Agence {date}", "{details}", agency_id=case.booking.agency_id)
    back = a_wording(kind, "", "", agency_id=case.booking.agency_id, version=2, is_original=True)

    assert words_in("fr", kind, case, NOW, None, None, Wordings.of([back, own])).template == "reminder/fr/2"


def test_words_with_a_name_that_no_release_knows_any_more_are_not_sent():
    case, kind = a_case(), MessageKind.REMINDER
    own = a_wording(kind, "Agence {date}", "{meteo}", agency_id=case.booking.agency_id)

    assert words_in("fr", kind, case, NOW, None, None, Wordings.of([own])).template == "reminder/fr/2"
