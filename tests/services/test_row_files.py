"""Files somebody exported: any usual form is read, and what cannot be read says why."""

import pytest

from booking.services import row_files
from booking.services.row_files import UnreadableFile, read


def cells(content: bytes) -> list[dict[str, str | None]]:
    return [row.cells for row in read(content).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter: str, end: str) -> None:
    content = end.join((f"id{delimiter}nom", f"1{delimiter}Évry", "")).encode()

    assert cells(content) == [{"id": "1", "nom": "Évry"}]


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252")])
def test_the_encoding_is_found_and_said(encoding: str, said: str) -> None:
    found = read("id,nom\n1,Évry – cœur".encode(encoding))

    assert (found.encoding, found.rows[0].cells["nom"]) == (said, "Évry – cœur")


def test_blank_lines_are_no_rows_and_count_as_lines() -> None:
    found = read(b"\n\nid,nom\n\n1,Evry\n\n")

    assert [row.line for row in found.rows] == [5]


def test_empty_cells_at_the_end_of_a_row_may_miss_or_abound() -> None:
    assert cells(b"id,nom,tel\n1,Evry\n2,Gap,,,,") == [
        {"id": "1", "nom": "Evry", "tel": ""},
        {"id": "2", "nom": "Gap", "tel": ""},
    ]


def test_reading_goes_on_after_a_row_with_wrong_quotes() -> None:
    found = read(b'id,nom\n1,"Ev"ry\n2,Gap\n3,"Digne\n4,Nice\n')

    assert [(row.line, row.fault) for row in found.rows] == [(2, "broken-quotes"), (3, ""), (4, "unclosed-quote")]


def test_of_two_columns_with_one_name_the_first_counts() -> None:
    assert cells(b"id,nom,nom\n1,Evry,Gap") == [{"id": "1", "nom": "Evry"}]


def test_json_values_become_the_text_they_mean() -> None:
    found = cells(b'[{"id": 38.0, "lat": 45.25, "nom": null, "tags": ["a"], "open": true, "lon": NaN}]')

    assert found == [{"id": "38", "lat": "45.25", "nom": "", "tags": None, "open": None, "lon": "NaN"}]


def test_what_is_no_object_in_a_list_is_a_row_at_fault() -> None:
    found = read(b'[{"id": 1}, "two"]')

    assert [(row.line, row.fault) for row in found.rows] == [(1, ""), (2, "not-an-object")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"id,nom\n", "no-rows"),
        (b"PK\x03\x04 a spreadsheet", "binary"),
        ("id,nom\n1,Evry".encode("utf-16"), "binary"),
        (b"id,nom\n1,\x81\xe9", "binary"),
        (b'id,"nom\n1,Evry', "broken-header"),
        (b'{"agences": []}', "not-a-list"),
        (b"[]", "not-a-list"),
        (b'[{"id": 1},', "broken-json"),
        (b"[" * 100_000, "broken-json"),
        (b"[" + b"9" * 5000 + b"]", "broken-json"),
    ],
)
def test_what_is_no_list_says_why(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(content)

    assert refused.value.why == why


def test_a_list_has_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_files, "MOST_ROWS", 2)

    assert len(read(b"id\n1\n2").rows) == 2
    with pytest.raises(UnreadableFile, match="too-many-rows"):
        read(b"id\n1\n2\n3")
    with pytest.raises(UnreadableFile, match="too-large"):
        read(b"x" * (row_files.LARGEST_FILE + 1))
