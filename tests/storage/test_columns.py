"""Each type of column gives back what it was given, on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, MetaData, Table, Text, insert, select
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.schema import CreateTable

from booking.domain.bookings import BookingState
from booking.storage.columns import Choice, Day, Flag, Id, Instant, Json, Number, Whole
from booking.storage.database import Database
from calendars.zones import NaiveInstant

PARIS, SAINT_DENIS = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
KINDS = {
    "id": Id(),
    "instant": Instant(),
    "day": Day(),
    "flag": Flag(),
    "json": Json(),
    "choice": Choice(BookingState),
    "whole": Whole,
    "number": Number,
    "text": Text(),
}
THINGS = Table("things", MetaData(), *(Column(name, kind) for name, kind in KINDS.items()), sqlite_strict=True)
GIVEN = {
    "id": [UUID(int=0), UUID(int=2**128 - 1), UUID("01a1532c-b000-741e-b4c4-4735dafdd96e")],
    "instant": [
        datetime(2026, 10, 19, 8, 0, tzinfo=UTC),
        datetime(2026, 10, 19, 8, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 10, 19, 8, 0, 0, 999999, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(9999, 12, 30, tzinfo=UTC),
    ],
    "day": [date(2026, 10, 25), date(1970, 1, 1), date(1, 1, 1), date(9999, 12, 31)],
    "flag": [True, False],
    "json": [{}, {"é": ["œ", 1, None, True, 0.5, {"a": "💧"}]}, [], "text", 7],
    "choice": list(BookingState),
    "whole": [0, -1, 2**63 - 1, -(2**63)],
    "number": [0.0, 45.188529, -20.8789, 1e-9, 0.1 + 0.2],
    "text": ["", "Œuvre d’été 💧", "'; DROP TABLE things; --", "a\nb\\", "Lefe\u0300vre"],
}


@pytest.fixture
async def things(db: Database) -> Database:
    async with db.transaction() as tx:
        await tx.run(CreateTable(THINGS))
    return db


async def told(db: Database, name: str, *given: object) -> list:
    async with db.transaction() as tx:
        for value in given:
            await tx.run(insert(THINGS).values({name: value}))
    async with db.reading() as tx:
        return [row[0] for row in await tx.rows(select(THINGS.c[name]))]


async def test_each_type_gives_back_what_it_was_given(things: Database) -> None:
    for name, given in GIVEN.items():
        async with things.transaction() as tx:
            await tx.run(THINGS.delete())

        back = await told(things, name, *given)

        assert back == given
        assert all(isinstance(got, type(value)) for got, value in zip(back, given, strict=True))


async def test_nothing_stays_nothing(things: Database) -> None:
    for name in KINDS:
        async with things.transaction() as tx:
            await tx.run(THINGS.delete())

        assert await told(things, name, None) == [None]


async def test_instants_come_back_in_utc_wherever_they_were_said(things: Database) -> None:
    in_paris = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    said = [in_paris, in_paris.replace(fold=1), datetime(2026, 10, 25, 4, 30, tzinfo=SAINT_DENIS)]

    back = await told(things, "instant", *said)

    half_past_midnight = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert back == [half_past_midnight, half_past_midnight + timedelta(hours=1), half_past_midnight]
    assert {value.utcoffset() for value in back} == {timedelta()}


async def test_instants_compare_as_time_does(things: Database) -> None:
    given = sorted(GIVEN["instant"])
    await told(things, "instant", *reversed(given))

    async with things.reading() as tx:
        ordered = [row[0] for row in await tx.rows(select(THINGS.c.instant).order_by(THINGS.c.instant))]
        after = await tx.rows(select(THINGS.c.instant).where(THINGS.c.instant > given[3]))

    assert ordered == given
    assert {row[0] for row in after} == set(given[4:])


async def test_identifiers_and_days_are_ordered_alike_on_both(things: Database) -> None:
    for name in ("id", "day"):
        async with things.transaction() as tx:
            await tx.run(THINGS.delete())
        await told(things, name, *sorted(GIVEN[name], reverse=True))

        async with things.reading() as tx:
            column = THINGS.c[name]
            ordered = [row[0] for row in await tx.rows(select(column).order_by(column))]

        assert ordered == sorted(GIVEN[name])


async def test_what_is_of_another_type_is_not_written(things: Database) -> None:
    wrong = {"id": "not an id", "instant": "yesterday", "whole": "seven", "day": 7, "number": "x"}

    for name, value in wrong.items():
        with pytest.raises((StatementError, DBAPIError, ValueError, AttributeError)):
            await told(things, name, value)


async def test_an_instant_without_its_zone_is_not_written(things: Database) -> None:
    with pytest.raises((StatementError, NaiveInstant)):
        await told(things, "instant", datetime(2026, 10, 25, 2, 30))
