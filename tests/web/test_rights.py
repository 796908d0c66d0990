"""Who is let in where: every page and every operation, every role, near and far, as the table declares it."""

import pytest

from booking.domain.staff import Right, Staff
from booking.storage.database import Database
from tests.web.rights import NOT_THERE, Found, Planted, declared, name_of, of_everything, operations, pages, row

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
ON_SERVER = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
# Some pages, for what need not be asked everywhere; what is done at a door may close another, so none that is closed.
SOME = [door for door, said in sorted(declared().items()) if door.startswith("GET") and NOT_THERE not in said[:6]][::8]
PLANNING = {"GET /equipe", "GET /salles", "API GET /agencies/{agency_id}/closures"}


def otherwise(found: Found) -> dict[str, str]:
    """The doors that answer otherwise than the table says, and how."""
    table = declared()
    rows = {door: row(answers) for door, answers in found.answers.items()}
    return {door: said for door, said in rows.items() if table.get(door) != said}


def test_every_door_is_in_the_table():
    doors = {name_of(method, path) for method, path in pages()} | {f"API {name}" for name in operations()}

    assert doors == declared().keys(), "python -m tests.web.rights FILE writes the lines that are missing"


@SQLITE
async def test_every_door_lets_in_whom_the_table_names_and_tells_nobody_what_is_private(db: Database):
    found = await of_everything(await Planted.begin(db))

    assert (found.broken, found.leaks) == ([], [])
    assert otherwise(found) == {}


@ON_SERVER
async def test_a_sample_is_answered_alike_by_the_other_database(db: Database):
    assert otherwise(await of_everything(await Planted.begin(db), SOME)) == {}


@SQLITE
async def test_a_door_that_somebody_left_open_is_noticed(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Staff, "must", lambda *_: None)
    monkeypatch.setattr(Staff, "may", lambda self, right, agency_id: right is Right.PLAN or bool(agency_id))
    monkeypatch.setattr(Staff, "may_somewhere", lambda *_: True)

    found = await of_everything(await Planted.begin(db), PLANNING)

    assert otherwise(found).keys() == PLANNING
