"""Dates and hours as French says them."""

from datetime import UTC, date, datetime, time

import pytest

from booking.documents.dates import day, hour, moment


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (date(2026, 11, 24), "mardi 24 novembre 2026"),
        (date(2026, 12, 1), "mardi 1er décembre 2026"),
        (date(2028, 2, 29), "mardi 29 février 2028"),
        (date(2026, 8, 2), "dimanche 2 août 2026"),
    ],
)
def test_a_day_is_written_out(said, written):
    assert day(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [(time(9, 30), "9 h 30"), (time(14), "14 h"), (time(8, 5), "8 h 05"), (time(0), "0 h")],
)
def test_an_hour_does_not_break_over_two_lines(said, written):
    assert hour(said) == written.replace(" ", "\u00a0")


def test_a_moment_is_told_by_the_clock_of_the_place():
    instant = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)

    assert moment(instant, "Europe/Paris") == "mardi 24 novembre 2026 à 9\u00a0h\u00a030"
    assert moment(instant, "America/Martinique") == "mardi 24 novembre 2026 à 4\u00a0h\u00a030"
