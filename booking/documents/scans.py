"""Scans of signed paper as they are kept: pictures drawn anew, PDFs written anew, nothing in them but what one sees."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject

from booking.domain.archives import JPEG, LARGEST, PDF, PNG
from booking.domain.errors import InvalidField

MOST_PIXELS = 40_000_000
MOST_PAGES = 30
# An A4 sheet at 300 dots an inch.
LONGEST_SIDE = 3508
BEGINS = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"%PDF-": PDF}
# What of a page is seen; links, notes, forms and scripts are not.
SEEN = {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate", "/Group", "/UserUnit"}
# What may hang at an object and tells of who made it, or does something by itself.
HIDDEN = ("/Metadata", "/PieceInfo", "/AF", "/AA", "/A", "/OpenAction", "/JS", "/Names", "/LastModified", "/Thumb")


def cleaned(content: bytes) -> tuple[str, bytes]:
    """The kind and the bytes to keep. What it is, is told by what is in it, whatever its name.

    Raises :class:`InvalidField` for ``file``. Takes up to two seconds: for a thread.
    """
    if not content:
        _refuse("required")
    if len(content) > LARGEST:
        _refuse("scan-too-large")
    kind = next((kind for sign, kind in BEGINS.items() if content.startswith(sign)), "")
    if not kind:
        _refuse("not-a-scan")
    kept = (PDF, _pdf(content)) if kind == PDF else _picture(content, kind)
    if len(kept[1]) > LARGEST:
        _refuse("scan-too-large")
    return kept


def _refuse(code: str) -> Any:
    raise InvalidField(fields={"file": code})


def _picture(content: bytes, kind: str) -> tuple[str, bytes]:
    """Drawn anew, upright, without anything that was written beside it."""
    try:
        with warnings.catch_warnings():
            # We count the points ourselves, before any is drawn.
            warnings.simplefilter("ignore")
            found = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
            if found.width * found.height > MOST_PIXELS:
                _refuse("too-many-pixels")
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            drawn = _plain(ImageOps.exif_transpose(found))
    except Image.DecompressionBombError:
        return _refuse("too-many-pixels")  # type: ignore[no-any-return]
    # Broken files make the library fail in every way there is.
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError):
        return _refuse("scan-broken")  # type: ignore[no-any-return]
    as_png = _written(drawn, "PNG", optimize=False) if kind == PNG else b""
    fits = 0 < len(as_png) <= LARGEST
    return (PNG, as_png) if fits else (JPEG, _written(drawn, "JPEG", quality=85))


def _plain(picture: Image.Image) -> Image.Image:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode in ("1", "L"):
        drawn = picture.convert("L")
    elif picture.has_transparency_data:
        clear = picture.convert("RGBA")
        drawn = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    else:
        drawn = picture.convert("RGB")
    drawn.info.clear()
    return drawn


def _written(picture: Image.Image, form: str, **how: Any) -> bytes:
    file = BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def _pdf(content: bytes) -> bytes:
    """Written anew: its pages, and nothing else that was in the file."""
    try:
        read = PdfReader(BytesIO(content))
        is_locked = read.is_encrypted
        pages = 0 if is_locked else len(read.pages)
        made = _rewritten(read) if 0 < pages <= MOST_PAGES else b""
    # The library promises no kind of error for a file that is none.
    except Exception:  # noqa: BLE001
        return _refuse("scan-broken")  # type: ignore[no-any-return]
    if is_locked:
        _refuse("scan-encrypted")
    if not made:
        _refuse("too-many-pages" if pages else "scan-broken")
    return made


def _rewritten(read: PdfReader) -> bytes:
    bare = _copied(read)
    for thing in filter(None, bare._objects):
        _bare(thing)
    # A second copy leaves behind what nothing leads to any more.
    return _bytes(_copied(PdfReader(BytesIO(_bytes(bare)))))


def _copied(read: PdfReader) -> PdfWriter:
    writer = PdfWriter()
    for page in read.pages:
        copy = writer.add_page(page, excluded_keys=["/Annots"])
        for key in set(copy) - SEEN:
            del copy[NameObject(key)]
    writer.metadata = None
    return writer


def _bytes(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _bare(thing: Any) -> None:
    """Take away what is not seen, here and in whatever stands directly inside."""
    if isinstance(thing, DictionaryObject):
        # Elsewhere these may be names that somebody gave to a typeface or a picture.
        if isinstance(thing, StreamObject) or "/Type" in thing:
            for key in HIDDEN:
                thing.pop(NameObject(key), None)
        for inner in thing.values():
            if not isinstance(inner, IndirectObject):
                _bare(inner)
    elif isinstance(thing, ArrayObject):
        for inner in thing:
            if not isinstance(inner, IndirectObject):
                _bare(inner)
    if isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = without_notes(thing._data)
        thing[NameObject("/Length")] = NumberObject(len(thing._data))


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its segments of notes (ITU-T T.81, B.2.4): where it was taken, by what, and comments; those that
    say how its colours are meant stay."""
    at, kept = 2, [jpeg[:2]]
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_note = jpeg[at + 1] == 0xFE or (0xE1 <= jpeg[at + 1] <= 0xEF and jpeg[at + 1] != 0xEE)
        if not is_note:
            kept.append(jpeg[at:end])
        at = end
    return b"".join((*kept, jpeg[at:]))
