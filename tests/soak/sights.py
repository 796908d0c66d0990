"""What is seen of the processes and of the database from outside, once a minute; Linux only."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from booking.storage.database import Database

MEGABYTE = 1 << 20
ASKED = """
SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
       (SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0) FROM messages
        WHERE state IN ('planned', 'claimed', 'sending') AND due_at < now()) AS oldest,
       (SELECT count(*) FROM messages WHERE state IN ('accepted', 'delivered')) AS sent,
       pg_database_size(current_database()) AS size,
       (SELECT sum(size) FROM pg_ls_waldir()) AS wal,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS written
"""


@dataclass(frozen=True)
class Sight:
    """Megabytes and open files by process, and what the database says of itself (sizes in megabytes)."""

    memory: Mapping[str, float]
    files: Mapping[str, int]
    connections: int
    oldest_seconds: float
    sent: int
    size: float
    wal: float
    written: float


async def look(db: Database, pids: Mapping[str, int], database: Iterable[int]) -> Sight:
    """As it is now. The memory of the database is its share: what processes have in common counts once."""
    memory = {name: _kilobytes(pid, "status", "VmRSS") / 1024 for name, pid in pids.items()}
    memory["database"] = sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in database) / 1024
    files = {name: len(os.listdir(f"/proc/{pid}/fd")) for name, pid in pids.items()}
    async with db.reading() as tx:
        row = await tx.row(text(ASKED))
    sizes = (float(one) / MEGABYTE for one in (row.size, row.wal, row.written))
    return Sight(memory, files, row.connections, float(row.oldest), row.sent, *sizes)


def _kilobytes(pid: int, file: str, name: str) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
    return 0
