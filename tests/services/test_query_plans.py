"""No question of the day grows with what has been: none reads a large table whole, on either database.

On PostgreSQL among many rows, as its planner goes by their number; on a file it takes an index wherever there is one.
"""

from sqlalchemy import text

from booking.jobs import TICKS
from tests.given import NOW, World
from tests.given_hot_paths import Office, heard_on_hot_paths
from tests.given_large import Size, rows
from tests.hearing import Heard, hearing
from tests.query_plans import read_whole
from tests.web.rights import PARAMETER, ids_of, pages

SIZE = Size(agencies=20, sessions=1000, people=1000, seats=1)
# What reads more than it needs, by words of its statement, and why: debts. A page waits for the first and last.
KNOWN = {
    "postgresql": {
        "attendance.mark = 'absent'": "absences of the last weeks are looked for in all agencies",
        "UPDATE messages SET state=$1::VARCHAR, reason=": "every reminder ahead is compared with its seat",
        "ORDER BY messages.id DESC": "the latest messages of one agency are looked for among the latest of all",
    },
    "sqlite": {
        "FROM staff JOIN occupancies": "who leads tomorrow is looked for among all who ever led",
        "WHERE evidence.keep_until": "once an hour, what proves something is looked through for what need not any more",
    },
}


# An index without which much is read whole.
LOST = {"postgresql": "ix_bookings_job_seeker", "sqlite": "ix_audit_noun"}


async def test_no_question_of_the_day_reads_a_large_table_whole(world: World):
    known = KNOWN[world.db.dialect]
    await as_if_large(world)
    async with Office.open(world) as office:
        heard = [one for found in (await heard_on_hot_paths(office)).values() for one in found]
        heard += await heard_on_pages(office)
        heard += await heard_of_the_clock(world)

        read = await read_whole(world.db, heard)
        async with world.db.transaction() as tx:
            await tx.run(text(f"DROP INDEX {LOST[world.db.dialect]}"))
        read_without = await read_whole(world.db, heard)

    assert not {sql: what for sql, what in read.items() if not any(words in sql for words in known)}
    mended = {words for words in known if not any(words in sql for sql in read)}
    assert not mended, "well done; strike it out above"
    assert read_without.keys() - read.keys(), "a lost index is noticed"


async def as_if_large(world: World) -> None:
    """Rows as of years, where a planner goes by their number."""
    if world.db.dialect == "postgresql":
        async with world.db.transaction() as tx:
            # Nothing is checked for a replica; the sizes of benchmarks are checked whole.
            await tx.run(text("SET LOCAL session_replication_role = replica"))
            for command in rows(world, SIZE, NOW):
                await tx.run(text(command))
            await tx.run(text("ANALYZE"))


async def heard_on_pages(office: Office) -> list[Heard]:
    """What a manager looks at: every page."""
    ids = await ids_of(office.world, office.world.manager)
    with hearing() as heard:
        for method, path in pages():
            if method == "GET":
                await office.manager.get(PARAMETER.sub(lambda name: ids[name[1]], path))
    return heard


async def heard_of_the_clock(world: World) -> list[Heard]:
    """What is done every so many seconds."""
    with hearing() as heard:
        for tick in TICKS:
            await tick.work(world.db, NOW)
    return heard
