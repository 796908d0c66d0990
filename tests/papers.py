"""What stands on a PDF: its text as a reader hears it, and where on the page it stands."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfReader

from booking.documents.pdf import printing

MM = 72 / 25.4


def pages(content: bytes) -> list[str]:
    """The text of each page; blanks are single, and nothing invisible is left."""
    return [_said(page.extract_text()) for page in PdfReader(BytesIO(content)).pages]


def text(content: bytes) -> str:
    """The text of the whole."""
    return " ".join(pages(content))


def facts(content: bytes) -> tuple[str, str, bool]:
    """The title, the language, and whether it is tagged for screen readers."""
    reader = PdfReader(BytesIO(content))
    root = reader.root_object
    is_tagged = bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root
    return str(reader.metadata.title if reader.metadata else ""), str(root.get("/Lang", "")), is_tagged


def picture(template: str, data: Mapping[str, Any], dots: int = 150) -> Image.Image:
    """The first page of a paper as a scanner sees it, with so many dots an inch."""
    made = printing._compiler().compile(
        str(printing.TEMPLATES / f"{template}.typ"),
        format="png",
        ppi=dots,
        sys_inputs={"data": printing._written(data, ())},
    )
    first = made[0] if isinstance(made, list) else made
    return Image.open(BytesIO(first)).convert("L")


def size(content: bytes, n: int = 0) -> tuple[int, int]:
    """Width and height of a page in whole millimetres."""
    box = PdfReader(BytesIO(content)).pages[n].mediabox
    return round(float(box.width) / MM), round(float(box.height) / MM)


def places(content: bytes, n: int = 0) -> list[tuple[float, float, str]]:
    """Each run of text of a page with where it begins: millimetres from the left and, for its baseline, the top."""
    found: list[tuple[float, float, str]] = []
    page = PdfReader(BytesIO(content)).pages[n]
    height = float(page.mediabox.height)

    def note(run: str, around: list[float], at: list[float], *_: object) -> None:
        x = at[4] * around[0] + at[5] * around[2] + around[4]
        y = at[4] * around[1] + at[5] * around[3] + around[5]
        if run.strip():
            found.append((x / MM, (height - y) / MM, _said(run)))

    page.extract_text(visitor_text=note)
    return found


def _said(run: str) -> str:
    return " ".join(run.replace("\u200b", "").replace("\u202f", " ").replace("\u00a0", " ").split())
