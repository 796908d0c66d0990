"""Our own styles, scripts and pictures, and the typeface from its package: packed once, fetched once."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import font_source_sans_pro
from litestar import Response, route
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from booking.web.conditional import READ
from booking.web.security import AnyRequest
from booking.web.templating import STATIC, asset

FONTS = Path(font_source_sans_pro.font_directory)
# The address of a file of ours names what is in it; without that it is asked for again the next day.
FOREVER, A_DAY, A_MONTH = 365, 1, 30


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What is sent: as it is, and small."""

    kind: str
    tag: str
    content: bytes
    small: bytes


@route("/static/{name:str}", http_method=READ, include_in_schema=False, sync_to_thread=False)
def static_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """A style, a script or a picture."""
    found = _known(STATIC, name)
    is_named = asset(name).endswith(f"?{request.url.query}")
    return _answer(request, found, f"public, max-age={86400 * FOREVER}, immutable" if is_named else _days(A_DAY))


@route("/fonts/{name:str}", http_method=READ, include_in_schema=False, sync_to_thread=False)
def font_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """One weight of the typeface."""
    return _answer(request, _known(FONTS, name), _days(A_MONTH))


def _known(folder: Path, name: str) -> OwnFile:
    if name not in _names(folder):
        raise NotFoundException
    return _read(folder / name)


@cache
def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in folder.iterdir() if path.is_file())


@cache
def _read(path: Path) -> OwnFile:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name, strict=False)[0] or "application/octet-stream"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return OwnFile(kind, hashlib.sha256(content).hexdigest()[:16], content, gzip.compress(content, 9, mtime=0))


def _days(number: int) -> str:
    return f"public, max-age={86400 * number}"


def _answer(request: AnyRequest, file: OwnFile, kept: str) -> Response[bytes]:
    is_small = "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{file.tag}{"-gzip" if is_small else ""}"'
    said = {"content-type": file.kind, "cache-control": kept, "etag": tag, "vary": "accept-encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=said)
    packed = {"content-encoding": "gzip"} if is_small else {}
    return Response(file.small if is_small else file.content, headers=said | packed)


OWN_FILES = [static_file, font_file]
