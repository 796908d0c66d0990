"""Replies: what a guest's calendar answers to an invitation (RFC 5546, section 3.2.3).

Whoever knows the address may write one: nothing here trusts it, and no other part of it is looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar
from urllib.parse import unquote

MOST_OCTETS = 64 * 1024
MOST_LENGTH = 320
MOST_PARAMETERS = 2000
LARGEST_SEQUENCE = 2**31 - 1
T = TypeVar("T")
_NAME = re.compile("[A-Za-z0-9-]+")
_FOLD = re.compile("\r?\n[ \t]")


class NotAReply(ValueError):
    """This calendar answers no invitation; the first argument says in one word why."""


class Answer(Enum):
    """Whether the guest comes."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True)
class Reply:
    """Which guest answers what, and which version of the invitation lay before him. The guest is in small letters.

    Of two answers to one version the one with the later stamp counts; stamps compare as text, and may be empty.
    """

    uid: str
    guest: str
    sequence: int
    answer: Answer
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    inside: tuple[str, ...]
    name: str
    parameters: str
    value: str


def read(content: bytes) -> Reply:
    """The answer; an ORGANIZER may be missing, and so may the SEQUENCE of a first invitation. Raises NotAReply."""
    if len(content) > MOST_OCTETS:
        raise NotAReply("too-long")
    lines = list(_lines(content.decode("utf-8", "replace")))
    method = _only([one.value for one in lines if one.inside == ("VCALENDAR",) and one.name == "METHOD"], "method")
    if method.strip().upper() != "REPLY":
        raise NotAReply("other-method")
    entry = [one for one in lines if one.inside == ("VCALENDAR", "VEVENT")]
    attendee = _only([one for one in entry if one.name == "ATTENDEE"], "attendee")
    uid = _only([one.value.strip() for one in entry if one.name == "UID"], "uid")
    if not 0 < len(uid) <= MOST_LENGTH:
        raise NotAReply("uid")
    return Reply(uid, _address(attendee.value), _sequence(entry), _answer(attendee.parameters), _stamp(entry))


def _lines(text: str) -> Iterator[_Line]:
    """The content lines, each with the components it stands in; what is no content line is passed over."""
    inside: list[str] = []
    for said in _FOLD.sub("", text.lstrip("\ufeff")).splitlines():
        name = _NAME.match(said)
        head, colon, value = _cut(said, ":")
        if not name or not colon:
            continue
        word = name[0].upper()
        if word == "BEGIN":
            inside.append(value.strip().upper())
        elif word == "END":
            del inside[-1:]
        else:
            yield _Line(tuple(inside), word, head[name.end() :], value)


def _cut(said: str, sign: str) -> tuple[str, str, str]:
    """At the first such sign outside quotation marks, like ``str.partition``."""
    is_quoted = False
    for at, one in enumerate(said):
        if one == '"':
            is_quoted = not is_quoted
        elif one == sign and not is_quoted:
            return said[:at], sign, said[at + 1 :]
    return said, "", ""


def _only(found: list[T], what: str) -> T:
    if len(found) != 1:
        raise NotAReply(what)
    return found[0]


def _address(value: str) -> str:
    scheme, _, address = value.strip().partition(":")
    address = unquote(address).strip().lower()
    if scheme.lower() != "mailto" or not 0 < len(address) <= MOST_LENGTH:
        raise NotAReply("attendee")
    return address


def _sequence(entry: list[_Line]) -> int:
    said = [one.value.strip() for one in entry if one.name == "SEQUENCE"] or ["0"]
    if len(said) > 1 or not re.fullmatch("[0-9]{1,10}", said[0]) or int(said[0]) > LARGEST_SEQUENCE:
        raise NotAReply("sequence")
    return int(said[0])


def _stamp(entry: list[_Line]) -> str:
    said = [one.value.strip() for one in entry if one.name == "DTSTAMP"]
    return said[0] if len(said) == 1 and re.fullmatch("[0-9]{8}T[0-9]{6}Z", said[0]) else ""


def _answer(parameters: str) -> Answer:
    parameters = parameters[:MOST_PARAMETERS]
    while parameters:
        one, _, parameters = _cut(parameters, ";")
        name, _, value = one.partition("=")
        if name.strip().upper() == "PARTSTAT":
            try:
                return Answer(value.strip().strip('"').upper())
            except ValueError:
                break
    raise NotAReply("answer")
