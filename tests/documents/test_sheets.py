"""Sheets as spreadsheets read them: texts stay texts, days are days, and nothing is run."""

import csv
import io
from datetime import date, datetime, time

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from booking.documents import sheets
from booking.documents.sheets import Csv, Sheet, Xlsx

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠1",
    "=HYPERLINK(\"https://mal.example\")", "https://mal.example", "mailto:a@mal.example", "{=1+1}", "0612", "1e5",
    "_x0041_", "a;b\"c\nd", "Nguyễn Œuvrard", "عائشة",
]  # fmt: skip
SHEET = Sheet("Liste", (("nom", 20), ("jour", 12), ("heure", 8), ("noté", 17), ("nombre", 8)))
ROW = ("Diallo", date(2026, 3, 29), time(9, 30), datetime(2026, 3, 29, 9, 31), 7)


def xlsx(*rows, sheet: Sheet = SHEET) -> io.BytesIO:
    target = io.BytesIO()
    file = Xlsx(target, [sheet])
    file.write(0, rows)
    file.close()
    return target


def csv_rows(*rows) -> list[list[str]]:
    target = io.BytesIO()
    Csv(target, [SHEET]).write(0, rows)
    said = target.getvalue().decode()
    assert said.startswith("\ufeff") and said.count("\ufeff") == 1
    return list(csv.reader(io.StringIO(said[1:], newline=""), delimiter=";"))


def test_a_hostile_text_is_a_text_in_excel_and_nothing_else():
    page = load_workbook(xlsx(*[(said,) for said in HOSTILE])).active

    cells = [page.cell(row, 1) for row in range(2, len(HOSTILE) + 2)]
    assert [unescape(cell.value) for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("said", HOSTILE[:11])
def test_a_cell_that_begins_like_a_formula_begins_otherwise_in_a_csv(said: str):
    (_, (cell,)) = csv_rows((said,))

    assert cell == f"'{said}"


@pytest.mark.parametrize("said", HOSTILE[11:])
def test_any_other_text_stays_what_it_is_in_a_csv(said: str):
    assert csv_rows((said,))[1] == [said]


def test_days_and_hours_are_real_ones_in_excel():
    page = load_workbook(xlsx(ROW)).active

    name, day, hour, noted, number = page[2]
    assert (day.value, hour.value, noted.value) == (datetime(2026, 3, 29), time(9, 30), ROW[3])
    assert (day.number_format, hour.number_format) == ("dd/mm/yyyy", "hh:mm")
    assert (name.value, number.value, number.data_type) == ("Diallo", 7, "n")


def test_days_and_hours_are_written_as_french_people_do_in_a_csv():
    assert csv_rows(ROW)[1] == ["Diallo", "29/03/2026", "09:30", "29/03/2026 09:31", "7"]


def test_the_head_stays_in_sight_and_every_column_can_be_filtered():
    page = load_workbook(xlsx(ROW, ROW)).active

    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:E3")
    assert page.column_dimensions["A"].width > 19


def test_what_a_sheet_cannot_hold_goes_on_in_the_next_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)

    book = load_workbook(xlsx(*[(f"n{n}",) for n in range(5)]))

    told = {page.title: [row[0] for row in page.iter_rows(values_only=True)] for page in book}
    assert told == {"Liste": ["nom", "n0", "n1"], "Liste 2": ["nom", "n2", "n3"], "Liste 3": ["nom", "n4"]}
