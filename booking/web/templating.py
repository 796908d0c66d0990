"""Templates, compiled once for each language: what a page says whoever reads it stands in it as text, and is not looked
up for each reader.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from booking.language import FRENCH, counting, translate
from booking.services.contacts import spoken
from booking.web import menus, moments

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


@cache
def environment(language: str = FRENCH) -> Environment:
    """The templates in this language, read once; whatever a page shows of a person is escaped."""
    made = Spoken(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.lasting = {"_": translate(language), "asset": asset, "icon": partial(drawn, language, "icon")}
    made.globals |= made.lasting | words_of_moments(language)
    made.globals |= {
        "n_": counting(language),
        "language": language,
        "once_key": once_key,
        "initials": initials,
        "km_words": km_words,
        "phone_words": spoken,
        "seat_picture": partial(drawn, language, "seats"),
        "menus": menus,
        # Papers are French whoever prints them.
        "french": words_of_moments(FRENCH),
    }
    return made


class Spoken(Environment):
    """An environment in which some functions answer the same for as long as the program runs: asked for a constant,
    they are asked when the template is compiled.
    """

    lasting: Mapping[str, Callable[..., str]]

    def _generate(self, source: nodes.Template, *more: Any, **known: Any) -> str:
        return super()._generate(_Asked(self.lasting).visit(source), *more, **known)


class _Asked(NodeTransformer):
    def __init__(self, lasting: Mapping[str, Callable[..., str]]) -> None:
        self._lasting = lasting

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name is the toolkit's
        self.generic_visit(node)
        said = [one.value for one in node.args if isinstance(one, nodes.Const)]
        function = self._lasting.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if function is None or len(said) < len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        return nodes.Const(function(*said), lineno=node.lineno)


def words_of_moments(language: str) -> dict[str, Callable[..., str]]:
    """How this language tells days and hours."""
    return {name: partial(words, language=language) for name, words in moments.WORDS.items()}


@cache
def asset(name: str) -> str:
    """The address of one of our own files; it changes with what is in the file, so that it may be kept for long."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"


@lru_cache(20_000)
def drawn(language: str, picture: str, *what: Any) -> str:
    """A picture of ours, as markup; each is drawn once."""
    return getattr(environment(language).get_template("pictures.html").module, picture)(*what)  # type: ignore[no-any-return]


def once_key() -> str:
    """A key for a form that must act once, however often its button is pressed."""
    return secrets.token_urlsafe(16)


def initials(name: str) -> str:
    """Two letters for a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def km_words(km: float) -> str:
    """``2,3 km``, ``14 km``; a number a person can compare."""
    return (f"{km:.1f}" if km < 9.95 else f"{km:.0f}").replace(".", ",") + "\u00a0km"
