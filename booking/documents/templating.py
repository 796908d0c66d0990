"""The templates of messages, in French and in the other languages in which a whole message is written."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from booking.domain.languages import FRENCH
from booking.domain.messages import MessageKind
from booking.language import typeset

FOLDER = Path(__file__).parent / "templates" / "messages"
_TAG = re.compile(r"(\{[{%#].*?[}%#]\})", re.DOTALL)


class _French(Extension):
    """Sets the sentences of a template as French is set; what is filled in stays as people wrote it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "".join(part if _TAG.fullmatch(part) else typeset(part) for part in _TAG.split(source))


def folder(language: str) -> Path:
    """Where its templates stand."""
    return FOLDER if language == FRENCH else FOLDER / language


@cache
def is_written(kind: MessageKind, language: str) -> bool:
    """Whether this language has words of ours for such a message."""
    return (folder(language) / f"{kind}.txt").exists()


def rendered(name: str, language: str, facts: Mapping[str, Any]) -> str:
    """A template, or a part of one like ``_session``, with these facts filled in."""
    return _environment(language).get_template(f"{name}.txt").render(facts)


@cache
def with_names(
    name: str, language: str, names: tuple[tuple[str, object], ...], parts: tuple[tuple[str, str], ...]
) -> str:
    """A template as it is offered to be changed: facts and parts by their names instead of what they say."""
    files = {path.name: path.read_text() for path in folder(language).glob("*.txt")}
    named = files | {f"{part}.txt": f"{{{{ '{{{said}}}' }}}}\n\n" for part, said in parts}
    return _made(language, DictLoader(named)).get_template(f"{name}.txt").render(dict(names))


@cache
def _environment(language: str) -> Environment:
    return _made(language, FileSystemLoader(folder(language)))


def _made(language: str, loader: BaseLoader) -> Environment:
    return Environment(
        loader=loader,
        extensions=[_French] if language == FRENCH else [],
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
