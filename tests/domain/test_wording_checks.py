"""What stands against a text, and what would do instead."""

import pytest

from booking.domain.messages import MessageKind
from booking.domain.wording_checks import Fault, cleaned, faults
from booking.domain.wordings import LONGEST_BODY, WordingForm

SMS, MAIL = WordingForm.SMS, WordingForm.MAIL
HOST = "ateliers.example"
GOOD_SMS = "Rappel: {atelier} le {date}, {lieu}. Code {code}"
GOOD_MAIL = "Bonjour {prenom},\n\n{details}\n\n{fin}"


def found(body: str, form: WordingForm = SMS, kind: MessageKind = MessageKind.REMINDER, subject: str = "Rappel {date}"):
    return faults(kind, form, subject, body, HOST)


def codes(*args: object, **known: object) -> list[str]:
    return [fault.code for fault in found(*args, **known)]  # type: ignore[arg-type]


def test_a_good_text_has_no_fault():
    assert found(GOOD_SMS) == [] and found(GOOD_MAIL, MAIL) == []


def test_a_slip_of_the_pen_is_named_with_the_right_spelling():
    assert found(GOOD_SMS + " {dte}") == [Fault("body", "unknown-placeholder", said="dte", instead="date")]


@pytest.mark.parametrize("name", ["date", "lieu", "code"])
def test_a_short_text_says_when_where_and_the_code(name):
    assert found(GOOD_SMS.replace(f"{{{name}}}", "")) == [Fault("body", "placeholder-missing", instead=name)]


def test_a_mail_without_date_and_place_says_nothing():
    assert [fault.instead for fault in found("Venez !", MAIL)] == ["date", "lieu"]


def test_an_offer_says_until_when():
    assert found(GOOD_SMS, kind=MessageKind.SEAT_OFFERED) == [Fault("body", "placeholder-missing", instead="avant")]


def test_no_short_text_tells_a_name():
    assert found(f"{{prenom}}, {GOOD_SMS}") == [Fault("body", "private-in-sms", said="prenom")]


@pytest.mark.parametrize(
    "said", ["https://faux-site.fr/a?b=1", "www.exemple.org", "bit.ly/abc", "https://ateliers.example@faux.fr/x"]
)
def test_the_address_of_another_site_is_refused_by_its_name(said):
    assert found(f"{GOOD_SMS} {said}") == [Fault("body", "foreign-address", said=said, instead="lien")]


@pytest.mark.parametrize(
    "said", ["https://ateliers.example/agences", "a 9h30.Le bus", "accueil@agence.fr", "c’est ici."]
)
def test_our_own_site_and_what_is_no_address_may_stand(said):
    assert found(f"{GOOD_SMS} {said}") == []


def test_what_is_missing_or_too_long_is_said_for_each_field():
    assert [(f.field, f.code) for f in found("", MAIL, subject="")] == [("subject", "required"), ("body", "required")]
    assert codes(GOOD_MAIL + "x" * LONGEST_BODY, MAIL) == ["too-long"]
    assert codes(GOOD_MAIL, MAIL, subject="Un\nDeux") == ["one-line-only"]


def test_a_sign_that_cannot_be_seen_and_a_lonely_brace_are_refused():
    assert codes(GOOD_SMS + "\x00") == ["bad-characters"]
    assert codes(GOOD_SMS + " {") == ["stray-brace"]


def test_marks_of_direction_and_loose_blanks_are_taken_out():
    assert cleaned("\u200fمرحبا \r\n\r\n\r\n\r\nb  \n") == "مرحبا\n\nb"
