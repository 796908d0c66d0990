"""What the own calendars of staff were told, and what leaves for them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, false, insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.invitations import InvitationState, Partstat
from booking.domain.inviting import Guest, Invited
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import invitations, staff


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who cannot come to a meeting that he leads, with his name."""

    invited: Invited
    name: str


_INVITED = columns(Invited, invitations)
_FREED = {"lease_token": None, "lease_until": None}
_TAKES = and_(staff.c.takes_invitations, staff.c.email.is_not(None), staff.c.disabled_at.is_(None))
_WRITTEN = [column.name for column in _INVITED if column.name != "id"]
_REWRITE = (
    update(invitations)
    .where(invitations.c.id == bindparam("id_"))
    .values({name: bindparam(name) for name in _WRITTEN} | _FREED)
)


async def of_sessions(tx: Tx, session_ids: Collection[UUID]) -> list[Invited]:
    """The guests of these sessions, and those who were, in a fixed order."""
    found = select(*_INVITED).where(invitations.c.session_id.in_(session_ids)).order_by(invitations.c.id)
    return [made(Invited, row) for row in await tx.rows(found)]


async def takers(tx: Tx, staff_ids: Collection[UUID]) -> dict[UUID, Guest]:
    """Which of these want the meetings that they lead in their own calendar; none changes his mind meanwhile."""
    if not staff_ids:
        return {}
    await tx.rows(select(staff.c.id).where(staff.c.id.in_(staff_ids)).with_for_update(read=True))
    found = select(*columns(Guest, staff)).where(staff.c.id.in_(staff_ids), _TAKES)
    return {row.id: made(Guest, row) for row in await tx.rows(found)}


async def add(tx: Tx, new: Sequence[Invited]) -> None:
    """Write new guests."""
    if new:
        await tx.run(insert(invitations), [values(one, invitations) for one in new])


async def rewrite(tx: Tx, changed: Sequence[Invited]) -> None:
    """Write these anew; a worker who sends an earlier word at this moment settles nothing any more."""
    if changed:
        rows = [values(one, invitations) for one in sorted(changed, key=lambda one: one.id)]
        await tx.run(_REWRITE, [row | {"id_": row.pop("id")} for row in rows])


async def forget(tx: Tx, ids: Collection[UUID]) -> None:
    """Guests who never heard anything, and need not."""
    if ids:
        await tx.run(delete(invitations).where(invitations.c.id.in_(ids)))


async def due_since(tx: Tx, now: datetime) -> datetime | None:
    """Since when the longest-waiting one is to leave, if any is; a look costs next to nothing."""
    found = select(invitations.c.due_at).join(staff, staff.c.id == invitations.c.staff_id).where(_TAKES, _due(now))
    return await tx.value(found.order_by(invitations.c.due_at).limit(1))  # type: ignore[no-any-return]


def _due(now: datetime) -> ColumnElement[bool]:
    c = invitations.c
    planned = and_(c.state == InvitationState.PLANNED, c.due_at <= now)
    # Whose worker vanished leaves again under the same key.
    abandoned = and_(c.state == InvitationState.SENDING, c.lease_until <= now)
    return and_(or_(planned, abandoned), c.ends_at > now)


async def claim(tx: Tx, now: datetime, token: UUID, lease: timedelta, most: int) -> list[tuple[Invited, Guest]]:
    """Begin to send what is due; from here on the guest may have heard it."""
    due = (
        select(invitations.c.id)
        .join(staff, staff.c.id == invitations.c.staff_id)
        .where(_TAKES, _due(now))
        .order_by(invitations.c.due_at, invitations.c.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=invitations)
    )
    ids = [row.id for row in await tx.rows(due)]
    begun = {"state": InvitationState.SENDING, "attempts": invitations.c.attempts + 1}
    leased = (
        update(invitations).where(invitations.c.id.in_(ids)).values(**begun, lease_token=token, lease_until=now + lease)
    )
    found = [made(Invited, row) for row in await tx.rows(leased.returning(*_INVITED))] if ids else []
    for one in found:
        if one.first_key is None:
            await tx.run(update(invitations).where(invitations.c.id == one.id).values(first_key=one.key))
    guests = await takers(tx, {one.staff_id for one in found})
    by_id = sorted(found, key=lambda one: one.id)
    return [(replace(one, first_key=one.first_key or one.key), guests[one.staff_id]) for one in by_id]


async def settle(tx: Tx, token: UUID, became: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write what became of what was sent, unless another word has taken its place meanwhile."""
    for id in sorted(became):
        mine = (invitations.c.id == id, invitations.c.lease_token == token)
        await tx.run(update(invitations).where(*mine).values(**became[id], **_FREED))


async def ahead_of(tx: Tx, staff_id: UUID, now: datetime) -> list[Invited]:
    """What somebody's calendar was told of meetings that are not over, by start."""
    mine = (invitations.c.staff_id == staff_id, invitations.c.ends_at > now)
    found = select(*_INVITED).where(*mine).order_by(invitations.c.starts_at, invitations.c.id)
    return [made(Invited, row) for row in await tx.rows(found)]


async def load(tx: Tx, invitation_id: UUID, *, for_update: bool = False) -> Invited:
    """One of them; raises :class:`NotFound`."""
    found = select(*_INVITED).where(invitations.c.id == invitation_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(invitation_id=invitation_id)
    return made(Invited, row)


async def answer(tx: Tx, answered: Invited) -> None:
    """Write what a guest's calendar answered, and nothing else."""
    said = ("partstat", "stamp", "answered_at", "settled_at")
    mine = update(invitations).where(invitations.c.id == answered.id)
    await tx.run(mine.values({name: getattr(answered, name) for name in said}))


def unsettled(now: datetime | ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """What is so of the invitation to a meeting to come that was declined and that nobody has seen to."""
    c = invitations.c
    is_declined = (c.partstat == Partstat.DECLINED, c.settled_at.is_(None))
    return [*is_declined, c.is_cancelled == false(), c.starts_at > now]


async def refusals(
    tx: Tx, agency_ids: Collection[UUID] | None, now: datetime, session_id: UUID | None = None
) -> list[Refusal]:
    """Who cannot come to a meeting to come that he leads in these agencies, and is not replaced; the next one first."""
    named = select(*_INVITED, staff.c.name.label("staff_name")).join(staff, staff.c.id == invitations.c.staff_id)
    found = named.where(*unsettled(now)).order_by(invitations.c.starts_at, invitations.c.id)
    if agency_ids is not None:
        found = found.where(invitations.c.agency_id.in_(agency_ids))
    if session_id is not None:
        found = found.where(invitations.c.session_id == session_id)
    return [Refusal(made(Invited, row), row.staff_name) for row in await tx.rows(found)]


async def settle_refusal(tx: Tx, invitation_id: UUID, now: datetime) -> None:
    """A manager has seen to it."""
    await tx.run(update(invitations).where(invitations.c.id == invitation_id).values(settled_at=now))
