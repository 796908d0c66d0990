"""The words of the screen: French is the source, others come from catalogues kept in gettext's form.

Staff read French or English; what is made for people who may read neither is there in Arabic, too: their own page, and
the public pages of the agencies.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

FRENCH, ENGLISH, ARABIC = "fr", "en", "ar"
LANGUAGES = (FRENCH, ENGLISH)
# Those of pages for everybody: how each is called by who speaks it, and the little that fits on a button.
NAMES = {FRENCH: ("Français", "FR"), ENGLISH: ("English", "EN"), ARABIC: ("العربية", "عربي")}
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
def counting(language: str) -> Callable[[str, str, float], str]:
    """The one sentence or the other, by number: in French nothing is one, in English it is many (CLDR's rules)."""
    say = translate(language)
    if language == FRENCH:
        return lambda one, many, n: say(one if n < 2 else many)
    return lambda one, many, n: say(one if n == 1 else many)


@cache
def typeset(sentence: str) -> str:
    """A sentence of ours as French is set: a narrow space that does not break before ; : ! ? % and inside « »."""
    return _BEFORE_MARKS.sub(NARROW, sentence)


def chosen(wish: str | None, accepted: str = "", among: Collection[str] = LANGUAGES) -> str:
    """The language wished for, else the first known one of an Accept-Language header, else French."""
    if wish in among:
        return str(wish)
    tags = (part.split(";")[0].split("-")[0].strip().lower() for part in accepted.split(","))
    return next((tag for tag in tags if tag in among), FRENCH)
