"""How far figures are counted: one row, which whoever counts holds until his transaction ends."""

from datetime import datetime

from sqlalchemy import select, update

from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.tables import figure_marks


async def mark(tx: Tx, now: datetime) -> int:
    """Up to which line everything is counted. Whoever asks counts alone until the transaction ends."""
    new = INSERT[tx.dialect](figure_marks).values(id=1, heard_id=0, at=now)
    await tx.run(new.on_conflict_do_nothing())
    return int(await tx.value(select(figure_marks.c.heard_id).with_for_update()))


async def counted(tx: Tx) -> tuple[int, datetime | None]:
    """Up to which line everything is counted, and when; without waiting for anybody."""
    row = await tx.row(select(figure_marks.c.heard_id, figure_marks.c.at))
    return (row.heard_id, row.at) if row else (0, None)


async def advance(tx: Tx, heard_id: int, now: datetime) -> None:
    """Everything up to this line is counted."""
    await tx.run(update(figure_marks).values(heard_id=heard_id, at=now))
