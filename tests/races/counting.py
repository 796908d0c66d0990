"""How often everybody was told, by what the provider took."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.delivery.servers import Inbox


@dataclass(frozen=True)
class Counted:
    """``told`` people; ``repeats`` of a letter under its own key; ``strange``: other letters to somebody told before,
    which nobody could know for a repeat."""

    told: int
    repeats: int
    strange: int


def counted(book: Inbox | Path) -> Counted:
    """By the Message-ID of mails, and the key of texts."""
    letters = list(_mails(book) if isinstance(book, Inbox) else _texts(book))
    told, keys = {address for address, _ in letters}, Counter(letters)
    return Counted(len(told), keys.total() - len(keys), len(keys) - len(told))


def _mails(inbox: Inbox) -> Iterable[tuple[str, str]]:
    return ((str(mail["To"]), str(mail["Message-ID"])) for mail in inbox.mails)


def _texts(path: Path) -> Iterable[tuple[str, str]]:
    lines = path.read_text().splitlines() if path.exists() else []
    return ((address, key) for address, _, key in (line.partition(" ") for line in lines))
