"""A mail as bytes says what the same mail says by the library's objects, to whoever reads it."""

import email
import email.policy
from datetime import timedelta, timezone

import pytest

from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure
from booking.delivery.mails import mail
from booking.delivery.plain_mails import plain_mail
from booking.documents.messages import words
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from tests.given import NOW, SITE
from tests.given_cases import a_case, a_person

SENDER = "Ateliers Isère <ateliers@example.org>"
HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Transfer-Encoding", "MIME-Version")
BODIES = [
    "Bonjour,\n\nà bientôt.\n",
    "une très longue ligne " * 60,
    ".\n..\n. point\nFrom ici\n",
    "fin de ligne avec blanc \t\n=41 = égal\n",
    "tout\u2028en\u0085lignes\r\nde\rtoutes sortes",
    "مرحبا \u2068Awa\u2069،\n😀\n",
    "",
]
SUBJECTS = [
    "Rappel",
    "Rappel\u202f: atelier le mardi 24 novembre 2026 à 9\u00a0h\u00a030, « Premiers pas avec l’ordinateur », Grenoble",
    "Deux\r\nBcc: autre@example.org",
    "a" * 200,
    "ورشة يوم الثلاثاء 24 نوفمبر 2026: هل تريدون موعدا آخر؟",
    "😀" * 40,
]


def a_letter(subject: str = "Rappel", body: str = "Bonjour", address: str = "awa@example.org") -> Outgoing:
    at = NOW.astimezone(timezone(timedelta(hours=2)))
    return Outgoing(key="k-1", channel=Channel.EMAIL, address=address, subject=subject, body=body, written_at=at)


def both(letter: Outgoing, sender: str = SENDER):
    policy = email.policy.SMTP
    fast = email.message_from_bytes(plain_mail(letter, sender)[2], policy=policy)
    return fast, email.message_from_bytes(mail(letter, sender).as_bytes(), policy=policy)


def lines(said: str) -> list[str]:
    return said.splitlines()


@pytest.mark.parametrize("number", range(len(SUBJECTS)))
def test_the_headers_are_the_same(number):
    fast, slow = both(a_letter(subject=SUBJECTS[number]))

    assert {name: str(fast[name]) for name in HEADERS} == {name: str(slow[name]) for name in HEADERS}
    assert set(fast.keys()) == set(slow.keys())


def test_a_title_that_looks_encoded_is_said_as_it_was_written():
    fast, _ = both(a_letter(subject="Titre =?utf-8?q?=41?= ici"))

    assert fast["Subject"] == "Titre =?utf-8?q?=41?= ici"


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_the_words_are_the_same(number):
    fast, slow = both(a_letter(body=BODIES[number]))

    assert lines(fast.get_content()) == lines(slow.get_content())
    assert fast.get_content_type() == slow.get_content_type() and fast.get_content_charset() == "utf-8"


@pytest.mark.parametrize("kind", MessageKind)
def test_every_message_arrives_as_it_was_written(kind):
    said = words(kind, a_case(person=a_person(language="ar")), NOW, {}, SITE)

    fast, _ = both(a_letter(said.subject, said.body))

    assert fast["Subject"] == said.subject and fast.get_content().replace("\r\n", "\n") == said.body


def test_no_line_is_too_long_for_a_server_and_every_byte_passes():
    for subject in SUBJECTS:
        for body in BODIES:
            _, _, written = plain_mail(a_letter(subject, body), SENDER)
            assert max(map(len, written.split(b"\r\n"))) <= 100 and written.isascii()
            assert b"\n" not in written.replace(b"\r\n", b"") and b"\r" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "address", ["awa@example.org", "a.b+c_d@sous.example.org", '"a b"@example.org', "o'hara@example.org"]
)
def test_the_mail_goes_where_it_is_addressed(address):
    sender, to, _ = plain_mail(a_letter(address=address), SENDER)
    fast, slow = both(a_letter(address=address))

    assert (sender, to) == ("ateliers@example.org", address)
    assert fast["To"] == slow["To"] and fast["From"] == slow["From"]


@pytest.mark.parametrize(
    "address", ["", "awa", "awa@", "@example.org", "a@b@c", "awa@exämple.org", "a\r\nb@example.org"]
)
def test_an_address_that_cannot_be_one_is_refused(address):
    with pytest.raises(PermanentFailure):
        plain_mail(a_letter(address=address), SENDER)


def test_a_sender_that_cannot_be_one_is_refused():
    with pytest.raises(Misconfigured):
        plain_mail(a_letter(), "personne")
