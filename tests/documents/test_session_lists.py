"""Lists of sessions as other programs get them."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

from booking.documents.session_lists import COLUMNS, SessionLine, csv_of, vocabulary_of

LINE = SessionLine(
    session_id="s-1",
    meeting_id="m-1",
    agency_name="Agence Grenoble Bastille",
    agency_code="38012",
    address="112 rue des Alliés",
    postcode="38100",
    commune="Grenoble",
    workshop="Premiers pas avec l’ordinateur",
    theme_code="PP",
    objectives="Allumer, éteindre",
    position=2,
    meetings=6,
    starts_at=datetime(2027, 6, 22, 7, 30, tzinfo=UTC),
    ends_at=datetime(2027, 6, 22, 9, 30, tzinfo=UTC),
    closes_at=datetime(2027, 6, 15, 7, 30, tzinfo=UTC),
    zone="Europe/Paris",
    room="Salle Vercors",
    leader="Karim Benali",
    assistants="Théo Lacroix",
    capacity=8,
    taken=3,
    waiting=0,
    state="ouverte",
    because="",
    languages="ar, tr",
)


def cells(line: SessionLine) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(csv_of([line]).removeprefix("\ufeff")), delimiter=";")
    return row


def test_a_spreadsheet_finds_its_encoding_and_its_columns():
    text = csv_of([LINE])

    assert text.startswith("\ufeffsession;agence;atelier;")
    assert list(cells(LINE)) == list(COLUMNS)


def test_days_and_hours_are_those_on_the_wall():
    row = cells(LINE)

    assert (row["date"], row["début"], row["fin"]) == ("22/06/2027", "09:30", "11:30")


def test_what_begins_like_a_formula_is_text():
    assert cells(replace(LINE, workshop="=1+1"))["atelier"] == "'=1+1"


def test_the_vocabulary_is_that_of_the_trade():
    (event,) = json.loads(vocabulary_of([LINE]))

    assert event["dateDebut"] == "2027-06-22T09:30:00+02:00"
    assert event["dateFinPrevue"] == "2027-06-22T11:30:00+02:00"
    assert event["dateLimite"] == "2027-06-15T09:30:00+02:00"
    assert event["duree"] == {"unite": "MINUTE", "valeur": 120}
    assert event["themeAtelier"] == {
        "code": "PP",
        "libelle": "Premiers pas avec l’ordinateur",
        "descriptif": "Allumer, éteindre",
    }
    assert event["identifiants"] == {"safir": "38012"}
    assert event["enAgence"] is True


def test_a_list_without_a_line_is_a_list():
    assert json.loads(vocabulary_of([])) == []
    assert csv_of([]).count("\r\n") == 1
