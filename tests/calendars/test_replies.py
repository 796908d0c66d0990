"""Replies: what calendars in the wild answer, and what nobody has to believe."""

from dataclasses import replace

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.invitations import Invitation, written
from calendars.replies import MOST_OCTETS, Answer, NotAReply, Reply, read
from tests.calendars.given import a_meeting

UID = "3f0c2a51@ateliers.example"
SAID = Reply(UID, "awa@example.org", 2, Answer.ACCEPTED, "20250318T080000Z")


def a_reply(*more: str, attendee: str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:awa@example.org", **known: str) -> bytes:
    usual = {"METHOD": "REPLY", "UID": UID, "SEQUENCE": "2", "DTSTAMP": "20250318T080000Z"} | known
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{usual.pop('METHOD')}", "BEGIN:VEVENT", attendee]
    said = [f"{name}:{value}" for name, value in usual.items() if value]
    return "\r\n".join([*head, *said, *more, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def test_a_reply_names_the_guest_the_version_and_the_answer():
    assert read(a_reply()) == SAID


@pytest.mark.parametrize("answer", list(Answer))
def test_each_answer_is_understood(answer):
    assert read(a_reply(attendee=f"ATTENDEE;PARTSTAT={answer.value}:mailto:a@b.org")).answer is answer


@pytest.mark.parametrize(
    "attendee",
    [
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Awa Diallo:MAILTO:Awa@Example.ORG",
        'ATTENDEE;CN="Diallo: Awa; PARTSTAT=DECLINED";PARTSTAT=ACCEPTED:mailto:awa@example.org',
        "attendee;partstat=accepted:mailto:awa@example.org",
        'ATTENDEE;PARTSTAT="ACCEPTED":mailto:awa%40example.org',
        "ATTENDEE;CN=Awa;PARTSTAT=ACC\r\n EPTED:mailto:awa@exa\r\n\tmple.org",
    ],
)
def test_a_guest_is_known_however_a_program_writes_him(attendee):
    assert read(a_reply(attendee=attendee)) == SAID


def test_zones_and_alarms_beside_the_event_are_not_mistaken_for_it():
    alarm = ("BEGIN:VALARM", "UID:other", "ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.org", "END:VALARM")

    assert read(a_reply(*alarm, "ORGANIZER:mailto:rappels@ateliers.example", "COMMENT:à bientôt")) == SAID


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(end):
    assert read(b"\xef\xbb\xbf" + a_reply().replace(b"\r\n", end.encode())) == SAID


def test_a_first_invitation_may_be_answered_without_its_sequence():
    assert read(a_reply(SEQUENCE="")).sequence == 0


def test_what_icalendar_writes_is_understood():
    asked = written(Invitation(a_meeting(uid=UID, sequence=2), "awa@example.org"), "rappels@ateliers.example")
    answer = icalendar.Calendar.from_ical(asked)
    answer["METHOD"] = "REPLY"
    answer.walk("VEVENT")[0]["ATTENDEE"].params["PARTSTAT"] = "ACCEPTED"

    assert replace(read(answer.to_ical()), stamp=SAID.stamp) == SAID


@pytest.mark.parametrize("stamp", ["", "hier", "20250318T080000", "99999999999"])
def test_a_stamp_that_is_none_is_left_out(stamp):
    assert read(a_reply(DTSTAMP=stamp)) == replace(SAID, stamp="")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "method"),
        (b"<html>", "method"),
        (b"\x00\xff\xfe" * 100, "method"),
        (a_reply(METHOD="REQUEST"), "other-method"),
        (a_reply(METHOD="COUNTER"), "other-method"),
        (a_reply(UID=""), "uid"),
        (a_reply(UID="x" * 400), "uid"),
        (a_reply("UID:another"), "uid"),
        (a_reply(attendee="SUMMARY:x"), "attendee"),
        (a_reply("ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.org"), "attendee"),
        (a_reply(attendee="ATTENDEE;PARTSTAT=ACCEPTED:https://awa.example"), "attendee"),
        (a_reply(attendee="ATTENDEE:mailto:awa@example.org"), "answer"),
        (a_reply(attendee="ATTENDEE;PARTSTAT=DELEGATED:mailto:awa@example.org"), "answer"),
        (a_reply(SEQUENCE="-1"), "sequence"),
        (a_reply(SEQUENCE="deux"), "sequence"),
        (a_reply(SEQUENCE="9999999999"), "sequence"),
        (a_reply("X:" + "x" * MOST_OCTETS), "too-long"),
    ],
)
def test_what_answers_nothing_says_why(content, why):
    with pytest.raises(NotAReply, match=f"^{why}$"):
        read(content)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(noise):
    for content in (noise, a_reply() + noise, a_reply().replace(b"DTSTAMP", noise)):
        try:
            read(content)
        except NotAReply:
            continue
