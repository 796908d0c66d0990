"""Mails that answer invitations, and all the others that arrive at the same address."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.delivery.replies import LARGEST_MAIL, opened
from calendars.replies import Answer, NotAReply
from tests.given_replies import a_calendar, a_mail, a_reply

UID, AWA = "b.m@ateliers.example", "awa@example.org"


def test_a_reply_is_found_in_its_mail_with_its_author():
    found = opened(a_reply(UID, AWA, "DECLINED", sequence=3))

    assert (found.sender, found.reply.guest, found.reply.uid) == (AWA, AWA, UID)
    assert (found.reply.answer, found.reply.sequence) == (Answer.DECLINED, 3)


def test_an_attached_file_will_do():
    mail = EmailMessage()
    mail["From"] = "AWA@Example.org"
    mail.set_content("Accepté")
    mail.add_attachment(a_calendar(UID, AWA).encode(), maintype="application", subtype="ics", filename="reply.ics")

    assert opened(mail.as_bytes()).sender == AWA


def test_a_calendar_alone_will_do():
    head = f"From: {AWA}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"

    assert opened(head.encode() + a_calendar(UID, AWA).encode()).reply.uid == UID


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (b"", "sender"),
        (b"From: awa@example.org\r\n\r\nBonjour", "no-calendar"),
        (b"From: awa@example.org, zoe@example.org\r\n\r\nBonjour", "sender"),
        (a_mail("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", AWA), "other-method"),
        (a_mail("<html>", AWA), "method"),
        (b"From: awa@example.org\r\nContent-Type: text/calendar\r\n\r\n" + b"x" * 70_000, "too-long"),
        (b"x" * (LARGEST_MAIL + 1), "too-long"),
    ],
)
def test_what_is_no_reply_says_why(mail, why):
    with pytest.raises(NotAReply, match=f"^{why}$"):
        opened(mail)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(noise):
    for mail in (noise, a_reply(UID, AWA)[:200] + noise, a_reply(UID, AWA).replace(b"METHOD", noise)):
        try:
            opened(mail)
        except NotAReply:
            continue
