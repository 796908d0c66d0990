"""What an adviser follows, as a spreadsheet reads it."""

import csv
import io
from dataclasses import replace

import pytest

from booking.documents.followed_lists import COLUMNS, Line, csv_of
from calendars.zones import wall
from tests.given import in_days

LINE = Line(
    last_name="Diallo",
    first_name="Awa",
    identifier="1234567A",
    workshop="Premiers pas",
    agency="Grenoble Bastille",
    begins=wall(in_days(14), "Europe/Paris"),
    outcome="Vient",
    came=2,
    meetings=6,
    cancelled_by="",
    step="Remettre le papier",
    leads_to="Internet",
    until=None,
    code="K7M4P2",
)


def rows(*lines: Line) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(lines).removeprefix("\ufeff")), delimiter=";"))


def test_every_fact_stands_in_its_column():
    (row,) = rows(LINE)

    assert list(row) == list(COLUMNS)
    assert (row["nom"], row["prénom"], row["identifiant"], row["code"]) == ("Diallo", "Awa", "1234567A", "K7M4P2")
    assert (row["séances suivies"], row["séances"], row["état"]) == ("2", "6", "Vient")
    assert (row["prochain pas"], row["suite possible"]) == ("Remettre le papier", "Internet")


def test_days_and_hours_are_written_as_in_france():
    (row,) = rows(replace(LINE, until=wall(in_days(1, hour=2.5), "Europe/Paris")))

    assert (row["début"], row["réponse avant"]) == ("02/11/2026 09:00", "20/10/2026 12:30")


def test_where_no_answer_is_due_nothing_is_written():
    assert rows(LINE)[0]["réponse avant"] == ""


def test_a_spreadsheet_finds_its_encoding_and_one_line_for_each_booking():
    text = csv_of([LINE, LINE])

    assert text.startswith("\ufeffnom;") and text.count("\r\n") == 3


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@SUM(1)", "+33", "-1"])
def test_a_name_is_never_run_as_a_formula(name):
    assert rows(replace(LINE, last_name=name))[0]["nom"] == f"'{name}"
