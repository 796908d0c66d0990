"""What a single field may hold; collects every problem of a form before refusing it."""

import unicodedata
from dataclasses import dataclass, field

from booking.domain.errors import InvalidField, Refused

# Cc: control characters; Cf: format characters, among them the ones that reverse the direction of text;
# Cs: halves of a pair, which no encoding can write; Co, Cn: no meaning that two systems would share;
# Zl, Zp: line breaks that only some programs see.
REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Zero-width joiners are letters' glue in several scripts (Persian, Hindi).
ALLOWED_CHARACTERS = frozenset("\u200c\u200d")


@dataclass(slots=True)
class Problems:
    """Problems by field, each a stable code: ``required``, ``too-long``, ``bad-characters``, ``out-of-range``, ..."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, code: str) -> None:
        """Note a problem; the first one of a field stands."""
        self.found.setdefault(name, code)

    def text(self, name: str, value: str, *, longest: int, required: bool = True, lines: bool = False) -> None:
        """Text a person typed, of one line or of several: present if required, not too long, no hidden characters."""
        if required and not value.strip():
            self.add(name, "required")
        if len(value) > longest:
            self.add(name, "too-long")
        if has_hidden_characters(value.replace("\n", "") if lines else value):
            self.add(name, "bad-characters")

    def between(self, name: str, value: int, low: int, high: int) -> None:
        """A whole number within bounds, both included."""
        if not low <= value <= high:
            self.add(name, "out-of-range")

    def refuse(self, refusal: type[Refused] = InvalidField) -> None:
        """Raise the refusal with every problem found; do nothing when there is none."""
        if self.found:
            raise refusal(fields=dict(self.found))


def has_hidden_characters(value: str) -> bool:
    """Whether the text holds a character that cannot be seen and does not belong to a script; a line break is one."""
    return any(unicodedata.category(c) in REFUSED_CATEGORIES and c not in ALLOWED_CHARACTERS for c in value)
