"""What an agency says in its own words instead of ours: written in versions, each kept as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.messages import MessageKind

LONGEST_SUBJECT, LONGEST_BODY = 150, 4000
MOST_SEGMENTS = 3


class WordingForm(StrEnum):
    """A short text for the phone, or the full one: of a mail, of a letter, and of what is said on the phone."""

    SMS = "sms"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One version of a text. ``agency_id`` None is for the whole installation; a text message has no ``subject``.

    ``is_original`` says that from this version on our own text is said again; its words are then empty.
    """

    id: UUID
    agency_id: UUID | None
    kind: MessageKind
    form: WordingForm
    language: str
    version: int
    subject: str = ""
    body: str = ""
    is_original: bool = False
    made_at: datetime
    made_by: UUID

    @property
    def template(self) -> str:
        """Who wrote it, and which version: ``agency:3``."""
        return f"{'agency' if self.agency_id else 'network'}:{self.version}"


@dataclass(frozen=True, slots=True)
class Slot:
    """Which text: of what, in which form and language, and whose; without an agency the whole installation's."""

    agency_id: UUID | None
    kind: MessageKind
    form: WordingForm
    language: str


Key = tuple[UUID | None, MessageKind, WordingForm, str]


@dataclass(frozen=True, slots=True)
class Wordings:
    """The newest version of each text that was ever written anew."""

    newest: Mapping[Key, Wording]

    @classmethod
    def of(cls, found: Iterable[Wording]) -> "Wordings":
        """Of these, the newest of each."""
        newest: dict[Key, Wording] = {}
        for one in sorted(found, key=lambda wording: wording.version):
            newest[one.agency_id, one.kind, one.form, one.language] = one
        return cls(newest)

    def find(self, agency_id: UUID, kind: MessageKind, form: WordingForm, language: str) -> Wording | None:
        """The agency's own words, else those of the installation, else None: ours."""
        for whose in (agency_id, None):
            found = self.newest.get((whose, kind, form, language))
            if found and not found.is_original:
                return found
        return None


OURS = Wordings({})
