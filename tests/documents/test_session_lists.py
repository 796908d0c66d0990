"""Lists of sessions as other programs get them."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from booking.documents.session_lists import COLUMNS, SessionLine, csv_of, harmless, vocabulary_of

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


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_begins_like_a_formula_is_text(sign):
    assert cells(replace(LINE, workshop=f"{sign}1+1"))["atelier"] == f"'{sign}1+1"


def test_a_sign_inside_a_text_and_a_number_below_nought_are_no_formula():
    assert cells(replace(LINE, workshop="Tri – a=b+c@d"))["atelier"] == "Tri – a=b+c@d"
    assert harmless(-1) == -1


def test_a_separator_and_quotes_inside_a_text_stay_in_their_cell():
    said = 'Écrire ; lire, "compter"\net rire'

    assert cells(replace(LINE, because=said))["motif"] == said


def test_every_number_of_a_line_has_its_column():
    row = cells(replace(LINE, capacity=8, taken=3, waiting=2))

    assert (row["places"], row["inscrits"], row["attente"]) == ("8", "3", "2")
    assert (row["séance"], row["séances"], row["langues"]) == ("2", "6", "ar, tr")


def test_what_is_not_known_is_said_to_be_nothing():
    unknown = dict.fromkeys(
        ("theme_code", "objectives", "agency_code", "room", "leader", "assistants", "languages"), ""
    )

    (event,) = json.loads(vocabulary_of([replace(LINE, **unknown)]))

    assert event["themeAtelier"] == {"code": None, "libelle": LINE.workshop, "descriptif": None}
    assert event["identifiants"] == {"safir": None}
    assert {event[name] for name in ("salle", "animation", "assistance", "langues")} == {None}


def test_an_event_of_the_vocabulary_is_found_again_by_its_meeting_and_its_session():
    (event,) = json.loads(vocabulary_of([LINE]))

    assert (event["identifiant"], event["identifiantSession"]) == ("m-1", "s-1")
    assert event["adresse"] == {"ligne": "112 rue des Alliés", "codePostal": "38100", "ville": "Grenoble"}
    assert (event["places"], event["inscrits"], event["etat"]) == (8, 3, "ouverte")


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
