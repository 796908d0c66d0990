"""The French sentences of the screen, wherever they stand, and the English catalogue written again from them.

    ./dev words

What is translated stays so, what nobody says any more goes, and what is new waits for its English.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import normalize
from jinja2.ext import extract_from_ast

from booking.language import CATALOGUES, ENGLISH, catalogue
from booking.web.templating import TEMPLATES, environment
from tests.house.source import Module, modules

CATALOGUE = CATALOGUES / ENGLISH / "LC_MESSAGES" / "messages.po"
HEADER = (
    '# The screen in plain British English; ./dev words writes this file again.\nmsgid ""\nmsgstr ""\n'
    + "\n".join(
        f'"{field}\\n"'
        for field in (
            f"Language: {ENGLISH}",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        )
    )
)
# What a sentence is given to in Python: it comes out translated, or as words that a page translates.
SAYING = {"_", "say", "Words", "Topic", "lines"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
# Text that is code, and attributes that a person reads or hears.
CODE = {"code", "kbd", "pre", "script", "style"}
HEARD = {"alt", "aria-label", "placeholder", "title"}
PAPER = '{% extends "paper.html" %}'
NOT_WORDS = re.compile(r'/\S*|[\w-]+="[^"]*"?')
FRENCH_LETTERS = re.compile(r"[àâæçéèêëîïôœùûü’«»]", re.IGNORECASE)
# What is said without any of them all the same has one that French cannot do without.
FRENCH_WORDS = re.compile(
    r"\b(aucune?|aux?|avec|ce|ces|cette|chaque|dans|de|des|du|est|et|la|les?|ou|par|pas|pour|que|qui|sans|"
    r"sont|sur|tous|toutes|une?|votre|vous)\b",
    re.IGNORECASE,
)


@cache
def sentences() -> frozenset[str]:
    """Every French sentence that is translated somewhere."""
    in_templates = frozenset(said for path in templates() for said in of_template(path))
    return in_templates.union(said for module in modules("booking/web") for said in of_module(module))


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def of_template(path: Path) -> Iterator[str]:
    """What a template gives to ``_``, where it stands in the template itself."""
    for _line, _which, said in extract_from_ast(environment().parse(path.read_text()), ("_", "n_"), babel_style=False):
        yield from filter(None, said)


def of_module(module: Module) -> Iterator[str]:
    """What Python gives to a translation, and the tables of words that the templates translate."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and name_of(node.func) in SAYING:
            yield from texts([*node.args, *(keyword.value for keyword in node.keywords)])
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            yield from of_table(node.value)


def of_table(table: ast.Dict) -> list[str]:
    """The values of a table of nothing but text, some of it with a capital or in French; codes have none. Where each
    value is several things, those among them that are like that.
    """
    said = texts(table.values)
    within = [text for value in table.values if isinstance(value, ast.Tuple) for text in texts(value.elts)]
    is_whole = len(said) == len(table.values) and any(map(is_sentence, said))
    return said if is_whole else [text for text in within if is_sentence(text)]


def is_sentence(text: str) -> bool:
    """Whether a person is told this."""
    return text[:1].isupper() or is_french(text)


def is_french(text: str) -> bool:
    return bool(FRENCH_LETTERS.search(text) or (" " in text and FRENCH_WORDS.search(text)))


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def texts(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def french_texts(module: Module) -> set[str]:
    """What Python says in letters or words that only French has; docstrings are for readers of the source."""
    read_only = {node.value for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    said = texts([node for node in ast.walk(module.tree) if isinstance(node, ast.expr) and node not in read_only])
    return {text for text in said if is_french(text)}


def is_paper(path: Path) -> bool:
    """Whether a page is to be printed; papers are French, whoever prints them."""
    return path.read_text().startswith(PAPER)


def bare_words(path: Path) -> set[str]:
    """The words that stand on a page outside every translation; addresses and attributes of a macro are none."""
    reader = BareWords()
    reader.feed("".join(value for _line, kind, value in environment().lex(path.read_text()) if kind == "data"))
    return {word for text in reader.said for word in re.findall(r"[^\W\d_]+", NOT_WORDS.sub("", text))}


class BareWords(HTMLParser):
    """What a page says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.around: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.around += [tag] if tag in CODE else []
        self.said += [value for name, value in attrs if value and name in HEARD]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.around:
            self.around.remove(tag)

    def handle_data(self, data: str) -> None:
        self.said += [] if self.around else [data]


def written(french: str, english: str) -> str:
    """An entry as gettext's tools read it."""
    flag = "#, python-format\n" if PLACEHOLDER.search(french) else ""
    return f"{flag}msgid {normalize(french, width=0)}\nmsgstr {normalize(english, width=0)}"


def contents() -> str:
    """The catalogue as it ought to be: sorted, with the English that is known."""
    known = catalogue(ENGLISH)
    entries = (written(french, known.get(french, "")) for french in sorted(sentences()))
    return "\n\n".join((HEADER, *entries)) + "\n"


def write() -> None:
    """Write the catalogue again, and name the sentences that wait."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(contents(), encoding="utf-8")
    waiting = sorted(sentences() - catalogue(ENGLISH).keys())
    print(f"{len(sentences())} sentences, {len(waiting)} without English", *waiting, sep="\n  ")


if __name__ == "__main__":
    write()
