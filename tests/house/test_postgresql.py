"""The PostgreSQL that the tests start for themselves."""

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from tests.postgresql import create_database, drop_database, launch


def dsn(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def answer(url: str, question: str) -> object:
    connection = await asyncpg.connect(dsn(url))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def server():
    with launch() as running:
        yield running


async def test_a_real_server_answers(server):
    version = await answer(server.url(), "SELECT version()")

    assert version.startswith("PostgreSQL ")


async def test_a_database_can_be_copied_from_a_template(server):
    await create_database(server.url(), "pattern")
    await answer(server.url("pattern"), "CREATE TABLE seats (id int)")

    await create_database(server.url(), "copy", template="pattern")

    assert await answer(server.url("copy"), "SELECT count(*) FROM seats") == 0
    await drop_database(server.url(), "copy")
    await drop_database(server.url(), "pattern")


async def test_a_benchmark_keeps_its_commits():
    with launch(durable=True) as durable:
        assert await answer(durable.url(), "SHOW fsync") == "on"
        assert await answer(durable.url(), "SHOW synchronous_commit") == "on"
