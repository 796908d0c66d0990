"""Messages in English and Arabic: the whole message, in its own signs, with the French below for who helps to read."""

import re
from dataclasses import replace

import pytest

from booking.documents import gsm
from booking.documents.messages import RULE, script, words, words_in
from booking.documents.templating import folder, is_written
from booking.documents.text_words import FOREIGN_TEXTS
from booking.documents.texts import TEXTS, text
from booking.domain import bookings
from booking.domain.bookings import SESSION_BEGAN, Party
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.messages import MessageKind
from tests.given import HOUR, NOW, SITE, in_days
from tests.given_cases import a_case, a_person

TUESDAY = in_days(36) + HOUR / 2
DATES = {"en": "Tuesday 24 November 2026 at 9:30", "ar": "الثلاثاء 24 نوفمبر 2026 على الساعة 9:30"}
ARABIC = re.compile(r"[\u0621-\u064a]")
TONGUES = ("en", "ar")
FRENCH_KINDS = [kind for kind in MessageKind if is_written(kind, "fr")]


def a_case_in(language: str, *starts, **known: object) -> Case:
    return a_case(*(starts or (TUESDAY,)), person=a_person(language=language, **known))


def in_state(kind: MessageKind, case: Case) -> Case:
    booking = case.booking
    if kind is MessageKind.SEAT_OFFERED:
        booking = bookings.waiting(booking).promoted(NOW, until=TUESDAY - 24 * HOUR)
    elif kind is MessageKind.BOOKING_CANCELLED:
        booking = booking.cancelled(Party.ADVISER, "", NOW)
    elif kind is MessageKind.WAIT_ENDED:
        booking = booking.cancelled(Party.SERVICE, SESSION_BEGAN, NOW)
    return replace(case, booking=booking)


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_french_message_is_written_in_the_other_languages(tongue):
    french, other = ({path.name for path in folder(one).glob("*.txt")} for one in ("fr", tongue))

    assert other == french
    assert FOREIGN_TEXTS[tongue].keys() == TEXTS.keys()


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("kind", FRENCH_KINDS)
def test_a_message_says_what_when_and_where_in_the_person_s_language(kind, tongue):
    case = in_state(kind, a_case_in(tongue))

    said = words_in(tongue, kind, case, NOW, {}, SITE)

    assert said.language == tongue and said.template == f"{kind}/{tongue}/1"
    assert DATES[tongue].partition(" 2026")[0] in said.subject + said.body
    assert "Premiers pas avec l’ordinateur" in said.body and "Grenoble Bastille" in said.body
    assert spaced(case.booking.code) in said.body and "\n\n\n" not in said.body


@pytest.mark.parametrize("kind", FRENCH_KINDS)
def test_no_line_of_ours_is_left_in_french_or_in_the_digits_of_the_east(kind):
    said = words_in("ar", kind, in_state(kind, a_case_in("ar")), NOW, {}, SITE)
    ours = re.sub("\u2068[^\u2069]*\u2069|\u2066[^\u2069]*\u2069|https://\\S+", "", said.subject + "\n" + said.body)

    assert not re.search(r"[A-Za-zÀ-ÿ\u0660-\u0669]", ours), ours
    assert not re.search(r"[?,;]", ours), ours


def test_the_french_stands_below_for_whoever_helps_to_read():
    case = a_case_in("ar")

    above, below = words(MessageKind.REMINDER, case, NOW).body.split(RULE)

    assert ARABIC.search(above) and not ARABIC.search(below)
    assert "Nous vous attendons" in below


def test_who_speaks_another_language_is_told_in_french_as_before():
    persian, french = (words(MessageKind.REMINDER, a_case_in(one), NOW) for one in ("fa", ""))

    assert persian.language == "fr" and RULE not in persian.body
    assert persian.template == french.template == "reminder/fr/2"


def test_the_link_opens_the_page_in_the_language_of_the_mail():
    assert re.search(r"/p/\S+\?langue=ar\n", words_in("ar", MessageKind.REMINDER, a_case_in("ar"), NOW, {}, SITE).body)


def test_names_and_numbers_keep_their_direction_between_words_of_arabic():
    body = words_in("ar", MessageKind.REMINDER, a_case_in("ar"), NOW).body

    assert "\u2068Grenoble Bastille\u2069" in body and "\u206604 76 00 00 00\u2069" in body


def test_a_cycle_counts_its_meetings():
    starts = [in_days(n) for n in (36, 38, 43)]

    english, arabic = (words_in(one, MessageKind.CONFIRMATION, a_case_in(one, *starts), NOW).body for one in TONGUES)

    assert "The workshop has 3 meetings. Come to every meeting:" in english and "\n3. " in english
    assert "عدد الحصص: 3" in arabic and "\n3. " in arabic


@pytest.mark.parametrize(("tongue", "most"), [("en", 1), ("ar", 2)])
@pytest.mark.parametrize("kind", TEXTS)
def test_an_english_text_takes_one_segment_and_an_arabic_one_two(kind, tongue, most):
    case = in_state(kind, a_case_in(tongue, TUESDAY, TUESDAY + 48 * HOUR))
    longest = "Saint-Étienne-de-Saint-Geoirs – Espace numérique de l’ancienne école maternelle des Châtaigniers"
    case = replace(case, agency=replace(case.agency, name=longest))

    sent = text(kind, case, NOW, {}, SITE)

    assert (sent.language, sent.template) == (tongue, f"{kind}.sms/{tongue}/1")
    assert sent.segments == gsm.segments(sent.body) <= most, (sent.characters, sent.body)
    assert spaced(case.booking.code) in sent.body


def test_the_caller_reads_french_and_has_the_other_language_at_hand():
    french, arabic = script(MessageKind.REMINDER, a_case_in("ar"), NOW).split(RULE)

    assert french.startswith("Bonjour, ici Grenoble Bastille") and arabic.startswith("مرحبا، هنا")
    assert "(إلى المجيب الآلي أو إلى شخص آخر:)" in arabic and DATES["ar"] in arabic
