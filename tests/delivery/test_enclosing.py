"""A mail that brings an entry for a calendar, as it arrives at a real SMTP server."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from booking.delivery.email import Email, server
from booking.delivery.letters import Outgoing
from booking.delivery.mails import mail
from booking.domain.job_seekers import Channel
from calendars.events import Status
from calendars.invitations import Invitation
from tests.calendars.given import a_meeting
from tests.delivery.invitations import calendar_part, content_of, event_of
from tests.delivery.servers import Inbox, smtp_server
from tests.given import NOW

SENDER = "Ateliers <rappels@ateliers.example>"
BODY = "Bonjour Awa,\n\nVotre place : https://ateliers.example/p/K7M4P2/abc?x=1&y=2.\nÀ bientôt <vous> !\n"


def a_letter(status: Status = Status.CONFIRMED, **known) -> Outgoing:
    usual = {
        "key": "0190b7a4-0000-7000-8000-000000000001",
        "channel": Channel.EMAIL,
        "address": "awa@example.org",
        "subject": "Votre inscription",
        "body": BODY,
        "written_at": NOW,
        "invitation": Invitation(a_meeting(status=status), "awa@example.org"),
    }
    return Outgoing(**usual | known)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def post(inbox: Inbox) -> AsyncIterator[Email]:
    with smtp_server(inbox) as address:
        delivery = Email(server(f"smtp://{address}"), SENDER)
        yield delivery
        await delivery.close()


async def test_the_words_come_first_then_the_entry_then_the_file(post, inbox):
    await post.send(a_letter())

    (arrived,) = inbox.mails
    kinds = [part.get_content_type() for part in arrived.walk()]
    parts = ["text/plain", "text/html", "text/calendar"]
    assert kinds == ["multipart/mixed", "multipart/alternative", *parts, "application/ics"]


async def test_the_entry_says_its_method_twice_and_is_no_attachment(post, inbox):
    for status, method in ((Status.CONFIRMED, "REQUEST"), (Status.CANCELLED, "CANCEL")):
        await post.send(a_letter(status))

        part = calendar_part(inbox.mails[-1])
        assert dict(part["Content-Type"].params) == {"charset": "UTF-8", "method": method}
        assert f"METHOD:{method}\r\n".encode() in content_of(inbox.mails[-1])
        assert part["Content-Transfer-Encoding"] == "base64"
        assert part["Content-Disposition"] is None


async def test_the_file_holds_the_same_bytes(post, inbox):
    await post.send(a_letter())

    attached = list(inbox.mails[0].iter_attachments())[-1]
    assert attached["Content-Type"].params["name"] == "invite.ics"
    assert attached["Content-Disposition"].params["filename"] == "invite.ics"
    assert content_of(inbox.mails[0]).endswith(b"END:VCALENDAR\r\n")


async def test_sender_and_organizer_are_one_and_so_are_receiver_and_guest(post, inbox):
    await post.send(a_letter())

    event = event_of(inbox.mails[0])
    assert event["ORGANIZER"] == f"mailto:{inbox.mails[0]['From'].addresses[0].addr_spec}"
    assert event["ATTENDEE"] == f"mailto:{inbox.mails[0]['To']}"
    assert inbox.mails[0]["Auto-Submitted"] == "auto-generated"


async def test_the_words_are_the_same_in_both_forms(post, inbox):
    await post.send(a_letter())

    plain, html = (inbox.mails[0].get_body([kind]) for kind in ("plain", "html"))
    assert plain.get_content().replace("\r\n", "\n") == BODY
    shown = html.get_content()
    address = "https://ateliers.example/p/K7M4P2/abc?x=1&amp;y=2"
    assert f'<a href="{address}">{address}</a>.<br>' in shown
    assert "À bientôt &lt;vous&gt; !" in shown


async def test_an_update_stands_under_the_first_mail(post, inbox):
    for first_key in (None, "0190b7a4-0000-7000-8000-000000000001", "0190b7a4-0000-7000-8000-000000000000"):
        await post.send(a_letter(first_key=first_key))

    first = "<0190b7a4-0000-7000-8000-000000000000@ateliers.example>"
    assert [arrived["In-Reply-To"] for arrived in inbox.mails] == [None, None, first]


def test_a_repeat_is_the_same_to_the_last_byte():
    assert mail(a_letter(), SENDER).as_bytes() == mail(a_letter(), SENDER).as_bytes()


def test_a_plain_letter_stays_one_part():
    plain = mail(replace(a_letter(), invitation=None), SENDER)

    assert plain.get_content_type() == "text/plain"
    assert plain["In-Reply-To"] is None


def test_each_language_of_a_mail_is_named_with_its_direction():
    body = "مرحبا\n\nرمزكم\n\n—\n\nBonjour\n"
    html = mail(a_letter(body=body, language="ar"), SENDER).get_body(("html",)).get_content()

    assert '<html lang="ar" dir="rtl">' in html and "<p>رمزكم</p>" in html
    assert '<hr>\n<div lang="fr" dir="ltr">\n<p>Bonjour</p>\n</div>' in html


def test_a_dash_in_a_french_mail_is_only_a_dash():
    html = mail(a_letter(body="Bonjour\n\n—\n\nAgence\n"), SENDER).get_body(("html",)).get_content()

    assert '<html lang="fr">' in html and "<p>—</p>" in html
