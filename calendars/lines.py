"""Content lines: how iCalendar writes a name and its value (RFC 5545, section 3.1)."""

import re
from datetime import datetime

from calendars.zones import wall

MOST_OCTETS = 75
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def clean(text: str) -> str:
    """The text without control characters and outer blanks; every line break becomes one newline, a tab a space."""
    lines = "\n".join(text.splitlines()).replace("\t", " ")
    return CONTROL_CHARACTERS.sub("", lines).strip()


def escape(text: str) -> str:
    """The cleaned text as a TEXT value (section 3.3.11)."""
    return clean(text).translate(ESCAPES)


def fold(line: str) -> str:
    """The line cut so that no piece exceeds 75 octets with its leading space; no character is cut."""
    octets = line.encode()
    pieces, start, room = [], 0, MOST_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # inside a character
            end -= 1
        pieces.append(octets[start:end].decode())
        start, room = end, MOST_OCTETS - 1
    pieces.append(octets[start:].decode())
    return "\r\n ".join(pieces)


def line(name: str, value: object) -> str:
    """The property with its line end; nothing for an empty value."""
    return f"{fold(f'{name}:{value}')}\r\n" if value != "" else ""


def text(name: str, *values: str) -> str:
    """The property with one value for people, or several set apart by commas; empty ones are left out."""
    return line(name, ",".join(filter(None, map(escape, values))))


def address(name: str, value: str) -> str:
    """The property with a URI, which is not escaped and has no blanks."""
    return line(name, "".join(clean(value).split()))


def stamp(instant: datetime) -> str:
    """The instant in UTC, in the basic form of section 3.3.5. Raises NaiveInstant."""
    return f"{wall(instant, 'UTC'):%Y%m%dT%H%M%SZ}"


def block(name: str, *content: str) -> str:
    """The component with its content between BEGIN and END."""
    return f"BEGIN:{name}\r\n{''.join(content)}END:{name}\r\n"
