"""Every kind of paper as a screen reader finds it (ISO 14289-1)."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from booking.documents.pdf.batches import whole_batch
from booking.documents.pdf.printing import set_in_type
from tests.given import NOW
from tests.given_papers import KINDS, a_letter
from tests.paper_tags import faults, structure


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_can_be_read_aloud_in_its_order(kind: str) -> None:
    assert faults(set_in_type(*KINDS[kind]("DIALLO"), NOW)) == []


async def test_so_can_a_file_of_many_letters() -> None:
    letters = [*a_letter()[1]["letters"], *a_letter("NGUYỄN", 6)[1]["letters"]]

    content = await whole_batch("Deux lettres", letters, NOW)

    assert faults(content) == []
    assert len(structure(PdfReader(BytesIO(content))).all("/H1")) == 2


def test_the_rows_of_a_sheet_have_as_many_cells_as_its_head() -> None:
    table = structure(PdfReader(BytesIO(set_in_type(*KINDS["sheet of a cycle"]("DIALLO"), NOW)))).all("/Table")[0]

    rows = [len(row.all("/TH", "/TD")) for row in table.all("/TR")]

    # The last row is signed by who leads: its name spans two columns.
    assert rows == [8] * 16 + [7]


def test_the_check_notices_what_is_missing() -> None:
    writer = PdfWriter(clone_from=BytesIO(set_in_type(*KINDS["letter"]("DIALLO"), NOW)))
    for name in ("/MarkInfo", "/Lang", "/ViewerPreferences"):
        del writer.root_object[NameObject(name)]
    page = writer.pages[0]
    page.merge_page(PdfReader(BytesIO(_line())).pages[0])
    file = BytesIO()
    writer.write(file)

    found = faults(file.getvalue())

    assert {"not marked", "no language", "title not shown", "page 0 has content without tags"} <= set(found)


def _line() -> bytes:
    """A page with a line that no tag holds."""
    writer = PdfWriter()
    path = StreamObject()
    path.set_data(b"0 0 m 9 9 l S")
    writer.add_blank_page(595, 842)[NameObject("/Contents")] = path
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
