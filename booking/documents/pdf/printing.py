"""The press: data goes in as JSON, so that no name can act as markup; one of our templates sets it."""

import asyncio
import json
import re
import threading
import unicodedata
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst
from anyascii import anyascii

TEMPLATES = Path(__file__).parent.parent / "templates" / "paper"
# Tagged for screen readers (ISO 14289-1) as far as the compiler checks it.
STANDARD = "ua-1"
# What stands for a sign that no typeface of ours has and that is no letter; the page says so, and somebody writes it.
UNPRINTABLE = "□"
# What turns the order of all that follows (UAX 9): in a name it would turn the line.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TRIES = 3
AT_ONCE = 2
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_press = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="press")
# Hundreds of letters fill half a gigabyte while they are set: one such file at a time.
_large_press = ThreadPoolExecutor(1, thread_name_prefix="large-press")
_own = threading.local()


async def printed(template: str, data: Mapping[str, Any], now: datetime) -> bytes:
    """The paper as PDF; at most two are set at a time, and nobody else waits for them."""
    return await asyncio.get_running_loop().run_in_executor(_press, set_in_type, template, data, now)


async def printed_alone(template: str, data: Mapping[str, Any], now: datetime) -> bytes:
    """The same for a paper so large that no second one may be set beside it; small ones do not wait for it."""
    return await asyncio.get_running_loop().run_in_executor(_large_press, set_in_type, template, data, now)


def set_in_type(template: str, data: Mapping[str, Any], now: datetime) -> bytes:
    """The same at once, in this thread. Letters that no typeface has are written in Latin ones, other signs become
    ``□``, and the paper says so."""
    missing: set[str] = set()
    for _ in range(TRIES):
        try:
            return _compiled(template, _written(data, missing), now, [STANDARD])
        except typst.TypstError as error:
            found = missing_in(error.diagnostic)
            if not found:
                raise
            missing |= found
    # Better a paper that a screen reader reads badly than none.
    return _compiled(template, _written(data, missing), now, [])


def missing_in(diagnostic: str) -> set[str]:
    """The signs for which the compiler has found no typeface."""
    texts = (_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return {sign for text in texts for sign in text if not sign.isascii()}


def plain(said: str) -> str:
    """Text as it can be set: signs composed, no control characters, no halves of signs."""
    whole = unicodedata.normalize("NFC", said.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    kept = (sign for sign in whole if sign not in TURNS)
    return "".join(" " if unicodedata.category(sign) == "Cc" and sign != "\n" else sign for sign in kept)


def instead_of(sign: str) -> str:
    """What is printed for a sign that no typeface has: ``Ming`` for 明, nothing for an accent, ``□`` for a picture."""
    kind = unicodedata.category(sign)[0]
    if kind == "M":
        return ""
    return (anyascii(sign).strip() if kind in "LN" else "") or UNPRINTABLE


def _written(data: Mapping[str, Any], missing: Collection[str]) -> str:
    instead = {sign: instead_of(sign) for sign in missing}
    return json.dumps(_plain(data, instead), ensure_ascii=False, default=str)


def _plain(data: Any, instead: Mapping[str, str]) -> Any:
    if isinstance(data, str):
        return "".join(instead.get(sign, sign) for sign in plain(data))
    if isinstance(data, Mapping):
        return {name: _plain(said, instead) for name, said in data.items()} | _noted(data, instead)
    return [_plain(said, instead) for said in data] if isinstance(data, list | tuple) else data


def _noted(data: Mapping[str, Any], instead: Mapping[str, str]) -> dict[str, bool]:
    """What the foot of the paper must say; of many letters each knows it of itself."""
    said = plain(json.dumps(data, ensure_ascii=False, default=str)) if instead else ""
    here = {letters for sign, letters in instead.items() if sign in said}
    return {
        "lacks_signs": UNPRINTABLE in here,
        "is_respelled": any(letters.isalnum() for letters in here),
    }


def _compiled(template: str, data: str, now: datetime, standards: list[Any]) -> bytes:
    made = _compiler().compile(
        str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=standards,
        timestamp=int(now.timestamp()),
    )
    return bytes(made)  # type: ignore[arg-type]


def _compiler() -> typst.Compiler:
    """One for each thread: a compiler does one thing at a time."""
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
    return _own.compiler  # type: ignore[no-any-return]


@cache
def _fonts() -> typst.Fonts:
    """Our typeface, and those the compiler carries for Arabic, Hebrew, Devanagari: the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])
