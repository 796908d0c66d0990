"""The words of agencies: every version is kept, the newest one counts."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select

from booking.domain.messages import MessageKind
from booking.domain.wordings import Wording, WordingForm, Wordings
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


async def versions(
    tx: Tx, agency_id: UUID | None, kind: MessageKind, form: WordingForm, language: str
) -> list[Wording]:
    """Every version of one text, the newest first."""
    whose = _C.agency_id.is_(None) if agency_id is None else _C.agency_id == agency_id
    found = select(*_WORDING).where(whose, _C.kind == kind, _C.form == form, _C.language == language)
    return [made(Wording, row) for row in await tx.rows(found.order_by(_C.version.desc()))]


async def add(tx: Tx, wording: Wording) -> None:
    """Write one more version; raises :class:`StaleEdit` when somebody else has just written the same."""
    await tx.run(insert(message_wordings).values(values(wording, message_wordings)))
