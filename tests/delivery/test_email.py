"""E-mail through a real SMTP server: what arrives, and what each refusal means."""

import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from booking.delivery import email
from booking.delivery.email import Email, server
from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure, TemporaryFailure, Unreachable
from booking.domain.job_seekers import Channel
from tests.delivery.servers import Inbox, smtp_server
from tests.given import NOW

# The server that asks for a password has no certificate here.
IN_THE_OPEN = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
SENDER = "Ateliers <rappels@ateliers.example>"


def a_letter(**known: str) -> Outgoing:
    letter = Outgoing(
        key=str(uuid4()),
        channel=Channel.EMAIL,
        address="awa@example.org",
        subject="Rappel : atelier le mardi 24 novembre 2026",
        body="Bonjour Awa,\n\nÀ apporter : une pièce d’identité.\n",
        written_at=NOW,
    )
    return replace(letter, **known)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def address(inbox: Inbox) -> Iterator[str]:
    with smtp_server(inbox) as listening:
        yield listening


@pytest.fixture
async def post(address: str) -> AsyncIterator[Email]:
    delivery = Email(server(f"smtp://{address}"), SENDER)
    yield delivery
    await delivery.close()


async def test_a_letter_arrives_as_it_was_written(post, inbox):
    letter = a_letter()

    receipt = await post.send(letter)

    (mail,) = inbox.mails
    assert receipt.reference == "OK queued as 1"
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, letter.address, letter.subject)
    assert mail.get_content().replace("\r\n", "\n") == letter.body
    assert mail["Date"].datetime == NOW
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")


async def test_a_repeat_is_the_same_mail(post, inbox):
    letter = a_letter()

    for _ in range(2):
        await post.send(letter)

    assert [mail["Message-ID"] for mail in inbox.mails] == [f"<{letter.key}@ateliers.example>"] * 2


async def test_nobody_s_absence_is_told_to_a_machine(post, inbox):
    await post.send(a_letter())

    assert inbox.mails[0]["Auto-Submitted"] == "auto-generated"


async def test_letters_share_a_connection(post, inbox):
    for _ in range(5):
        await post.send(a_letter())

    assert len(inbox.connections) == 1


async def test_a_connection_is_given_up_before_the_server_does(post, inbox, monkeypatch):
    monkeypatch.setattr(email, "MOST_MAILS", 2)

    for _ in range(5):
        await post.send(a_letter())

    assert len(inbox.connections) == 3


async def test_a_connection_the_server_closed_is_replaced(post, inbox):
    inbox.hang_up_after = 1
    with pytest.raises(TemporaryFailure):
        await post.send(a_letter())

    await post.send(a_letter())

    assert len(inbox.mails) == 2


async def test_a_title_of_two_lines_ends_no_header(post, inbox):
    await post.send(a_letter(subject="Atelier\r\nBcc: all@example.org"))

    assert inbox.mails[0]["Bcc"] is None
    assert inbox.mails[0]["Subject"] == "Atelier Bcc: all@example.org"


@pytest.mark.parametrize("wrong", ["", "awa", "awa@", "a b@example.org", "awa@example.org\r\nBcc: x@y.org", "é@x.org"])
async def test_what_cannot_be_an_address_is_refused_here(post, inbox, wrong):
    with pytest.raises(PermanentFailure):
        await post.send(a_letter(address=wrong))

    assert not inbox.mails


@pytest.mark.parametrize(
    ("command", "answer", "means"),
    [
        ("to_recipients", "550 no such user", PermanentFailure),
        ("to_recipients", "450 greylisted", TemporaryFailure),
        ("to_data", "554 not wanted", PermanentFailure),
        ("to_data", "452 full", TemporaryFailure),
        ("to_sender", "553 not your address", Misconfigured),
        ("to_sender", "451 later", TemporaryFailure),
    ],
)
async def test_each_refusal_means_something(post, inbox, command, answer, means):
    getattr(inbox, command).append(answer)

    with pytest.raises(means) as refused:
        await post.send(a_letter())

    assert answer.split()[0] in str(refused.value)
    assert not isinstance(refused.value, Unreachable)


async def test_after_a_refusal_the_next_letter_leaves(post, inbox):
    inbox.to_recipients.append("550 no such user")
    with pytest.raises(PermanentFailure):
        await post.send(a_letter())

    await post.send(a_letter())

    assert len(inbox.mails) == 1


async def test_where_nobody_listens_nobody_is_reached():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        delivery = Email(server(f"smtp://127.0.0.1:{taken.getsockname()[1]}"), SENDER)

        with pytest.raises(Unreachable):
            await delivery.send(a_letter())


async def test_a_server_that_says_nothing_is_not_waited_for():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        delivery = Email(server(f"smtp://127.0.0.1:{silent.getsockname()[1]}"), SENDER, timeout=0.1)

        with pytest.raises(Unreachable):
            await delivery.send(a_letter())


@IN_THE_OPEN
async def test_name_and_password_are_given_where_they_are_asked_for(inbox):
    with smtp_server(inbox, accepts=lambda *said: said == ("me", "p@ss/word")) as address:
        delivery = Email(server(f"smtp://me:p%40ss%2Fword@{address}?starttls=never"), SENDER)
        await delivery.send(a_letter())
        await delivery.close()

    assert len(inbox.mails) == 1


@IN_THE_OPEN
async def test_a_wrong_password_is_a_fault_of_the_settings(inbox):
    with smtp_server(inbox, accepts=lambda *_: False) as address, pytest.raises(Misconfigured):
        await Email(server(f"smtp://me:wrong@{address}?starttls=never"), SENDER).send(a_letter())


@IN_THE_OPEN
async def test_a_password_does_not_travel_in_the_open(inbox):
    with smtp_server(inbox, accepts=lambda *_: True) as address, pytest.raises(Misconfigured):
        await Email(server(f"smtp://me:secret@{address}"), SENDER).send(a_letter())


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail.example", 25, False, None),
        ("smtp://me:x@mail.example", 587, False, True),
        ("smtps://me:x@mail.example", 465, True, False),
        ("smtp://mail.example:2525?starttls=never", 2525, False, False),
        ("smtp://mail.example?starttls=always", 25, False, True),
    ],
)
def test_an_address_says_how_to_connect(url, port, tls, starttls):
    found = server(url)

    assert (found.host, found.port, found.tls, found.starttls) == ("mail.example", port, tls, starttls)


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "smtp://mail.example?starttls=perhaps", "mail"])
def test_another_address_is_refused(url):
    with pytest.raises(ValueError, match=r"smtp|starttls"):
        server(url)


def test_a_sender_without_an_address_is_refused():
    with pytest.raises(Misconfigured):
        Email(server("smtp://mail.example"), "Ateliers")
