"""Photos of sheets as people take them, and files that are none."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from booking.documents import scanning
from booking.documents.scanning import NotAPhoto, codes_on, read
from tests import papers
from tests.documents.pdf.test_sheets import LINK, sheet_data

# A sheet held slantwise: the far edge is shorter.
SLANTED = (-120, -60, 40, 1800, 1300, 1700, 1200, 80)


@cache
def photographed() -> Image.Image:
    return papers.picture("sheet", sheet_data(people=12))


def file_of(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def on_a_table(picture: Image.Image) -> Image.Image:
    table = Image.new("L", (3000, 4000), 90)
    table.paste(picture, (800, 1100))
    return table


TAKEN: dict[str, Callable[[Image.Image], Image.Image]] = {
    "straight": lambda sheet: sheet,
    "across": lambda sheet: sheet.rotate(90, expand=True),
    "upside down": lambda sheet: sheet.rotate(180),
    "askew": lambda sheet: sheet.rotate(17, expand=True, fillcolor=90),
    "slanted": lambda sheet: sheet.transform(sheet.size, Image.Transform.QUAD, SLANTED, fillcolor=90),
    "dark": lambda sheet: ImageEnhance.Brightness(sheet).enhance(0.15),
    "pale": lambda sheet: sheet.point(lambda light: 190 + light // 6),
    "blurred": lambda sheet: sheet.filter(ImageFilter.GaussianBlur(1.6)),
    "far away": on_a_table,
}


@pytest.mark.parametrize("how", TAKEN)
def test_a_sheet_is_read_however_it_is_photographed(how: str) -> None:
    photo = file_of(TAKEN[how](photographed()), quality=60)

    assert read(photo) == [LINK]


async def test_a_photo_without_a_code_says_nothing() -> None:
    assert await codes_on(file_of(Image.new("L", (900, 1200), 200), "PNG")) == []


def test_what_is_no_photo_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = file_of(photographed())
    files = {
        "not-a-picture": [b"", b"%PDF-1.7", b"GIF89a" + bytes(40), whole[:2000], b"<svg></svg>"],
        "too-many-pixels": [file_of(Image.new("1", (9000, 5000)), "PNG")],
    }
    for why, some in files.items():
        for file in some:
            with pytest.raises(NotAPhoto, match=why):
                read(file)

    monkeypatch.setattr(scanning, "LARGEST_PHOTO", 1000)
    with pytest.raises(NotAPhoto, match="scan-too-large"):
        read(whole)
