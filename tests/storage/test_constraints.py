"""The database is the last line: each promise it keeps by name comes back as the refusal of the trade."""

import asyncio
import sqlite3
from dataclasses import replace

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from booking.domain.bookings import Booking, book
from booking.domain.errors import AlreadyBooked, CapacityBelowTaken, JobSeekerElsewhere, NameTaken, NotFound
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.storage import agencies, bookings, job_seekers, sessions, staff, workshops
from booking.storage.constraints import REFUSALS
from booking.storage.migrating import is_current, migrate
from booking.storage.tables import metadata
from tests.given import NO_PASSWORD, NOW, World, in_days, meeting

WRITTEN_BY_HAND = {"ex_job_seeker_times_overlap", "ex_occupancies_overlap", "ck_sessions_hosted"}
WRITTEN_BY_HAND |= {"ck_bookings_audience", "ck_waits_audience", "ck_workshops_audience_fixed"}


def a_booking(world: World, session, person) -> Booking:
    return book(session.id, person.id, world.agency.id, by=world.adviser.id, now=NOW)


async def test_a_second_place_in_one_session_is_already_booked(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    await world.booked(session, person)

    with pytest.raises(AlreadyBooked):
        async with world.db.transaction() as tx:
            await bookings.add(tx, a_booking(world, session, person))


async def test_a_seat_at_the_same_time_is_elsewhere(world: World) -> None:
    one, other = await world.session(), await world.session(meeting(in_days(14, hour=1)))
    person = await world.job_seeker()
    await world.booked(one, person)

    with pytest.raises(JobSeekerElsewhere):
        async with world.db.transaction() as tx:
            await bookings.add(tx, a_booking(world, other, person))


async def test_one_seat_too_many_is_more_than_the_capacity(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)

    with pytest.raises(CapacityBelowTaken):
        async with world.db.transaction() as tx:
            await sessions.count(tx, session.id, taken=1)


async def test_a_room_has_a_name_of_its_own(world: World) -> None:
    with pytest.raises(NameTaken):
        async with world.db.transaction() as tx:
            await agencies.add_room(tx, replace(world.room, id=new_id(NOW)))


async def test_a_room_of_the_same_name_may_stand_elsewhere(world: World) -> None:
    elsewhere = await world.another_agency()

    async with world.db.transaction() as tx:
        await agencies.add_room(tx, replace(world.room, id=new_id(NOW), agency_id=elsewhere.id))


async def test_a_workshop_has_a_title_of_its_own(world: World) -> None:
    with pytest.raises(NameTaken):
        async with world.db.transaction() as tx:
            await workshops.add(tx, replace(world.workshop, id=new_id(NOW)))


async def test_a_sign_in_name_belongs_to_one(world: World) -> None:
    with pytest.raises(NameTaken):
        async with world.db.transaction() as tx:
            await staff.add(tx, replace(world.adviser, id=new_id(NOW)), NO_PASSWORD, NOW)


async def test_an_identifier_belongs_to_one_person_of_an_agency(world: World) -> None:
    known: JobSeeker = await world.job_seeker(identifier="A1")

    with pytest.raises(NameTaken):
        async with world.db.transaction() as tx:
            await job_seekers.add(tx, replace(known, id=new_id(NOW)))


async def test_a_constraint_nobody_expected_stays_a_bug_and_says_its_name(world: World) -> None:
    nowhere, person = new_id(NOW), await world.job_seeker()

    driver_errors = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
    with pytest.raises((IntegrityError, *driver_errors), match=r"(?i)foreign key"):
        async with world.db.transaction() as tx:
            await bookings.add(tx, book(nowhere, person.id, world.agency.id, by=world.adviser.id, now=NOW))


async def test_a_place_of_somebody_who_is_nowhere_is_refused(world: World) -> None:
    session, stranger = await world.session(), new_id(NOW)

    with pytest.raises(NotFound):
        async with world.db.transaction() as tx:
            await bookings.add(tx, book(session.id, stranger, world.agency.id, by=world.adviser.id, now=NOW))


def test_every_refusal_names_a_constraint_that_exists() -> None:
    named = {part.name for table in metadata.tables.values() for part in (*table.constraints, *table.indexes)}

    # SQLite tells of a primary key by its columns.
    keys = {", ".join(map(str, table.primary_key.columns)) for table in metadata.tables.values()}

    assert set(REFUSALS) <= named | keys | WRITTEN_BY_HAND


async def test_migrations_make_the_tables(url: str) -> None:
    assert await asked(url, differences) == []


async def test_migrating_twice_changes_nothing(url: str) -> None:
    before = await asked(url, schema)

    await asyncio.to_thread(migrate, url)

    assert await asked(url, is_current)
    assert await asked(url, schema) == before


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def schema(connection: Connection) -> list[object]:
    question = (
        "SELECT sql FROM sqlite_master ORDER BY name"
        if connection.dialect.name == "sqlite"
        else "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY conname, conrelid"
    )
    return [tuple(row) for row in connection.execute(text(question))]


async def asked(url: str, question):
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine: Engine = create_engine(url)
        with engine.connect() as connection:
            answer = question(connection)
        engine.dispose()
        return answer
    server = create_async_engine(address)
    async with server.connect() as connection:
        answer = await connection.run_sync(question)
    await server.dispose()
    return answer
