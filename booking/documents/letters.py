"""A message as a letter is set: what must leap to the eye apart from the sentences, and the address in the window."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from booking.domain.job_seekers import JobSeeker
from booking.domain.languages import ARABIC, ENGLISH, FRENCH

# What a window envelope and the sorting machine take (NF Z 10-011).
MOST_LINES, LONGEST_LINE = 6, 38
_FACT = re.compile(r"(\w[\w’ ]{1,11})[ \u00a0\u202f]: (.+)")
# Where the colon stands at the word; a longer beginning is a sentence.
_FOREIGN_FACT = re.compile(r"(\w[\w’ ]{1,16}): (.+)")
_ARABIC_FACT = re.compile(r"(\w[\w ]{1,12}): (.+)")
_NUMBERED = re.compile(r"\d+\. ")
FACTS = {FRENCH: _FACT, ENGLISH: _FOREIGN_FACT, ARABIC: _ARABIC_FACT}


class Part(StrEnum):
    """How a block of a letter looks."""

    FACTS = "facts"
    DATES = "dates"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; each is a label (empty except for facts) and what is said."""

    part: Part
    lines: Sequence[tuple[str, str]]


def blocks(body: str, language: str = FRENCH) -> list[Block]:
    """The body of a message in blocks: facts like ``Lieu : …``, the numbered dates of a cycle, and sentences."""
    found: list[Block] = []
    for paragraph in body.strip().split("\n\n"):
        begins = True
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            part, said = _read(line, FACTS[language])
            if found and found[-1].part is part and (part is not Part.SENTENCES or not begins):
                found[-1] = Block(part, [*found[-1].lines, said])
            else:
                found.append(Block(part, [said]))
            begins = False
    return found


def _read(line: str, facts: re.Pattern[str]) -> tuple[Part, tuple[str, str]]:
    if fact := facts.fullmatch(line):
        return Part.FACTS, (fact[1], fact[2])
    if numbered := _NUMBERED.match(line):
        return Part.DATES, ("", line[numbered.end() :])
    return Part.SENTENCES, ("", line)


def address(person: JobSeeker) -> list[str]:
    """The lines in the window, in capitals without punctuation; the name alone for who has no postal address."""
    if not person.has_postal_address:
        return [_addressee(person)]
    streets = [_line(part) for part in re.split(r"[,\n]", person.address) if part.strip()]
    return [_addressee(person), *streets[: MOST_LINES - 2], _line(f"{person.postcode} {person.commune}")]


def _addressee(person: JobSeeker) -> str:
    """First name and NAME; where that is too long for the window, the initials of the first names."""
    if len(person.name) <= LONGEST_LINE:
        return _line(person.name)
    initials = " ".join(part[0] for part in _line(person.first_name).split())
    return _line(f"{initials} {person.last_name}")


def _line(said: str) -> str:
    letters = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in said.upper())
    return " ".join(letters.split())[:LONGEST_LINE]
