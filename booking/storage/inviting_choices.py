"""Where each member of staff wants the meetings that he leads, and how that goes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from booking.domain.invitations import InvitationState
from booking.domain.sessions import SessionState
from booking.storage import attendees
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import invitations, meetings, occupancies, sessions, staff


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitingChoice:
    """The address, and whether mails are wanted there."""

    email: str | None
    takes_invitations: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody wants invitations, and how many of those to come cannot be delivered."""

    is_wanted: bool
    failed: int


async def choice(tx: Tx, staff_id: UUID) -> InvitingChoice:
    """What somebody chose for himself."""
    row = await tx.row(select(*columns(InvitingChoice, staff)).where(staff.c.id == staff_id))
    return made(InvitingChoice, row) if row else InvitingChoice(email=None, takes_invitations=False)


async def choose(tx: Tx, staff_id: UUID, choice: InvitingChoice) -> None:
    """Write it."""
    new = {"email": choice.email, "takes_invitations": choice.takes_invitations}
    await tx.run(update(staff).where(staff.c.id == staff_id).values(new))
    await attendees.follow(tx, staff_id)


async def led_by(tx: Tx, staff_id: UUID, now: datetime) -> list[UUID]:
    """The published sessions that somebody still leads or helps in."""
    found = (
        select(meetings.c.session_id)
        .join(occupancies, occupancies.c.meeting_id == meetings.c.id)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .where(occupancies.c.holder_id == staff_id, occupancies.c.booking_id.is_(None))
        .where(meetings.c.starts_at > now, sessions.c.state == SessionState.OPEN)
    )
    return [row.session_id for row in await tx.rows(found.distinct())]


async def standing(tx: Tx, staff_ids: Collection[UUID], now: datetime) -> dict[UUID, Standing]:
    """How it goes for each of these."""
    failed = (
        select(func.count())
        .where(invitations.c.staff_id == staff.c.id, invitations.c.state == InvitationState.FAILED)
        .where(invitations.c.ends_at > now)
        .scalar_subquery()
    )
    found = select(staff.c.id, staff.c.takes_invitations, failed.label("failed")).where(staff.c.id.in_(staff_ids))
    return {row.id: Standing(row.takes_invitations, row.failed) for row in await tx.rows(found)}
