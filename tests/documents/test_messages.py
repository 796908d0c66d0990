"""The words of every message: who, what, when and where, and never a word that is wrong another day."""

from dataclasses import replace

import pytest

from booking.documents.messages import Words, kind_of_letter, script, words
from booking.domain import bookings
from booking.domain.bookings import Booking, Party
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.links import address_of
from booking.domain.messages import MessageKind
from tests.given import HOUR, NOW, SITE, in_days
from tests.given_cases import a_case

TUESDAY = in_days(36) + HOUR / 2
ENDS = (MessageKind.SESSION_CANCELLED, MessageKind.BOOKING_CANCELLED)


def said(kind: MessageKind, case: Case | None = None) -> Words:
    return words(kind, case or a_case(TUESDAY), NOW)


def cancelled(by: Party, because: str = "") -> Case:
    case = a_case(TUESDAY)
    return replace(case, booking=case.booking.cancelled(by, because, NOW))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("kind", MessageKind)
def test_every_message_says_what_when_and_where(kind):
    body = plain(said(kind).body)

    assert "mardi 24 novembre 2026 à 9 h 30" in body
    assert "Premiers pas avec l’ordinateur" in body
    assert "Grenoble Bastille" in body and "04 76 00 00 00" in body
    assert body.startswith("Bonjour Awa DIALLO,")


@pytest.mark.parametrize("kind", MessageKind)
def test_a_message_can_be_read_on_any_day(kind):
    text = said(kind).subject + said(kind).body

    assert not any(word in text.lower() for word in ("demain", "aujourd’hui", "hier", "ce soir", "prochain"))


@pytest.mark.parametrize("kind", MessageKind)
def test_a_subject_is_one_line_with_a_date(kind):
    subject = said(kind).subject

    assert "24 novembre 2026" in subject and "\n" not in subject


@pytest.mark.parametrize("kind", MessageKind)
def test_the_sentences_are_short(kind):
    sentences = plain(said(kind).body).replace("\n", ". ").split(". ")

    assert max(len(sentence.split()) for sentence in sentences) <= 20


@pytest.mark.parametrize("kind", MessageKind)
def test_a_sign_never_stands_alone_on_a_line(kind):
    body = said(kind).body

    assert not any(sign in body for sign in (" :", " ?", " !", " ;", "« ", " »"))


def test_no_two_kinds_say_the_same():
    assert len({said(kind).body for kind in MessageKind}) == len(MessageKind)
    assert len({said(kind).subject for kind in MessageKind}) == len(MessageKind)


def test_only_an_end_speaks_of_cancelling():
    ends = {*ENDS, MessageKind.SESSION_CUT_SHORT}
    assert {kind for kind in MessageKind if "annul" in said(kind).subject + said(kind).body} == ends


def test_a_cancelled_session_is_told_apart_from_a_cancelled_place():
    session, place = (said(kind).subject for kind in ENDS)

    assert session.startswith("L’atelier du") and session.endswith("est annulé")
    assert place.startswith("Votre participation") and place.endswith("est annulée")


def test_a_message_names_where_else_one_could_go_and_what_is_gone():
    here = {"zone": "Europe/Paris", "agency": "Lyon Gerland"}
    other, gone = in_days(43) + HOUR / 2, in_days(50) + HOUR / 2
    details = {
        "because": "Panne",
        "alternatives": [here | {"starts_at": other.isoformat()}],
        "gone": [here | {"starts_at": gone.isoformat()}],
    }

    body = plain(words(MessageKind.SESSION_CUT_SHORT, a_case(TUESDAY), NOW, details).body)

    assert "1. mardi 1er décembre 2026 à 9 h 30, Lyon Gerland" in body
    assert "Cette séance n’a pas lieu : mardi 8 décembre 2026 à 9 h 30." in body and "Raison : Panne" in body


def test_who_is_moved_is_told_why_and_that_he_waited():
    kind, details = MessageKind.BOOKING_MOVED, {"because": "Panne", "has_waited": True}

    body = plain(words(kind, a_case(TUESDAY), NOW, details).body)

    assert "Vous étiez sur une liste d’attente. Vous avez maintenant une place." in body and "Raison : Panne" in body


def test_who_cancelled_is_told_apart():
    bodies = {party: words(MessageKind.BOOKING_CANCELLED, cancelled(party), NOW).body for party in Party}

    assert "Vous avez annulé" in bodies[Party.PERSON]
    assert "La personne qui vous conseille a annulé" in bodies[Party.ADVISER]
    assert "L’agence a annulé" in bodies[Party.SERVICE]


def test_the_reason_is_told_as_it_was_written():
    body = said(MessageKind.SESSION_CANCELLED, cancelled(Party.SERVICE, "Salle {{ inondée }} <b>: fermée")).body

    assert "Salle {{ inondée }} <b>: fermée" in body


def test_the_machine_s_own_reason_is_not_told():
    assert "moved" not in said(MessageKind.BOOKING_CANCELLED, cancelled(Party.SERVICE, "moved")).body


def test_the_room_and_what_to_bring_are_told():
    case = a_case(TUESDAY)
    room = bookings.new_id(NOW)
    meeting = replace(case.session.meetings[0], room_id=room)
    case = replace(case, session=replace(case.session, meetings=(meeting,)), rooms={room: "Vercors"})

    body = plain(said(MessageKind.CONFIRMATION, case).body)

    assert "Salle : Vercors" in body
    assert "À apporter : Une pièce d’identité" in body
    assert "Adresse : 1 rue des Alpes, 38000 Grenoble" in body


def test_a_cycle_lists_every_date():
    body = plain(said(MessageKind.CONFIRMATION, a_case(*(in_days(n) for n in (36, 38, 43)))).body)

    assert "L’atelier a 3 séances" in body
    assert [line[:3] for line in body.splitlines() if "novembre" in line or "décembre" in line] == ["1. ", "2. ", "3. "]


def test_what_is_over_is_not_listed_again():
    case = a_case(in_days(1), in_days(36))

    body = words(MessageKind.SESSION_MOVED, case, in_days(2)).body

    assert "octobre" not in body and "24 novembre" in body


def test_who_waits_is_not_told_to_keep_a_place():
    case = a_case(TUESDAY)
    waits: Booking = bookings.waiting(case.booking)

    body = said(MessageKind.SESSION_MOVED, replace(case, booking=waits)).body

    assert "liste d’attente" in body and "Vous gardez votre place" not in body


def test_the_version_of_the_words_is_known():
    assert said(MessageKind.CONFIRMATION).template == "confirmation/fr/2"


def test_a_call_says_the_same_to_the_person_and_nothing_to_a_machine():
    spoken = plain(script(MessageKind.REMINDER, a_case(TUESDAY), NOW))
    to_the_person, to_others = spoken.split("(Sur un répondeur")

    assert "mardi 24 novembre 2026 à 9 h 30" in to_the_person
    assert "atelier" not in to_others.lower() and "04 76 00 00 00" in to_others


@pytest.mark.parametrize("kind", MessageKind)
def test_every_message_names_the_code_of_the_place(kind):
    case = a_case(TUESDAY)

    assert f"Votre code, au téléphone ou à l’accueil : {spaced(case.booking.code)}\n" in plain(
        words(kind, case, NOW).body
    )
    assert f"Votre code : {spaced(case.booking.code)}\n" in plain(words(kind, case, NOW, site=SITE).body)


@pytest.mark.parametrize("kind", MessageKind)
def test_an_e_mail_names_the_person_s_own_page(kind):
    case = a_case(TUESDAY)

    assert f"\n{address_of(case.booking, SITE)}\n" in words(kind, case, NOW, site=SITE).body


def test_a_page_that_is_gone_is_not_named():
    assert SITE.url not in words(MessageKind.SESSION_CUT_SHORT, a_case(TUESDAY), in_days(40), site=SITE).body


def test_no_address_is_read_out_on_the_phone():
    spoken = script(MessageKind.REMINDER, a_case(TUESDAY), NOW)

    assert "http" not in spoken and "Votre code" in spoken


def test_a_letter_says_how_things_stand():
    case = a_case(TUESDAY)
    waits = replace(case, booking=bookings.waiting(case.booking))
    off = replace(case, session=case.session.cancelled("Salle inondée", NOW))

    kinds = [kind_of_letter(one) for one in (case, waits, cancelled(Party.PERSON), off)]

    assert kinds == [
        MessageKind.CONFIRMATION,
        MessageKind.WAITLISTED,
        MessageKind.BOOKING_CANCELLED,
        MessageKind.SESSION_CANCELLED,
    ]
