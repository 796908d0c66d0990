"""What somebody types into a page: read strictly where it matters, kindly where it does not, and never lost."""

from datetime import date, time
from uuid import UUID

import pytest

from booking.domain.attendance import Mark
from booking.web.forms import Form

ID = "019a0000-0000-7000-8000-00000000abcd"


def form(**said: str) -> Form:
    return Form(list(said.items()))


def told(read: Form) -> dict[str, str]:
    return read.problems.found


class TestFields:
    def test_the_last_of_several_counts_where_one_is_asked_for(self):
        sent = Form([("seats", "8"), ("seats", "10")])

        assert (sent.get("seats"), sent.all("seats")) == ("10", ["8", "10"])

    def test_what_was_not_sent_is_nothing(self):
        assert (form().get("seats"), form().get("seats", "8"), form().all("seats")) == ("", "8", [])

    def test_the_rows_of_a_form_are_known_by_what_follows_their_prefix(self):
        sent = Form([("date.1", ""), ("start.1", "9:30"), ("date.12", ""), ("update.3", "")])

        assert list(sent.names("date.")) == ["1", "12"]


class TestNumbers:
    @pytest.mark.parametrize(
        ("said", "number"), [("8", 8), (" 12 ", 12), ("0", 0), ("007", 7), ("999999999", 999999999)]
    )
    def test_a_whole_number_is_read(self, said, number):
        read = form(seats=said)

        assert (read.whole("seats"), told(read)) == (number, {})

    @pytest.mark.parametrize("said", ["huit", "8.5", "8,5", "-1", "+8", "1 000", "٨", "²", "1e3", "1234567890"])
    def test_anything_else_is_no_number_and_is_told_so(self, said):
        read = form(seats=said)

        assert (read.whole("seats", 5), told(read)) == (5, {"seats": "not-a-number"})

    @pytest.mark.parametrize("said", ["", "   "])
    def test_an_empty_field_means_what_is_usual(self, said):
        read = form(seats=said)

        assert (read.whole("seats"), read.whole("seats", 8), told(read)) == (None, 8, {})


class TestChoices:
    def test_a_word_of_the_list_is_a_choice(self):
        assert form(mark="late").choice("mark", Mark) is Mark.LATE

    def test_nothing_chosen_is_no_problem(self):
        read = form(mark="")

        assert (read.choice("mark", Mark), told(read)) == (None, {})

    @pytest.mark.parametrize("said", ["LATE", "late ", "tard"])
    def test_any_other_word_is_refused(self, said):
        read = form(mark=said)

        assert (read.choice("mark", Mark), told(read)) == (None, {"mark": "unknown-choice"})

    def test_an_id_is_read_or_refused(self):
        read = form(room=ID, other="salle 3", none="")

        assert (read.id("room"), read.id("other"), read.id("none")) == (UUID(ID), None, None)
        assert told(read) == {"other": "unknown-choice"}


class TestDays:
    @pytest.mark.parametrize("said", ["2026-11-24", "24/11/2026", " 24 / 11 / 2026 ", "24/11/2026 "])
    def test_a_day_is_read_as_browsers_and_as_people_write_it(self, said):
        read = form(on=said)

        assert (read.day("on"), told(read)) == (date(2026, 11, 24), {})

    @pytest.mark.parametrize("said", ["11/24/2026", "24/11", "24.11.2026", "2026-02-30", "mardi", "24/11/26/"])
    def test_what_is_no_day_is_told_so(self, said):
        read = form(on=said)

        assert (read.day("on"), told(read)) == (None, {"on": "not-a-day"})

    @pytest.mark.parametrize("said", ["", "  "])
    def test_a_day_that_is_missing_is_asked_for(self, said):
        read = form(on=said)

        assert (read.day("on"), told(read)) == (None, {"on": "required"})

    def test_a_day_has_no_hour(self):
        assert type(form(on="24/11/2026").day("on")) is date


class TestHours:
    @pytest.mark.parametrize(
        "said", ["09:30", "9:30", "9h30", "9 h 30", "09:30:00", "9\u00a0h\u00a030", "9\u202fh\u202f30"]
    )
    def test_an_hour_is_read_as_it_is_typed_and_as_our_own_pages_write_it(self, said):
        read = form(at=said)

        assert (read.hour("at"), told(read)) == (time(9, 30), {})

    @pytest.mark.parametrize(
        ("said", "hour"), [("14h", time(14)), ("14 h", time(14)), ("0:00", time(0)), ("00h00", time(0))]
    )
    def test_full_hours_and_midnight_are_hours_too(self, said, hour):
        assert form(at=said).hour("at") == hour

    @pytest.mark.parametrize("said", ["24:00", "9.30", "9", "9:60", "midi", "9h30m", "9:30 pm"])
    def test_what_is_no_hour_is_told_so(self, said):
        read = form(at=said)

        assert (read.hour("at"), told(read)) == (None, {"at": "not-an-hour"})

    def test_an_hour_that_is_missing_is_asked_for(self):
        read = form()

        assert (read.hour("at"), told(read)) == (None, {"at": "required"})


def test_the_first_problem_of_a_field_stands():
    read = form(on="")

    read.day("on")
    read.problems.add("on", "in-the-past")

    assert told(read) == {"on": "required"}
