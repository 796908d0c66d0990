"""One row of a list of sessions: read in any usual form, and told by name where it cannot be."""

import json
from datetime import datetime

import pytest

from booking.services.row_files import UnreadableFile
from booking.services.session_rows import MeetingRow, grouped, meeting_rows

SAID = {"agence": "Bastille", "atelier": "Premiers pas", "date": "24/11/2026", "début": "9:30", "fin": "11:30"}
NINE_THIRTY, ELEVEN_THIRTY = datetime(2026, 11, 24, 9, 30), datetime(2026, 11, 24, 11, 30)


def rows(*said: dict[str, str]) -> list[MeetingRow]:
    """A CSV file of these rows, with every column that one of them has."""
    columns = list(dict.fromkeys(name for one in said for name in one))
    lines = [columns, *([one.get(name, "") for name in columns] for one in said)]
    return meeting_rows("\n".join(";".join(line) for line in lines).encode())


def row(**said: str) -> MeetingRow:
    (found,) = rows(SAID | said)
    return found


def codes(found: MeetingRow) -> list[str]:
    return [remark.code for remark in found.remarks]


def event(**said: object) -> MeetingRow:
    """One object in the words of the employment service."""
    usual = {
        "agence": "Bastille",
        "themeAtelier": {"libelle": "Premiers pas"},
        "dateDebut": "2026-11-24T09:30:00+01:00",
        "duree": {"unite": "MINUTE", "valeur": 90},
    }
    # What is told to be None is left out.
    told = {name: value for name, value in (usual | said).items() if value is not None}
    (found,) = meeting_rows(json.dumps([told]).encode())
    return found


class TestHours:
    @pytest.mark.parametrize("day", ["24/11/2026", "2026-11-24", " 24/11/2026 "])
    @pytest.mark.parametrize(("begins", "ends"), [("9:30", "11:30"), ("9h30", "11 h 30"), ("09:30", "11H30")])
    def test_days_and_hours_are_read_as_lists_write_them(self, day, begins, ends):
        found = row(date=day, début=begins, fin=ends)

        assert (found.begins, found.ends, codes(found)) == (NINE_THIRTY, ELEVEN_THIRTY, [])

    def test_a_full_hour_needs_no_minutes(self):
        assert row(début="9h").begins == datetime(2026, 11, 24, 9)

    def test_a_whole_instant_needs_no_day(self):
        found = row(date="", début="2026-11-24T09:30", fin="2026-11-24T11:30:00")

        assert (found.begins, found.ends) == (NINE_THIRTY, ELEVEN_THIRTY)

    def test_an_end_without_a_day_is_on_the_day_of_the_beginning(self):
        assert row(date="", début="2026-11-24T09:30", fin="11:30").ends == ELEVEN_THIRTY

    def test_a_zone_that_is_written_stays(self):
        begins = row(date="", début="2026-11-24T09:30:00+04:00", fin="2026-11-24T11:30:00+04:00").begins

        assert begins is not None and begins.isoformat() == "2026-11-24T09:30:00+04:00"

    @pytest.mark.parametrize(("minutes", "ends"), [("120", ELEVEN_THIRTY), ("90", datetime(2026, 11, 24, 11))])
    def test_how_long_it_lasts_stands_for_an_end(self, minutes, ends):
        assert row(fin="", durée=minutes).ends == ends

    def test_an_end_that_is_written_counts_before_a_length(self):
        assert row(durée="30").ends == ELEVEN_THIRTY

    @pytest.mark.parametrize("minutes", ["", "deux heures", "²", "-90", "1.5", "999999"])
    def test_without_an_end_or_a_length_there_is_no_meeting(self, minutes):
        assert codes(row(fin="", durée=minutes)) == ["ends-required"]

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"date": "29/02/2027"}, "no-such-day"),
            ({"date": "24.11.2026"}, "no-such-day"),
            ({"début": "25:00"}, "no-such-hour-written"),
            ({"début": "9:60"}, "no-such-hour-written"),
            ({"fin": "midi"}, "no-such-hour-written"),
            ({"début": ""}, "begins-required"),
        ],
    )
    def test_what_is_wrong_is_told_once_with_what_was_written(self, said, code):
        found = row(**said)

        assert codes(found) == [code]
        assert found.remarks[0].said in (next(iter(said.values())), "")

    def test_an_hour_without_any_day_is_no_moment(self):
        assert codes(row(date="")) == ["no-such-hour-written"] * 2

    @pytest.mark.parametrize("day", ["31/12/9999", "0001-01-01", "31/12/1999", "01/01/2101"])
    def test_a_day_that_no_calendar_reaches_is_refused_and_nothing_breaks(self, day):
        found = row(date=day, fin="", durée="99999")

        assert (codes(found), found.ends) == (["far-away"], None)

    @pytest.mark.parametrize("said", ["9999-12-31T23:10:00-05:00", "0001-01-01T00:10:00+05:00"])
    def test_nor_is_an_instant_beyond_every_clock(self, said):
        assert codes(row(date="", début=said, fin=said)) == ["far-away"] * 2


class TestSeatsAndStates:
    @pytest.mark.parametrize(("said", "seats"), [("8", 8), ("", None), ("0", 0), ("9999", 9999)])
    def test_seats_are_a_number_or_what_is_usual(self, said, seats):
        assert row(places=said).capacity == seats

    @pytest.mark.parametrize("said", ["huit", "-1", "8.0", "٨", "²", "99999"])
    def test_what_is_no_number_of_seats_is_told(self, said):
        found = row(places=said)

        assert (codes(found), found.capacity) == (["no-such-number"], None)

    @pytest.mark.parametrize("said", ["ouverte", "Publiée", "OPEN", "published"])
    def test_what_is_called_open_is_published(self, said):
        assert row(état=said).is_open

    @pytest.mark.parametrize("said", ["", "brouillon", "Draft"])
    def test_what_is_called_nothing_is_a_draft(self, said):
        found = row(état=said)

        assert (found.is_open, codes(found)) == (False, [])

    def test_what_is_cancelled_is_not_planned(self):
        assert codes(row(état="annulée")) == ["no-such-state"]

    def test_languages_are_read_with_commas_or_blanks(self):
        assert row(langues="AR, tr uk").languages == ("ar", "tr", "uk")
        assert codes(row(langues="arabe")) == ["unknown-language"]


class TestRows:
    @pytest.mark.parametrize("missing", ["agence", "atelier", "début"])
    def test_a_list_without_one_of_these_columns_is_none(self, missing):
        with pytest.raises(UnreadableFile) as refused:
            rows({name: said for name, said in SAID.items() if name != missing})

        assert refused.value.why == "missing-session-columns"

    def test_every_problem_of_a_row_is_told(self):
        assert codes(row(agence="", début="25:00", places="x")) == [
            "agency-required",
            "no-such-hour-written",
            "no-such-number",
        ]

    def test_blanks_are_single_ones(self):
        assert row(atelier="  Premiers \u00a0 pas ").said["workshop"] == "Premiers pas"

    def test_a_row_that_cannot_be_read_says_nothing_more(self):
        (found,) = meeting_rows(b'agence;atelier;d\xc3\xa9but\n"Bas"tille;x;9:30\n')

        assert codes(found) == ["broken-quotes"]

    @pytest.mark.parametrize("name", ["Code SAFIR", "code_safir", "CODE-SAFIR", "codeSafir", "Agency"])
    def test_columns_are_known_by_many_names(self, name):
        (found,) = rows({name: "38012", "Titre": "Premiers pas", "date": "24/11/2026", "Heure début": "9:30"})

        assert (found.said["agency"], found.said["workshop"], found.begins) == ("38012", "Premiers pas", NINE_THIRTY)

    def test_rows_of_one_key_are_one_session_wherever_they_stand(self):
        found = rows(*(SAID | {"session": key} for key in ("A", "", "B", "A", "")))

        assert [[one.line for one in group] for group in grouped(found)] == [[2, 5], [3], [4], [6]]


class TestTheWordsOfTheEmploymentService:
    def test_an_object_is_a_row(self):
        found = event(identifiants={"safir": "38012"}, agence=None)

        assert (found.said["agency"], found.said["workshop"], codes(found)) == ("38012", "Premiers pas", [])
        assert found.ends is not None and found.ends.isoformat() == "2026-11-24T11:00:00+01:00"

    @pytest.mark.parametrize(
        ("length", "hours"),
        [
            ({"unite": "MINUTE", "valeur": 120}, 2),
            ({"unite": "minutes", "valeur": "120"}, 2),
            ({"unite": "Heures", "valeur": 3}, 3),
            ({"unite": "JOUR", "valeur": 1}, 24),
            ({"valeur": 60}, 1),
        ],
    )
    def test_a_length_has_its_unit(self, length, hours):
        found = event(duree=length)

        assert (found.ends - found.begins).total_seconds() == hours * 3600

    @pytest.mark.parametrize("length", [{}, None, {"valeur": "²"}, {"valeur": -90}, {"valeur": None}, [90]])
    def test_a_length_that_says_nothing_is_none(self, length):
        assert codes(event(duree=length)) == ["ends-required"]

    def test_a_workshop_may_be_known_by_its_code(self):
        assert event(themeAtelier={"code": "PP"}).said["workshop"] == "PP"

    def test_what_is_no_object_is_a_row_at_fault(self):
        found = meeting_rows(json.dumps([{**SAID}, "deux"]).encode())

        assert [codes(one) for one in found] == [[], ["not-an-object"]]
