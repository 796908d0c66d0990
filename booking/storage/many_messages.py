"""Many messages written at once: one statement for all of them, where a statement for each costs the server more."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import TextClause, text

from booking.domain.messages import Message
from booking.storage.database import Tx
from booking.storage.shapes import values
from booking.storage.tables import messages

# Below this the driver's own way is as quick, and the hottest bookings take it.
MANY = 20


def is_for_many(tx: Tx, planned: Sequence[Message]) -> bool:
    """Whether one statement is better; SQLite has no server to talk to."""
    return tx.dialect == "postgresql" and len(planned) > MANY


async def plan_all(tx: Tx, planned: Sequence[Message]) -> None:
    """Write them; what is planned already stays as it is."""
    rows = [values(message, messages) for message in planned]
    # Instants and identifiers as the server reads them.
    await tx.run(_insert(tuple(rows[0])), {"rows": json.dumps(rows, default=str)})


def _insert(names: Sequence[str]) -> TextClause:
    said: Any = ", ".join(names)
    return text(
        f"INSERT INTO messages ({said}) SELECT {said} FROM json_populate_recordset(NULL::messages, CAST(:rows AS json))"  # noqa: S608 - names of columns
        " ON CONFLICT (dedupe_key) DO NOTHING"
    )
