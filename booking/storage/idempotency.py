"""Keys of requests and the answers they got, in the transaction of the deed itself."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from booking.domain.errors import AnotherRequestHasThisKey, RequestRunning
from booking.domain.idempotency import Once
from booking.storage import errands
from booking.storage.constraints import LockTimeout
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.tables import idempotency_keys as keys

INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_CLAIM = {dialect: hot(new(keys).on_conflict_do_nothing()) for dialect, new in INSERT.items()}
_SETTLE = hot(update(keys).where(keys.c.staff_id == bindparam("owner"), keys.c.key == bindparam("said")))


async def claim(tx: Tx, once: Once | None, now: datetime) -> dict[str, Any] | None:
    """Take the key for this transaction: None means go on; otherwise the answer of the first time.

    Waits while the same key runs elsewhere. The replay is a write, so that it cannot outrun the commit it repeats.
    Raises :class:`AnotherRequestHasThisKey`, :class:`RequestRunning`.
    """
    if once is None:
        return None
    errands.know_repeat()
    new = {"staff_id": once.staff_id, "key": once.key, "fingerprint": once.fingerprint, "created_at": now}
    try:
        if await tx.run(_CLAIM[tx.dialect], new):
            return None
        return await replay(tx, once)
    except LockTimeout as error:
        raise RequestRunning(key=once.key) from error


async def replay(tx: Tx, once: Once) -> dict[str, Any] | None:
    """The answer the key got; None when nobody used it."""
    again = update(keys).where(*_mine(once)).values(replays=keys.c.replays + 1)
    row = await tx.row(again.returning(keys.c.fingerprint, keys.c.answer))
    if row and row.fingerprint != once.fingerprint:
        raise AnotherRequestHasThisKey(key=once.key)
    return row.answer if row else None


async def used(tx: Tx, once: Once) -> bool:
    """Whether this key has an answer already."""
    return await tx.value(select(keys.c.key).where(*_mine(once))) is not None


async def settle(tx: Tx, once: Once | None, answer: dict[str, Any]) -> None:
    """Keep the answer for the next time the key comes."""
    if once is not None:
        await tx.run(_SETTLE, {"owner": once.staff_id, "said": once.key, "answer": answer})


def written(answer: dict[str, Any]) -> str:
    """An answer as the hottest statement takes it."""
    return json.dumps(answer, ensure_ascii=False)


def _mine(once: Once) -> tuple[Any, Any]:
    return keys.c.staff_id == once.staff_id, keys.c.key == once.key
