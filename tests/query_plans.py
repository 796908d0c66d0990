"""How a database would go about what it is asked: which large tables it would read whole."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import text

from booking.storage.database import Database, Tx
from tests.given_large import LARGE
from tests.hearing import Heard

ASKING = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b")
BY_INDEX = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")
# Indexes of a few rows of their table: to read one whole is what it is for.
PARTIAL = "SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indpred IS NOT NULL"
# Tables that nothing fills here; without counts of rows a file takes an index wherever there is one.
LARGE_TOO = (
    "audit", "evidence", "feed_changes", "feed_scopes", "idempotency_keys", "person_steps", "sent_texts",
    "skips", "waits",
)  # fmt: skip
ALIAS = re.compile(r"\b(?:FROM|JOIN|,) *(\w+) (?:AS )?(\w+)")
SCANNED = re.compile(r"SCAN (\w+)(?! USING (COVERING )?INDEX)")


async def read_whole(db: Database, heard: Iterable[Heard]) -> dict[str, str]:
    """Each statement that would read a large table, or a whole index of one, row by row; and what it would read."""
    asked = {one.sql: one for one in heard if ASKING.match(one.sql)}
    look = _on_server if db.dialect == "postgresql" else _in_file
    async with db.reading() as tx:
        # A file's connection learns that an index is gone by asking; by explaining it does not.
        await tx.value(text("SELECT count(*) FROM agencies"))
        found = {sql: await look(tx, one) for sql, one in asked.items()}
    return {sql: what for sql, what in found.items() if what}


async def _on_server(tx: Tx, one: Heard) -> str:
    partial = {row[0] for row in await tx.rows(text(PARTIAL))}
    answer = await tx._driver.fetch(f"EXPLAIN (FORMAT JSON) {one.sql}", *one.values)
    return ", ".join(sorted({what for node in _nodes(answer[0][0][0]["Plan"]) if (what := _read(node, partial))}))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _read(node: dict[str, Any], partial: set[str]) -> str:
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
        return str(node["Relation Name"])
    index = node.get("Index Name", "")
    is_whole = node["Node Type"] in BY_INDEX and "Index Cond" not in node and index not in partial
    return index if is_whole and any(f"_{name}" in index for name in LARGE) else ""


async def _in_file(tx: Tx, one: Heard) -> str:
    called = {alias: table for table, alias in ALIAS.findall(one.sql)}
    plan = tx._driver.execute(f"EXPLAIN QUERY PLAN {one.sql}", one.values).fetchall()
    read = {called.get(found[1], found[1]) for *_, said in plan if (found := SCANNED.search(said))}
    return ", ".join(sorted(read & {*LARGE, *LARGE_TOO}))
