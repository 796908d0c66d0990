"""The words of agencies: every version is kept, the newest one counts."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select

from booking.domain.wordings import Slot, Wording, Wordings
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import message_wordings

_WORDING = columns(Wording, message_wordings)
_C = message_wordings.c
_KEY = (_C.agency_id, _C.kind, _C.form, _C.language)


async def newest(tx: Tx, agency_ids: Collection[UUID]) -> Wordings:
    """What counts now in these agencies, and in the whole installation."""
    whose = or_(_C.agency_id.in_(agency_ids), _C.agency_id.is_(None))
    last = select(*_KEY, func.max(_C.version).label("version")).where(whose).group_by(*_KEY).subquery()
    same = and_(
        *(_C[name] == last.c[name] for name in ("kind", "form", "language", "version")),
        or_(_C.agency_id == last.c.agency_id, and_(_C.agency_id.is_(None), last.c.agency_id.is_(None))),
    )
    found = select(*_WORDING).join_from(message_wordings, last, same)
    return Wordings.of([made(Wording, row) for row in await tx.rows(found)])


async def versions(tx: Tx, slot: Slot) -> list[Wording]:
    """Every version of one text, the newest first."""
    whose = _C.agency_id.is_(None) if slot.agency_id is None else _C.agency_id == slot.agency_id
    which = (_C.kind == slot.kind, _C.form == slot.form, _C.language == slot.language)
    found = select(*_WORDING).where(whose, *which).order_by(_C.version.desc())
    return [made(Wording, row) for row in await tx.rows(found)]


async def add(tx: Tx, wording: Wording) -> None:
    """Write one more version; raises :class:`StaleEdit` when somebody else has just written the same."""
    await tx.run(insert(message_wordings).values(values(wording, message_wordings)))
