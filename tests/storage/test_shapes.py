"""Rows become their dataclasses and back, column by field."""

from dataclasses import dataclass, fields
from typing import Any

import pytest
from sqlalchemy import Column, Computed, Integer, MetaData, Table, select

from booking.domain.agencies import Agency
from booking.domain.attendance import Attendance
from booking.domain.bookings import Booking
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import Message
from booking.domain.rooms import Room
from booking.domain.sessions import Meeting, Session
from booking.domain.workshops import Workshop
from booking.storage import tables
from booking.storage.driving import DrivenRow
from booking.storage.shapes import columns, made, values

NOUNS = {
    Agency: tables.agencies,
    Room: tables.rooms,
    Attendance: tables.attendance,
    Booking: tables.bookings,
    JobSeeker: tables.job_seekers,
    Message: tables.messages,
    Meeting: tables.meetings,
    Session: tables.sessions,
    Workshop: tables.workshops,
}
MADE_OTHERWISE = {"meetings", "after"}


@dataclass(frozen=True)
class Seats:
    taken: int
    free: int = 0
    note: str = ""


SEATS = Table("seats", MetaData(), Column("taken", Integer), Column("free", Integer, Computed("8 - taken")))


def row(**held: object) -> Any:
    """A row as far as shapes look into it."""
    return DrivenRow(tuple(held), {}, list(held.values()))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_field_of_a_noun_has_its_column(noun):
    missing = {f.name for f in fields(noun)} - set(NOUNS[noun].c.keys())

    assert missing <= MADE_OTHERWISE


def test_columns_are_those_of_the_fields_and_carry_the_prefix_where_two_nouns_meet():
    plain, prefixed = select(*columns(Seats, SEATS)), select(*columns(Seats, SEATS, "seat_"))

    assert list(plain.selected_columns.keys()) == ["taken", "free"]
    assert list(prefixed.selected_columns.keys()) == ["seat_taken", "seat_free"]


def test_a_row_becomes_its_dataclass():
    assert made(Seats, row(taken=3, free=5, other="x")) == Seats(taken=3, free=5)
    assert made(Seats, row(seat_taken=3, taken=9), "seat_") == Seats(taken=3)


def test_what_is_given_goes_before_what_the_row_says():
    assert made(Seats, row(taken=3, note="row"), note="given") == Seats(taken=3, note="given")


def test_a_row_that_lacks_a_field_makes_nothing():
    with pytest.raises(TypeError, match="taken"):
        made(Seats, row(free=5))


def test_what_the_table_computes_is_not_written():
    assert values(Seats(taken=3, free=5), SEATS, more=1) == {"taken": 3, "more": 1}
