"""Scans as they are kept: told by what is in them, and without anything but what one sees."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from booking.documents.scans import MOST_PAGES, MOST_PIXELS, cleaned
from booking.domain.archives import JPEG, LARGEST, PDF, PNG, archived
from booking.domain.errors import InvalidField

SECRET = "N 45 E 5 Grenoble"
ORIENTATION, DESCRIPTION = 0x0112, 0x010E


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    file = BytesIO()
    Image.new(mode, size).save(file, kind, **more)
    return file.getvalue()


def noted() -> Image.Exif:
    """What a telephone writes beside a photo that was taken with the sheet lying on its side."""
    notes = Image.Exif()
    notes[ORIENTATION], notes[DESCRIPTION] = 6, SECRET
    return notes


def pdf(pages: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    return writer


def written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def locked() -> bytes:
    writer = pdf()
    writer.encrypt("secret")
    return written(writer)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_upright_and_tells_nothing_of_where_it_was_taken(kind: str):
    sent = picture(kind, exif=noted())
    assert SECRET.encode() in sent

    found, kept = cleaned(sent)

    assert found == {"JPEG": JPEG, "PNG": PNG}[kind] and SECRET.encode() not in kept
    assert Image.open(BytesIO(kept)).size == (40, 60)


def test_a_large_photo_is_kept_as_large_as_a_sheet_needs():
    _, kept = cleaned(picture("JPEG", (7000, 5000), "L"))

    assert Image.open(BytesIO(kept)).size == (3508, 2506)


def test_a_pdf_keeps_its_pages_and_nothing_that_acts_or_tells():
    writer = pdf(2)
    writer.add_metadata({"/Author": SECRET})
    writer.add_attachment("position.txt", SECRET.encode())
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=f"https://example.org/{SECRET}"))
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    photo = StreamObject()
    photo._data = picture("JPEG", exif=noted())
    photo[NameObject("/Filter")] = NameObject("/DCTDecode")
    drawn = DictionaryObject({NameObject("/A"): writer._add_object(photo)})
    writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    sent = written(writer)
    assert sent.count(SECRET.encode()) >= 3

    found, kept = cleaned(sent)

    assert found == PDF and SECRET.encode() not in kept and b"/JavaScript" not in kept and b"/URI" not in kept
    assert len(PdfReader(BytesIO(kept)).pages) == 2 and b"/DCTDecode" in kept


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (lambda: b"", "required"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-scan"),
        (lambda: picture("GIF"), "not-a-scan"),
        (lambda: b"\xff\xd8\xff" + b"no photo", "scan-broken"),
        (lambda: picture("JPEG")[:400], "scan-broken"),
        (lambda: b"%PDF-1.7 no pages", "scan-broken"),
        (locked, "scan-encrypted"),
        (lambda: written(pdf(MOST_PAGES + 1)), "too-many-pages"),
        (lambda: picture("PNG", (MOST_PIXELS // 5000 + 1, 5000), "1"), "too-many-pixels"),
        (lambda: picture("PNG", (20_000, 20_000), "1"), "too-many-pixels"),
        (lambda: bytes(LARGEST + 1), "scan-too-large"),
    ],
    ids=["nothing", "svg", "gif", "no-jpeg", "cut", "no-pdf", "locked", "pages", "pixels", "bomb", "large"],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(sent, code: str):
    with pytest.raises(InvalidField) as refused:
        cleaned(sent())

    assert refused.value.facts == {"fields": {"file": code}}


def test_a_document_that_was_changed_is_no_longer_whole():
    document = archived(b"the letter", PDF)
    other = archived(b"the Letter", PDF)

    assert document.is_whole and document.content == b"the letter"
    assert not type(document)(hash=document.hash, media_type=PDF, size=10, packed=other.packed).is_whole
    assert not type(document)(hash=document.hash, media_type=PDF, size=10, packed=b"torn").is_whole
