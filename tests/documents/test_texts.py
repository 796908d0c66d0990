"""The words of short messages: one segment, whatever agencies and workshops are called, and nothing of the person."""

from dataclasses import replace
from datetime import datetime

import pytest

from booking.documents import gsm
from booking.documents.texts import TEXTS, Text, text
from booking.domain import bookings
from booking.domain.bookings import OFFER_OVER, SESSION_BEGAN, Party
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.links import address_of
from booking.domain.messages import INVITATIONS, MessageKind
from tests.given import HOUR, NOW, SITE, in_days
from tests.given_cases import a_case

TUESDAY = in_days(36) + HOUR / 2
# A Wednesday in September of next year: no date is longer.
LONGEST_DAY = datetime.fromisoformat("2027-09-29T10:30:00+02:00")
AWFUL = [
    "Agence",
    "Pôle « Emploi & Insertion » – Villeurbanne–Cœur-de-Ville",
    "Saint-Étienne-de-Saint-Geoirs – Espace numérique de l’ancienne école maternelle des Châtaigniers",
    "AgenceSansAucunEspaceDontLeNomNeFinitJamaisEtQuiContinueEncoreBienAuDelaDeTouteRaisonEtMesure",
    "وكالة غرونوبل",
    "Agence {place} {0} %s €€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€",
    "\u202fÇa, là :\u00a0« ici »…\n",
]


def said(kind: MessageKind, case: Case | None = None, **details: object) -> Text:
    return text(kind, case or a_case(TUESDAY), NOW, details, SITE)


def in_state(kind: MessageKind, case: Case) -> Case:
    """The case as it is when such a message is sent."""
    match kind:
        case MessageKind.SEAT_OFFERED:
            booking = bookings.waiting(case.booking).promoted(NOW, until=LONGEST_DAY)
        case MessageKind.WAITLISTED:
            booking = bookings.waiting(case.booking)
        case MessageKind.BOOKING_CANCELLED:
            booking = case.booking.cancelled(Party.ADVISER, "Grossesse", NOW)
        case MessageKind.WAIT_ENDED:
            booking = case.booking.cancelled(Party.SERVICE, SESSION_BEGAN, NOW)
        case _:
            booking = case.booking
    return replace(case, booking=booking)


def test_everything_but_a_calendar_entry_has_a_short_text():
    assert set(MessageKind) - TEXTS.keys() == set(INVITATIONS)


@pytest.mark.parametrize("kind", TEXTS)
def test_every_text_says_what_when_where_and_the_code(kind):
    case = in_state(kind, a_case(TUESDAY))

    sent = said(kind, case)

    assert "Premiers pas a" in sent.body and "mardi 24 novembre 2026 à 9h30" in sent.body
    assert "Grenoble Bastille" in sent.body and f"Code {spaced(case.booking.code)}" in sent.body
    assert sent == Text(sent.body, 1, len(sent.body))


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", AWFUL)
def test_one_segment_is_enough_whatever_places_and_workshops_are_called(kind, name):
    case = in_state(kind, a_case(LONGEST_DAY, LONGEST_DAY + 48 * HOUR))
    case = replace(
        case, agency=replace(case.agency, name=name), workshop=replace(case.workshop, short_title="€{Cœur}€ “à”[]")
    )

    sent = said(kind, case)

    assert set(sent.body) <= gsm.BASIC | gsm.EXTENDED
    assert (sent.segments, sent.characters) == (gsm.segments(sent.body), gsm.characters(sent.body)), sent.body
    assert sent.segments == 1, (sent.characters, sent.body)
    assert sent.body.endswith((f"Code {spaced(case.booking.code)}", address_of(case.booking, SITE)))


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_tells_nothing_of_the_person_and_nothing_that_somebody_wrote(kind):
    case = in_state(kind, a_case(TUESDAY))
    case = replace(case, session=replace(case.session, cancelled_because="Dégât des eaux"))

    body = said(kind, case, because="Maladie de Karim").body

    assert not any(word in body for word in ("Awa", "DIALLO", "Diallo", "Grossesse", "Dégât", "Maladie"))


def test_no_two_kinds_say_the_same():
    bodies = {text(kind, in_state(kind, a_case(TUESDAY)), NOW, None, SITE).body.split("Code")[0] for kind in TEXTS}

    assert len(bodies) == len(TEXTS)


def test_the_page_is_named_where_it_fits():
    case = a_case(TUESDAY)

    assert said(MessageKind.REMINDER, case).body.endswith(address_of(case.booking, SITE))
    assert "http" not in said(MessageKind.REMINDER, replace(case, agency=replace(case.agency, name=AWFUL[2]))).body


def test_a_page_that_is_gone_is_not_named():
    assert "http" not in text(MessageKind.SESSION_CUT_SHORT, a_case(TUESDAY), in_days(40), None, SITE).body


def test_a_cycle_says_how_many_dates_there_are():
    assert "à 11h (3 dates)" in said(MessageKind.CONFIRMATION, a_case(*(in_days(n, 1) for n in (1, 2, 3)))).body


def test_who_cancelled_is_told_apart():
    case = a_case(TUESDAY)
    ended = [replace(case, booking=case.booking.cancelled(party, "", NOW)) for party in Party]

    assert len({said(MessageKind.BOOKING_CANCELLED, one).body.split(":")[0] for one in ended}) == 3


def test_an_offer_says_until_when_and_its_end_says_why():
    case = a_case(TUESDAY)
    offered = replace(case, booking=bookings.waiting(case.booking).promoted(NOW, until=in_days(2)))
    over = replace(case, booking=case.booking.cancelled(Party.SERVICE, OFFER_OVER, NOW))

    assert "Répondez avant mercredi 21 octobre à 10h." in said(MessageKind.SEAT_OFFERED, offered).body
    assert said(MessageKind.WAIT_ENDED, over).body.startswith("Pas de réponse")


def test_what_is_cut_short_names_the_first_date_that_is_gone():
    gone = [{"starts_at": in_days(43).isoformat(), "zone": "Europe/Paris"}]

    assert "dès mardi 1er décembre 2026 à 9h" in said(MessageKind.SESSION_CUT_SHORT, gone=gone).body


def test_who_waits_is_not_told_to_keep_a_place():
    case = a_case(TUESDAY)
    waits = replace(case, booking=bookings.waiting(case.booking))

    assert "attendez encore" in said(MessageKind.SESSION_MOVED, waits).body
    assert "gardez votre place" in said(MessageKind.SESSION_MOVED, case).body
