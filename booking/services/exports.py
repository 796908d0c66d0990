"""Somebody takes presences away: a short file at once, a long one when it is made; nobody else's is ever found."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from booking.documents.presence_lists import PresenceFile
from booking.domain.errors import InvalidField, NotAllowed, NotFound, TooManyExports
from booking.domain.exports import KEPT, MOST_AT_A_TIME, SHORT, Export, ExportState, Format, Scope, may_take_all
from booking.domain.identifiers import new_id
from booking.domain.staff import Right, Staff
from booking.services.presences import rolls, spans
from booking.storage import agencies, audit, exports, presences, sessions, workshops
from booking.storage import whole as everything
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True)
class Taken:
    """The file itself, or what will become of it."""

    content: bytes = b""
    export: Export | None = None


async def of_session(db: Database, session_id: UUID, *, by: Staff) -> Scope:
    """One whole session. Raises like :func:`ask`."""
    async with db.reading() as tx:
        session = await sessions.load(tx, session_id)
    return Scope(agency_id=session.agency_id, session_id=session_id).within_reach(by)


async def take(db: Database, scope: Scope, kind: Format, *, by: Staff, now: datetime) -> Taken:
    """A short file, or a long one asked for. Raises like :func:`ask`."""
    if kind is Format.ZIP:
        raise InvalidField(fields={"format": "unknown-choice"})
    async with db.reading() as tx:
        reached = await _checked(tx, scope, by)
        is_long = await presences.has_more_than(tx, SHORT, reached, await spans(tx, reached))
    if is_long:
        return Taken(export=await ask(db, scope, kind, by=by, now=now))
    content, rows = await whole(db, reached, kind)
    async with db.transaction() as tx:
        said = {**reached.said, "format": kind.value, "rows": rows}
        await audit.record(tx, by, "taken", "export", new_id(now), now, reached.agency_id, **said)
    return Taken(content)


async def ask(db: Database, scope: Scope, kind: Format, *, by: Staff, now: datetime) -> Export:
    """Have a file made, which is there for a day.

    Raises :class:`InvalidField`, :class:`NotFound` for what lies outside one's agencies, :class:`NotAllowed`,
    :class:`TooManyExports`.
    """
    async with db.transaction() as tx:
        reached = await _checked(tx, scope, by)
        if kind is Format.ZIP:
            raise InvalidField(fields={"format": "unknown-choice"})
        if await exports.how_many(tx, by.id, now) >= MOST_AT_A_TIME:
            raise TooManyExports(most=MOST_AT_A_TIME)
        export = await _asked(tx, reached, kind, by, now)
        await exports.add(tx, export)
        said = {**reached.said, "format": kind.value}
        await audit.record(tx, by, "asked", "export", export.id, now, reached.agency_id, **said)
    return export


async def ask_everything(db: Database, *, by: Staff, now: datetime) -> Export:
    """Have the whole installation copied, without its secrets; for administrators of the network.

    Raises :class:`NotAllowed`, :class:`TooManyExports`.
    """
    if not may_take_all(by):
        raise NotAllowed(right=Right.ADMINISTER)
    async with db.transaction() as tx:
        if await exports.how_many(tx, by.id, now) >= MOST_AT_A_TIME:
            raise TooManyExports(most=MOST_AT_A_TIME)
        export = Export(
            id=new_id(now),
            asked_by=by.id,
            agency_id=None,
            session_id=None,
            first_on=None,
            last_on=None,
            led_by=None,
            about="",
            format=Format.ZIP,
            meetings_total=len(everything.outgoing(with_secrets=False)),
            created_at=now,
            expires_at=now + KEPT,
        )
        await exports.add(tx, export)
        await audit.record(tx, by, "asked", "export", export.id, now, format=Format.ZIP.value)
    return export


async def whole(db: Database, scope: Scope, kind: Format) -> tuple[bytes, int]:
    """A file made at once, and how many rows it has."""
    target = io.BytesIO()
    file = PresenceFile(target, kind)
    async for some in rolls(db, scope):
        await asyncio.to_thread(file.add, some)
    await asyncio.to_thread(file.close)
    return target.getvalue(), file.rows


async def write(
    db: Database, scope: Scope, kind: Format, target: Path, *, now: datetime, told: Callable[[int], None]
) -> int:
    """An operator's own file, of any length; ``told`` how many rows are written. Returns their number.

    It is for its owner only, and there once it is whole. Raises :class:`InvalidField`.
    """
    scope.checked()
    with TemporaryDirectory(dir=target.parent, prefix=".presences-") as folder:
        draft = Path(folder) / "file"
        with draft.open("wb") as made:
            file = PresenceFile(made, kind, Path(folder))
            async for some in rolls(db, scope):
                file.add(some)
                told(file.rows)
            file.close()
        async with db.transaction() as tx:
            said = {**scope.said, "format": kind.value, "rows": file.rows}
            await audit.record(tx, None, "taken", "export", new_id(now), now, scope.agency_id, **said)
        draft.chmod(0o600)
        draft.replace(target)
    return file.rows


async def own(db: Database, *, by: Staff, now: datetime) -> list[Export]:
    """What somebody asked for, the latest first."""
    async with db.reading() as tx:
        return await exports.of(tx, by.id, now)


async def show(db: Database, export_id: UUID, *, by: Staff, now: datetime) -> Export:
    """One's own export. Raises :class:`NotFound`, for everybody else's too."""
    async with db.reading() as tx:
        return await _own(tx, export_id, by, now)


async def download(db: Database, export_id: UUID, *, by: Staff, now: datetime) -> tuple[Export, AsyncIterator[bytes]]:
    """One's own file in pieces; who may no longer see what is in it gets it no more.

    Raises :class:`NotFound` as long as it is not ready, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        export = await _own(tx, export_id, by, now)
        if export.state is not ExportState.DONE:
            raise NotFound(export_id=export_id)
        if export.scope.within_reach(by).led_by and not export.led_by:
            raise NotAllowed(right=Right.SEE_PEOPLE)
        said = {**export.scope.said, "format": export.format.value, "rows": export.rows_done}
        await audit.record(tx, by, "downloaded", "export", export.id, now, export.agency_id, **said)
    return export, _pieces(db, export_id)


async def remove(db: Database, export_id: UUID, *, by: Staff, now: datetime) -> None:
    """Give up what is being made, or delete what is ready. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        export = await _own(tx, export_id, by, now)
        await exports.remove(tx, export_id)
        await audit.record(tx, by, "removed", "export", export_id, now, export.agency_id)


async def _pieces(db: Database, export_id: UUID) -> AsyncIterator[bytes]:
    number = 0
    while True:
        async with db.reading() as tx:
            content = await exports.piece(tx, export_id, number)
        if content is None:
            return
        yield content
        number += 1


async def _own(tx: Tx, export_id: UUID, by: Staff, now: datetime) -> Export:
    export = await exports.load(tx, export_id, by.id)
    if export.expires_at <= now:
        raise NotFound(export_id=export_id)
    return export


async def _checked(tx: Tx, scope: Scope, by: Staff) -> Scope:
    """What somebody really gets of what he asks for."""
    reached = scope.checked().within_reach(by)
    if reached.session_id and reached.led_by and not await presences.leads(tx, reached.session_id, by.id):
        raise NotAllowed(right=Right.SEE_PEOPLE)
    return reached


async def _asked(tx: Tx, scope: Scope, kind: Format, by: Staff, now: datetime) -> Export:
    about = (await agencies.load(tx, scope.agency_id)).name if scope.agency_id else ""
    if scope.session_id:
        session = await sessions.load(tx, scope.session_id)
        about = f"{(await workshops.load(tx, session.workshop_id)).title} – {about}"
    return Export(
        id=new_id(now),
        asked_by=by.id,
        agency_id=scope.agency_id,
        session_id=scope.session_id,
        first_on=None if scope.session_id else scope.first_on,
        last_on=None if scope.session_id else scope.last_on,
        led_by=scope.led_by,
        about=about,
        format=kind,
        meetings_total=await presences.how_many_meetings(tx, scope, await spans(tx, scope)),
        created_at=now,
        expires_at=now + KEPT,
    )
