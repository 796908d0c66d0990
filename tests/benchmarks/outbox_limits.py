"""What the databases themselves do with the same rows in the same tables: written, claimed and completed.

Claimed and completed is two transactions for a group of 50: take the group, write its tries and commit; settle both and
commit. On PostgreSQL pgbench says them with prepared statements, on SQLite Python's own driver.
"""

import asyncio
import re
import sqlite3
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import make_url, text

from tests.benchmarks.outboxes import MORNING, Outbox
from tests.postgresql import Server

GROUP = 50
# Without colons, by which pgbench knows its variables.
AT = f"to_timestamp({int(MORNING.timestamp())})"
TOKEN = "md5(:token::text)::uuid"
TRY = "(message_id, n, channel, template, address_hash, provider_key, started_at)"
SCRIPT = f"""\\set token random(1, 1000000000000)
WITH taken AS (
  UPDATE messages SET state = 'sending', channel = 'email', attempts = attempts + 1, lease_token = {TOKEN},
    lease_until = now() + interval '60 s'
  WHERE id = ANY (ARRAY(SELECT id FROM messages WHERE state = 'planned' AND priority = 5 AND due_at <= {AT}
                        ORDER BY due_at LIMIT {GROUP} FOR UPDATE SKIP LOCKED)) RETURNING id, attempts),
tried AS (INSERT INTO message_attempts {TRY}
  SELECT id, attempts, 'email', 'reminder/1', md5(id::text), id::text, now() FROM taken RETURNING message_id)
SELECT coalesce(array_agg(message_id), '{{}}')::text AS ids FROM tried \\gset
BEGIN;
UPDATE messages SET state = 'accepted', lease_token = NULL, lease_until = NULL, settled_at = now()
WHERE id = ANY (:ids::uuid[]) AND lease_token = {TOKEN};
UPDATE message_attempts SET ended_at = now(), outcome = 'accepted', provider_reference = 'x'
WHERE message_id = ANY (:ids::uuid[]) AND outcome IS NULL;
COMMIT;
"""
TAKE = f"""
UPDATE messages SET state = 'sending', channel = 'email', attempts = attempts + 1, lease_token = ?, lease_until = ?
WHERE id IN (SELECT id FROM messages WHERE state = 'planned' AND priority = 5 AND due_at <= ?
             ORDER BY due_at LIMIT {GROUP}) RETURNING id, attempts"""
TRIED = f"INSERT INTO message_attempts {TRY} VALUES (?, ?, 'email', 'reminder/1', ?, ?, ?)"
SETTLE = """
UPDATE messages SET state = 'accepted', lease_token = NULL, lease_until = NULL, settled_at = ?
WHERE id = ? AND lease_token = ?"""
ENDED = "UPDATE message_attempts SET ended_at = ?, outcome = 'accepted' WHERE message_id = ? AND outcome IS NULL"


async def of_postgresql(server: Server, outbox: Outbox, clients: int) -> float:
    """Messages a second that pgbench claims and completes, until nothing is left."""
    address, groups = make_url(outbox.url), await outbox.due() // GROUP
    with TemporaryDirectory() as folder:
        script = Path(folder) / "outbox.sql"
        script.write_text(SCRIPT)
        options = [
            "-n",
            "-M",
            "prepared",
            "-c",
            str(clients),
            "-j",
            "2",
            "-t",
            str(groups // clients),
            "-f",
            str(script),
        ]
        where = ["-h", str(address.query["host"]), "-U", str(address.username), str(address.database)]
        told = await asyncio.to_thread(_said, [server.bin / "pgbench", *options, *where])
    return float(re.search(r"tps = ([\d.]+)", told)[1]) * GROUP


def _said(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


async def of_sqlite(outbox: Outbox, seconds: float) -> float:
    """Messages a second that Python's own driver claims and completes."""
    return await asyncio.to_thread(_by_driver, str(make_url(outbox.url).database), seconds)


def _by_driver(path: str, seconds: float) -> float:
    db = sqlite3.connect(path, isolation_level=None)
    for command in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA busy_timeout = 5000"):
        db.execute(command)
    begun, done, token, at = time.perf_counter(), 0, str(uuid4()), int(MORNING.timestamp() * 1_000_000)
    while time.perf_counter() - begun < seconds:
        db.execute("BEGIN IMMEDIATE")
        if not (taken := db.execute(TAKE, (token, at, at)).fetchall()):
            break
        db.executemany(TRIED, [(id, n, str(id), str(id), at) for id, n in taken])
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        db.executemany(SETTLE, [(at, id, token) for id, _ in taken])
        db.executemany(ENDED, [(at, id) for id, _ in taken])
        db.execute("COMMIT")
        done += len(taken)
    took = time.perf_counter() - begun
    db.close()
    return done / took


async def written(outbox: Outbox) -> float:
    """Rows a second by one INSERT ... SELECT into a table with the same indexes and checks."""
    await outbox.say(*await _like_messages(outbox))
    begun = time.perf_counter()
    async with outbox.db.transaction() as tx:
        met = await tx.run(text("INSERT INTO limit_of_messages SELECT * FROM messages"))
    took = time.perf_counter() - begun
    await outbox.say("DROP TABLE limit_of_messages")
    return met / took


async def _like_messages(outbox: Outbox) -> list[str]:
    if outbox.db.dialect == "postgresql":
        return ["CREATE TABLE limit_of_messages (LIKE messages INCLUDING ALL)"]
    async with outbox.db.reading() as tx:
        question = "SELECT sql FROM sqlite_master WHERE tbl_name = 'messages' AND type IN ('table', 'index')"
        said = [row[0] for row in await tx.rows(text(question)) if row[0]]
    return [re.sub(r"\b(ix_messages|messages)(?=[_ ]|\b)", r"limit_of_\1", one, count=2) for one in said]
