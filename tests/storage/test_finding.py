"""People are found through an index on both databases, however many there are."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.dialects import postgresql, sqlite

from booking.domain.finding import search_text, signs_of
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.storage import finding, job_seekers
from booking.storage.database import Tx
from booking.storage.tables import job_seeker_words
from booking.storage.tables import job_seekers as people
from tests.given import NOW, World

DIALECTS = {"postgresql": (postgresql.dialect(), "EXPLAIN "), "sqlite": (sqlite.dialect(), "EXPLAIN QUERY PLAN ")}
MANY = 3000


@pytest.fixture
async def crowd(world: World) -> list[JobSeeker]:
    """So many that reading them all would be dearer than an index."""
    stamps = {"agency_id": world.agency.id, "created_at": NOW, "changed_at": NOW}
    named = [(f"Nom{n:04}", f"Prenom{n % 90:02}") for n in range(MANY)]
    crowd = [JobSeeker(id=new_id(NOW), last_name=last, first_name=first, **stamps) for last, first in named]
    signs = [
        {"job_seeker_id": one.id, "agency_id": one.agency_id, "search": search_text(one), "word": sign}
        for one in crowd
        for sign in signs_of(one)
    ]
    async with world.db.transaction() as tx:
        await tx.run(insert(people), [job_seekers.written(one) for one in crowd])
        await tx.run(insert(job_seeker_words), signs)
        await tx.run(text("ANALYZE"))
    return crowd


async def plan(tx: Tx, statement) -> str:
    """How the database means to go about it."""
    dialect, explain = DIALECTS[tx.dialect]
    sql = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    return "\n".join(str(tuple(row)) for row in await tx.rows(text((explain + sql).replace(":", "\\:"))))


@pytest.mark.parametrize("everywhere", [True, False])
async def test_words_and_numbers_are_looked_up_in_an_index(world: World, crowd: list[JobSeeker], everywhere: bool):
    agencies = None if everywhere else [world.agency.id]

    async with world.db.reading() as tx:
        plans = [
            await plan(tx, finding.by_words(agencies, ("nom00", "prenom12"), 20)),
            await plan(tx, finding.by_sign(agencies, "+1000", 20)),
        ]

    for said in plans:
        assert "ix_job_seeker_words_" in said
        assert "Seq Scan" not in said and "SCAN job_seeker_words" not in said


async def test_the_signs_of_a_person_change_with_the_person(world: World):
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    session = await world.session()
    code = (await world.booked(session, person)).code

    async with world.db.reading() as tx:
        found = [
            await finding.find(tx, None, sought, 5)
            for sought in (
                finding.Sought(words=("diallo",)),
                finding.Sought(words=("0001",), sign="+1000"),
                finding.Sought(words=("x",), code=code),
            )
        ]
    assert found == [[person.id]] * 3

    async with world.db.transaction() as tx:
        await finding.forget(tx, person.id)
        assert await finding.find(tx, None, finding.Sought(words=("diallo",)), 5) == []


async def test_last_names_come_before_first_names_that_begin_alike(world: World):
    for last, first in (("Abadie", "Martine"), ("Martin", "Zoé"), ("Zola", "Martin")):
        await world.job_seeker(last, first_name=first)

    async with world.db.reading() as tx:
        ids = await finding.find(tx, None, finding.Sought(words=("martin",)), 5)
        known = await job_seekers.load_many(tx, ids)

    assert [known[id].last_name for id in ids] == ["Martin", "Abadie", "Zola"]
