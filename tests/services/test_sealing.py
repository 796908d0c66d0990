"""The chain over the audit: whole as long as nobody meddles, and every way of meddling is found."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from booking.domain.seals import Fault, FaultKind, Head
from booking.domain.sites import Site
from booking.services import sealing, verifying, watching
from booking.services.verifying import Verified
from booking.services.watching import Watch
from booking.storage import audit, seals
from booking.storage.database import Database
from booking.storage.tables import audit as lines
from tests.given import NOW, SITE, World

OTHER = '{"because": "Malade", "more": 1}'
DEEDS = ("booked", "cancelled", "moved", "restored", "marked")


async def written(world: World, *actions: str, **details: object) -> None:
    async with world.db.transaction() as tx:
        for action in actions:
            whose = {"because": "Malade", **details}
            await audit.record(tx, world.adviser, action, "booking", world.room.id, NOW, world.agency.id, **whose)


async def a_sealed_world(world: World) -> Head:
    await written(world, *DEEDS)
    await sealing.seal(world.db, NOW, site=SITE)
    async with world.db.reading() as tx:
        return (await seals.head(tx))[0]


async def meddle(db: Database, *commands: str) -> None:
    """As somebody who owns the database and takes its guards away."""
    async with db.transaction() as tx:
        if tx.dialect == "postgresql":
            await tx.run(text("SET LOCAL session_replication_role = replica"))
        else:
            for (name,) in await tx.rows(text("SELECT name FROM sqlite_master WHERE name LIKE 'kept_audit%'")):
                await tx.run(text(f"DROP TRIGGER {name}"))
        for command in commands:
            await tx.run(text(command))


async def verified(world: World, *heads: Head) -> Verified:
    return await verifying.verify(world.db, site=SITE, heads=heads)


async def number_of(world: World, action: str) -> int:
    async with world.db.reading() as tx:
        return await tx.value(select(lines.c.id).where(lines.c.action == action, lines.c.noun == "booking"))


async def test_what_nobody_touched_is_whole(world: World):
    head = await a_sealed_world(world)
    await written(world, "booked")
    assert await sealing.seal(world.db, NOW, site=SITE) == 1

    found = await verified(world, head)

    assert found.is_whole
    assert found.lines == found.head.n == head.n + 1


async def test_sealing_again_seals_nothing_twice(world: World):
    await a_sealed_world(world)

    assert await sealing.seal(world.db, NOW, site=SITE) == 0


async def test_who_does_not_know_the_key_makes_no_link(world: World):
    await a_sealed_world(world)

    other = Site(SITE.url, SITE.domain, b"some other secret that somebody made up")
    found = await verifying.verify(world.db, site=other)

    assert {fault.kind for fault in found.faults} == {FaultKind.CHANGED}


async def test_a_changed_line_is_found(world: World):
    await a_sealed_world(world)
    said = ("action = 'promoted'", "staff_id = NULL", "place = '192.0.2.0/24'", f"details = '{OTHER}'")
    changed = [await number_of(world, action) for action in DEEDS[:4]]

    await meddle(
        world.db, *(f"UPDATE audit SET {one} WHERE id = {line}" for one, line in zip(said, changed, strict=True))
    )

    assert (await verified(world)).faults == [Fault(FaultKind.CHANGED, line) for line in changed]


async def test_a_removed_line_is_found_with_and_without_its_seal(world: World):
    await a_sealed_world(world)
    moved, cancelled = await number_of(world, "moved"), await number_of(world, "cancelled")

    await meddle(
        world.db,
        f"DELETE FROM audit WHERE id IN ({moved}, {cancelled})",
        f"DELETE FROM audit_seals WHERE audit_id = {cancelled}",
    )

    found = (await verified(world)).faults
    assert {fault.kind for fault in found} == {FaultKind.REMOVED}
    assert moved in {fault.line for fault in found} and len(found) == 2


async def test_an_inserted_line_is_found(world: World):
    await a_sealed_world(world)
    moved = await number_of(world, "moved")
    columns = "at, staff_id, agency_id, action, noun, noun_id, via, details"

    await meddle(
        world.db,
        f"UPDATE audit SET id = id + 1000 WHERE id = {moved}",
        f"INSERT INTO audit (id, {columns}) SELECT {moved}, {columns} FROM audit WHERE action = 'marked'",
    )

    kinds = {(fault.kind, fault.line) for fault in (await verified(world)).faults}
    assert (FaultKind.CHANGED, moved) in kinds

    await meddle(world.db, f"UPDATE audit_seals SET audit_id = 5000 WHERE audit_id = {moved}")

    assert (FaultKind.INSERTED, moved) in {(fault.kind, fault.line) for fault in (await verified(world)).faults}


async def test_a_line_written_before_the_first_one_is_found(world: World):
    await a_sealed_world(world)
    columns = "at, staff_id, agency_id, action, noun, noun_id, via, details"

    async with world.db.transaction() as tx:
        said = f"INSERT INTO audit (id, {columns}) SELECT -1, {columns} FROM audit WHERE action = 'marked'"
        await tx.run(text(said))

    assert (await verified(world)).faults == [Fault(FaultKind.INSERTED, -1)]


async def test_two_lines_that_changed_places_are_found(world: World):
    await a_sealed_world(world)
    moved, marked = await number_of(world, "moved"), await number_of(world, "marked")

    await meddle(
        world.db,
        f"UPDATE audit_seals SET audit_id = -1 WHERE audit_id = {moved}",
        f"UPDATE audit_seals SET audit_id = {moved} WHERE audit_id = {marked}",
        f"UPDATE audit_seals SET audit_id = {marked} WHERE audit_id = -1",
    )

    assert FaultKind.REORDERED in {fault.kind for fault in (await verified(world)).faults}


async def test_a_cut_tail_is_missed_by_who_knows_the_head(world: World):
    head = await a_sealed_world(world)
    marked = await number_of(world, "marked")
    tail = f"WHERE audit_id >= {marked}"

    await meddle(world.db, f"DELETE FROM audit WHERE id >= {marked}", f"DELETE FROM audit_seals {tail}")

    assert (await verified(world)).is_whole  # nothing inside the chain can tell
    assert [(fault.kind, fault.line) for fault in (await verified(world, head)).faults] == [(FaultKind.CUT, head.n)]

    await written(world, "booked")
    await sealing.seal(world.db, NOW, site=SITE)

    assert (await verified(world, head)).faults  # nor does something new in its place help


async def test_words_that_are_erased_leave_the_chain_whole(world: World):
    await a_sealed_world(world)
    moved = await number_of(world, "moved")

    async with world.db.transaction() as tx:
        await tx.run(text(f"UPDATE audit SET details = '{{}}' WHERE id = {moved}"))

    found = await verified(world)
    assert (found.is_whole, found.erased) == (True, 1)


async def test_the_database_refuses_to_change_what_is_written(world: World):
    await a_sealed_world(world)

    for command in (
        "UPDATE audit SET action = 'promoted'",
        f"UPDATE audit SET details = '{OTHER}' WHERE noun = 'booking'",
        "DELETE FROM audit",
        "UPDATE audit_seals SET link = ''",
        "DELETE FROM audit_seals",
    ):
        with pytest.raises(DBAPIError, match="never changes"):
            async with world.db.transaction() as tx:
                await tx.run(text(command))


async def test_who_watches_finds_it_at_the_next_round_and_it_stays_known(world: World, tmp_path):
    head, file = await a_sealed_world(world), tmp_path / "heads"
    watch = Watch(SITE, file)
    assert await watch.look(world.db, NOW) == head.n
    assert watching.last_kept(file) == head

    await meddle(world.db, "DELETE FROM audit_seals WHERE n = 3", "DELETE FROM audit_seals WHERE n > 3")
    await watch.look(world.db, NOW)
    await Watch(SITE, file).look(world.db, NOW + timedelta(seconds=30))

    async with world.db.reading() as tx:
        known = await seals.known_faults(tx)
    assert [fault.kind for fault, _ in known] == [FaultKind.CUT]


async def test_a_long_audit_is_looked_through_in_rounds(world: World, monkeypatch):
    head = await a_sealed_world(world)
    monkeypatch.setattr(watching, "NEWEST", 2)
    monkeypatch.setattr(watching, "OLDER", 2)
    monkeypatch.setattr(verifying, "AT_ONCE", 2)
    await meddle(world.db, "UPDATE audit SET action = 'x' WHERE id = (SELECT min(audit_id) FROM audit_seals)")

    watch = Watch(SITE)
    seen = [await watch.look(world.db, NOW) for _ in range(head.n)]

    assert max(seen) <= 6
    async with world.db.reading() as tx:
        assert await seals.known_faults(tx)


async def test_lines_of_many_writers_are_each_sealed_once(world: World):
    async def write(number: int) -> None:
        await asyncio.gather(*(written(world, "booked", number=number) for _ in range(4)))

    rounds = [sealing.seal(world.db, NOW, site=SITE) for _ in range(6)]
    await asyncio.gather(*(write(number) for number in range(6)), *rounds)
    await sealing.seal(world.db, NOW, site=SITE)

    found = await verified(world)
    async with world.db.reading() as tx:
        everything = await tx.value(text("SELECT count(*) FROM audit"))
    assert found.is_whole
    assert found.lines == everything >= 24


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_line_under_way_is_never_overtaken(world: World, monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE_MS", 20)
    async with world.db.transaction() as slow:
        await audit.record(slow, world.adviser, "booked", "booking", world.room.id, NOW)
        assert await sealing.seal(world.db, NOW, site=SITE) == 0  # until it is known what becomes of it
    await written(world, "moved")

    assert await sealing.seal(world.db, NOW, site=SITE) > 0
    assert (await verified(world)).is_whole


def test_a_head_is_read_as_it_is_written():
    head = Head(7, "ab" * 32)

    assert watching.read(watching.written(head, NOW)) == watching.read(f"7:{head.link}") == head
    for said in ("", "7", "7:xyz", replace(head, link="g" * 64).link):
        with pytest.raises(ValueError):
            watching.read(said)
