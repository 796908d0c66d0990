"""The words of the screen: French is the source, English comes from a catalogue kept in gettext's form."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

FRENCH, ENGLISH = "fr", "en"
LANGUAGES = (FRENCH, ENGLISH)
CATALOGUES = Path(__file__).parent / "locale"

Translate = Callable[[str], str]

NARROW = "\u202f"
_BEFORE_MARKS = re.compile(r"[ \u00a0](?=[;:!?»%](?![\w(]))|(?<=«)[ \u00a0]")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every sentence of a language by its French original; French has none to look up."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if language == FRENCH or not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


@cache
def translate(language: str) -> Translate:
    """The sentence in this language, or in French where nobody translated it."""
    if language == FRENCH:
        return typeset
    known = catalogue(language)
    return lambda sentence: known[sentence] if sentence in known else typeset(sentence)


@cache
def typeset(sentence: str) -> str:
    """A sentence of ours as French is set: a narrow space that does not break before ; : ! ? % and inside « »."""
    return _BEFORE_MARKS.sub(NARROW, sentence)


def chosen(wish: str | None, accepted: str = "") -> str:
    """The language wished for, else the first known one of an Accept-Language header, else French."""
    if wish in LANGUAGES:
        return str(wish)
    tags = (part.split(";")[0].split("-")[0].strip().lower() for part in accepted.split(","))
    return next((tag for tag in tags if tag in LANGUAGES), FRENCH)
