"""What a text will look like, before anybody gets it."""

import pytest

from booking.documents.starting import starting
from booking.domain.identifiers import new_id
from booking.domain.languages import SAID_IN
from booking.domain.messages import MessageKind
from booking.domain.wordings import Slot, Wording, WordingForm
from booking.services.wording_previews import Preview, example_values, previewed
from booking.services.wordings import kinds
from tests.given import NOW, SITE, an_agency

GOOD = "Rappel: {atelier} le {date}, {lieu}. Code {code}"


def a_wording(body: str, form: WordingForm = WordingForm.SMS, language: str = "fr", **known: object) -> Wording:
    usual = {"kind": MessageKind.REMINDER, "agency_id": None, "subject": "", "version": 1, "made_by": new_id(NOW)}
    said = usual | {"form": form, "language": language, "body": body, "made_at": NOW} | known
    return Wording(id=new_id(NOW), **said)  # type: ignore[arg-type]


def tried(body: str, form: WordingForm = WordingForm.SMS, language: str = "fr", **known: object) -> Preview:
    return previewed(a_wording(body, form, language, **known), an_agency(phone="04 76 00 00 00"), SITE, NOW)


@pytest.mark.parametrize("language", SAID_IN)
@pytest.mark.parametrize("form", WordingForm)
@pytest.mark.parametrize("kind", kinds())
def test_our_own_texts_can_be_kept_as_they_are(kind, form, language):
    subject, body = starting(kind, form, language)

    preview = tried(body, form, language, kind=kind, subject=subject)

    assert not preview.faults
    assert preview.body and "{" not in preview.subject + preview.body


def test_a_text_message_is_shown_as_the_phone_shows_it():
    preview = tried(GOOD + " À bientôt !")

    assert preview.body == (
        "Rappel: Ordinateur 1 le lundi 2 novembre 2026 à 9h30, Grenoble Bastille. Code R7 X2 A2 A bientot !"
    )
    assert (preview.segments, preview.characters, preview.per_segment) == (1, len(preview.body), 160)
    assert preview.is_folded


def test_arabic_is_not_folded_and_has_shorter_segments():
    preview = tried("تذكير {atelier} {date} {lieu} {code}", language="ar")

    assert (preview.segments, preview.per_segment, preview.is_folded) == (2, 70, False)


def test_more_than_three_messages_are_too_many():
    (fault,) = tried(GOOD + " x" * 250).faults

    assert (fault.code, fault.said, fault.instead) == ("too-many-segments", "4", "3")


def test_a_text_with_an_unknown_name_is_not_shown():
    preview = tried(GOOD + " {dte}")

    assert preview.body == "" and [fault.code for fault in preview.faults] == ["unknown-placeholder"]


def test_a_mail_keeps_its_lines_and_loses_those_with_nothing_to_say():
    preview = tried("Bonjour {prenom},\n{raison}\n{details}\n\n{fin}", WordingForm.MAIL, subject="Rappel {date}")

    assert preview.subject.endswith("2 novembre 2026 à 9\u00a0h\u00a030")
    assert preview.body.startswith("Bonjour Awa,\nAtelier\u202f: Premiers pas")


def test_what_each_name_says_is_told_to_the_script_of_the_page():
    values = example_values(Slot(None, MessageKind.SEAT_OFFERED, WordingForm.SMS, "fr"), None, SITE, NOW)

    assert values["lieu"] == "Grenoble Bastille" and values["avant"] == "samedi 31 octobre à 9h30"
