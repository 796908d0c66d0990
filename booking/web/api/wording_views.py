"""How the texts of an agency look to programs."""

from datetime import datetime

import msgspec

from booking.domain.messages import MessageKind
from booking.domain.placeholders import allowed, needed
from booking.domain.wordings import Wording, WordingForm
from booking.services.told import Told
from booking.services.wording_previews import Preview
from booking.services.wordings import Edited


class WordingBody(msgspec.Struct, forbid_unknown_fields=True):
    """A text with names between braces; a text message has no ``subject``."""

    body: str
    subject: str = ""


class WordingVersionView(msgspec.Struct):
    """One version of a text; ``is_original`` says that our own was taken up again."""

    version: int
    subject: str
    body: str
    is_original: bool
    made_at: datetime
    made_by: str

    @classmethod
    def of(cls, wording: Wording, name: str) -> "WordingVersionView":
        """The view of this version."""
        one = wording
        return cls(one.version, one.subject, one.body, one.is_original, one.made_at, name)


class ChangedView(msgspec.Struct):
    """A text that was changed, in its newest version."""

    kind: MessageKind
    form: WordingForm
    language: str
    version: int
    is_original: bool
    made_at: datetime
    made_by: str

    @classmethod
    def of(cls, one: Wording, name: str) -> "ChangedView":
        """The view of this text."""
        return cls(one.kind, one.form, one.language, one.version, one.is_original, one.made_at, name)


class WordingView(msgspec.Struct, kw_only=True):
    """A text as it is now. ``names`` may stand between braces; of each group in ``needed`` one must."""

    kind: MessageKind
    form: WordingForm
    language: str
    version: int
    subject: str
    body: str
    is_ours: bool
    names: list[str]
    needed: list[list[str]]
    versions: list[WordingVersionView]

    @classmethod
    def of(cls, edited: Edited) -> "WordingView":
        """The view of this text."""
        slot = edited.slot
        return cls(
            kind=slot.kind,
            form=slot.form,
            language=slot.language,
            version=edited.version,
            subject=edited.subject,
            body=edited.body,
            is_ours=edited.is_ours,
            names=list(allowed(slot.kind, slot.form)),
            needed=[list(group) for group in needed(slot.kind, slot.form)],
            versions=[WordingVersionView.of(one, edited.names.get(one.made_by, "")) for one in edited.versions],
        )


class FaultView(msgspec.Struct):
    """What stands against a text: in which field, a stable code, what was written, and what would do."""

    field: str
    code: str
    said: str
    instead: str


class TextPreviewView(msgspec.Struct):
    """A text as somebody invented would get it; ``body`` is empty while a name in it is unknown."""

    subject: str
    body: str
    segments: int
    characters: int
    is_folded: bool
    faults: list[FaultView]

    @classmethod
    def of(cls, tried: Preview) -> "TextPreviewView":
        """The view of this preview."""
        faults = [FaultView(one.field, one.code, one.said, one.instead) for one in tried.faults]
        return cls(tried.subject, tried.body, tried.segments, tried.characters, tried.is_folded, faults)


class ToldView(msgspec.Struct):
    """What a try said, word for word; kept for thirty days."""

    n: int
    subject: str
    body: str
    template: str
    language: str
    kept_at: datetime

    @classmethod
    def all_of(cls, told: Told) -> "list[ToldView]":
        """One for each try that is still kept."""
        return [cls(one.n, one.subject, one.body, one.template, one.language, one.kept_at) for one in told.texts]
