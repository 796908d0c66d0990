"""The person who attends: known by as little as possible, and reached by what he really has."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.languages import LANGUAGES

LONGEST_NAME = 80
OLDEST_BIRTH_YEAR = 1930
# Letters that are not a base letter with an accent, so that taking accents away leaves them as they are.
UNDECOMPOSED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ı": "i"})


class Channel(StrEnum):
    """A way of reaching somebody."""

    EMAIL = "email"
    SMS = "sms"
    CALL = "call"
    LETTER = "letter"
    HAND = "hand"


class Need(StrEnum):
    """What the room has to know; structured, never a health note."""

    NEVER_USED_COMPUTER = "never_used_computer"
    READS_LITTLE = "reads_little"
    ACCESSIBLE_PLACE = "accessible_place"
    HEARS_LITTLE = "hears_little"
    SEES_LITTLE = "sees_little"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeeker:
    """``phone`` is E.164; ``phone_takes_sms`` is false for a landline; ``preferred`` is None when he has no wish.

    ``language`` (ISO 639-1) is the one in which help is wanted; ``merged_into`` who he turned out to be.
    A member of staff who attends trainings has a row of his own, with a ``staff_id``: he is no job seeker.
    """

    id: UUID
    agency_id: UUID
    first_name: str
    last_name: str
    identifier: str | None = None
    birth_year: int | None = None
    email: str | None = None
    phone: str | None = None
    phone_takes_sms: bool = False
    address: str = ""
    postcode: str = ""
    commune: str = ""
    preferred: Channel | None = None
    needs: frozenset[Need] = frozenset()
    language: str = ""
    merged_into: UUID | None = None
    staff_id: UUID | None = None
    version: int = 0
    created_at: datetime
    changed_at: datetime

    @property
    def name(self) -> str:
        """First name and NAME, as papers say it."""
        return f"{self.first_name} {self.last_name.upper()}"

    @property
    def has_postal_address(self) -> bool:
        """Whether a letter can be posted to him."""
        return bool(self.address and self.postcode and self.commune)

    def channels(self) -> tuple[Channel, ...]:
        """The ways that reach this person, best first; the wished one leads, paper given by hand is always the last."""
        has = {
            Channel.EMAIL: bool(self.email),
            Channel.SMS: bool(self.phone) and self.phone_takes_sms,
            Channel.CALL: bool(self.phone),
            Channel.LETTER: self.has_postal_address,
        }
        ways = sorted((c for c in has if has[c]), key=lambda c: c is not self.preferred)
        return (*ways, Channel.HAND)

    @property
    def will_receive_nothing(self) -> bool:
        """Whether nothing but paper in his hand reaches him."""
        return self.channels() == (Channel.HAND,)

    def checked(self, now: datetime, problems: Problems | None = None) -> "JobSeeker":
        """This person, if the fields can stand; otherwise :class:`InvalidField`, with problems found before too."""
        problems = problems or Problems()
        problems.text("last_name", self.last_name, longest=LONGEST_NAME)
        problems.text("first_name", self.first_name, longest=LONGEST_NAME)
        problems.text("identifier", self.identifier or "", longest=20, required=False)
        problems.text("address", self.address, longest=200, required=False)
        problems.text("postcode", self.postcode, longest=10, required=False)
        problems.text("commune", self.commune, longest=80, required=False)
        if self.birth_year is not None:
            problems.between("birth_year", self.birth_year, OLDEST_BIRTH_YEAR, now.year - 14)
        if self.language and self.language not in LANGUAGES:
            problems.add("language", "unknown-choice")
        problems.refuse()
        return self


def folded(text: str) -> str:
    """Text as it is searched: without accents, in lower case, hyphens and apostrophes as blanks, single blanks."""
    # Taken apart before lower case, for signs that stand for capitals (℡), and after it, for İ.
    lower = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", lower).translate(UNDECOMPOSED)
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())
