"""A whole installation leaves as open files and comes back, on either kind of database, or not at all."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from booking.domain.agencies import Phase
from booking.domain.attendance import Mark
from booking.domain.erasures import Cause, Erasure, hash_of
from booking.domain.phases import Becoming
from booking.services import attendance, job_seekers, merging, moving_in, moving_out, phases
from booking.services.doctor import examine
from booking.services.moving_in import UnusableCopy
from booking.storage import whole
from booking.storage.database import Database
from booking.storage.opening import open_database
from booking.storage.plain_values import plain
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_places import day_in
from tests.postgresql import Server, create_database, drop_database

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def empty(
    db: Database, tmp_path: Path, sqlite_template: Path, postgresql: Server, postgresql_template: str
) -> AsyncIterator[Database]:
    """A database of the other kind, with nothing in it."""
    if db.dialect == "postgresql":
        shutil.copy(sqlite_template, tmp_path / "other.sqlite3")
        other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
        yield other
        await other.close()
        return
    name = f"t_{uuid4().hex}"
    await create_database(postgresql.url(), name, postgresql_template)
    other = open_database(postgresql.url(name))
    yield other
    await other.close()
    await drop_database(postgresql.url(), name)


@pytest.fixture
async def lived(world: World) -> World:
    """Somebody who came, somebody who waits, two entries that were one person, and words that are no plain text."""
    session = await world.session(meeting(in_days(1)), meeting(in_days(8)), capacity=1)
    booked = await world.booked(session, await world.job_seeker("=1+1", first_name="\\N", phone="0612345678"))
    await world.waiting(session, await world.job_seeker('O’Neil ; "x"', first_name="née\u00a0Zoé"))
    one, other = await world.job_seeker("Diallo"), await world.job_seeker("Diallo")
    await merging.merge(world.db, other.id, one.id, by=world.manager, now=NOW)
    held = session.meetings[0].id
    await attendance.mark(world.db, held, booked.id, Mark.LATE, by=world.facilitator, now=in_days(1, 1))
    return world


async def content(db: Database) -> dict[str, list[str]]:
    """Every row of every table that is in a copy; lines that copying itself writes are left out."""
    found = {}
    async with db.reading() as tx:
        for table in whole.outgoing(with_secrets=True):
            columns = whole.columns_of(table, with_secrets=True)
            pages = [page async for page in whole.pages(tx, table, columns)]
            rows = [json.dumps([plain(value) for value in row], sort_keys=True) for page in pages for row in page]
            found[table.name] = sorted(row for row in rows if '"installation"' not in row)
    return found


async def test_every_row_comes_back_whichever_the_database(lived: World, empty: Database, tmp_path: Path):
    before = await content(lived.db)
    done = await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=True, site=SITE, now=NOW)
    back = await moving_in.take_in(empty, tmp_path / "a.zip", site=SITE, now=NOW)

    after = await content(empty)
    assert {name: set(rows) ^ set(after[name]) for name, rows in before.items() if rows != after[name]} == {}
    assert (back.rows, back.tables) == (done.rows, done.tables) and done.rows > 50
    assert await examine(empty, now=NOW) == []
    # The audit goes on after its last line, and people are placed as ever.
    known = await job_seekers.search(empty, "0612345678", by=lived.adviser)
    assert [one.last_name for one in known] == ["=1+1"]
    added = await job_seekers.register(
        empty, lived.agency.id, job_seekers.PersonSaid(first_name="A", last_name="B"), by=lived.adviser, now=NOW
    )
    assert (await job_seekers.last_change(empty, added.id, by=lived.adviser)).person == added


@SQLITE
async def test_a_copy_without_secrets_opens_nothing(lived: World, empty: Database, tmp_path: Path):
    await moving_out.write(lived.db, tmp_path / "a", with_secrets=False, site=SITE, now=NOW)

    said = json.loads((tmp_path / "a/datapackage.json").read_text())
    columns = {
        f"{one['name']}.{f['name']}" for one in said["resources"] if "schema" in one for f in one["schema"]["fields"]
    }
    secret = {str(c) for table in whole.outgoing(with_secrets=True) for c in table.columns if whole.is_secret(c)}
    assert len(secret) > 5 and not columns & secret
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    await moving_in.take_in(empty, tmp_path / "a", site=SITE, now=NOW)
    assert await examine(empty, now=NOW) == []


@SQLITE
async def test_files_read_as_others_read_them(lived: World, tmp_path: Path):
    await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=False, site=SITE, now=NOW)

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        said = json.loads(archive.read("datapackage.json"))
        (agencies,) = [one for one in said["resources"] if one["name"] == "agencies"]
        rows = list(csv.DictReader(io.StringIO(archive.read(agencies["path"]).decode(), newline="")))
        people = archive.read("data/job_seekers.jsonl").decode()
    assert [row["name"] for row in rows] == ["Grenoble Bastille"] and agencies["rows"] == 1
    assert [f["name"] for f in agencies["schema"]["fields"]] == list(rows[0])
    assert rows[0]["code"] == "\\N" and rows[0]["publishes"] in ("true", "false")
    assert json.loads(people.splitlines()[0])["last_name"] == "=1+1"


def _changed(path: Path, name: str, change) -> Path:
    """The same copy with another file in it, described as if it were right."""
    other = path.with_name(f"{uuid4().hex}.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return other


def described(change):
    def changed(content: bytes) -> bytes:
        said = json.loads(content)
        change(said)
        return json.dumps(said).encode()

    return changed


def _add_column(said) -> None:
    table = next(one for one in said["resources"] if one["name"] == "agencies")
    table["schema"]["fields"].append({"name": "colour_of_door", "type": "string"})


def _count_wrong(said) -> None:
    next(one for one in said["resources"] if one["name"] == "job_seekers")["rowsHash"] = "0" * 64


@SQLITE
@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("data/job_seekers.jsonl", lambda content: content.replace(b"Diallo", b"Dialla"), "damaged"),
        ("datapackage.json", described(_add_column), "unknown-column"),
        ("datapackage.json", described(_count_wrong), "damaged"),
        ("datapackage.json", described(lambda said: said.update(secret="x")), "other-secret"),
        ("datapackage.json", described(lambda said: said.update(format="later")), "other-format"),
        ("datapackage.json", lambda _: b"{", "not-a-copy"),
    ],
    ids=["other bytes", "a later column", "other rows", "another secret", "another format", "no description"],
)
async def test_a_damaged_or_foreign_copy_leaves_the_database_empty(
    lived: World, empty: Database, tmp_path: Path, name: str, change, why: str
):
    await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=False, site=SITE, now=NOW)

    with pytest.raises(UnusableCopy) as refused:
        await moving_in.take_in(empty, _changed(tmp_path / "a.zip", name, change), site=SITE, now=NOW)

    assert refused.value.why == why
    async with empty.reading() as tx:
        assert await whole.not_empty(tx) is None


@SQLITE
async def test_nothing_is_taken_into_a_database_that_holds_something(lived: World, tmp_path: Path):
    await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=False, site=SITE, now=NOW)

    with pytest.raises(UnusableCopy) as refused:
        await moving_in.take_in(lived.db, tmp_path / "a.zip", site=SITE, now=NOW)

    assert refused.value.why == "not-empty"
    with pytest.raises(FileExistsError):
        await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=False, site=SITE, now=NOW)


@SQLITE
async def test_who_was_erased_since_is_erased_again(lived: World, empty: Database, tmp_path: Path):
    (person,) = await job_seekers.search(lived.db, "0612345678", by=lived.adviser)
    await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=False, site=SITE, now=NOW)
    journal = [Erasure(person_hash=hash_of(SITE.secret, person.id), because=Cause.ASKED, at=NOW)]

    await moving_in.take_in(empty, tmp_path / "a.zip", site=SITE, now=in_days(10), erased=journal)

    assert await job_seekers.search(empty, "0612345678", by=lived.adviser) == []
    assert await examine(empty, now=in_days(10)) == []


async def test_what_was_prepared_for_an_opening_that_never_came_comes_back(
    world: World, empty: Database, tmp_path: Path
):
    at, by = world.agency.id, {"by": world.manager, "now": NOW}
    await phases.change(world.db, at, Becoming(phase=Phase.CLOSED, hosts=True, because="Travaux"), **by)
    opens = Becoming(phase=Phase.OPEN, hosts=True, because="Travaux finis", due_on=day_in(7))
    planned = await phases.change(world.db, at, opens, **by)
    await world.session(meeting(in_days(14)))
    await phases.drop(world.db, at, planned.id, by=world.manager, now=NOW + timedelta(hours=1))
    copied = await moving_out.write(world.db, tmp_path / "copy", with_secrets=False, site=SITE, now=NOW)

    found = await moving_in.take_in(empty, tmp_path / "copy", site=SITE, now=NOW)

    assert found.rows == copied.rows


async def test_a_copy_is_of_one_moment(lived: World, tmp_path: Path):
    async def meanwhile(tables: int, rows: int) -> None:
        if tables == 5:
            await lived.job_seeker("Tardif")

    await moving_out.write(lived.db, tmp_path / "a.zip", with_secrets=False, site=SITE, now=NOW, told=meanwhile)

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert b"Tardif" not in archive.read("data/job_seekers.jsonl")
    assert await job_seekers.search(lived.db, "tardif", by=lived.adviser)
