"""Everybody decides for himself whether the meetings that he leads are sent to his own calendar, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.invitations import InvitationState
from booking.domain.inviting import Invited
from booking.domain.staff import Staff
from booking.services import contacts, inviting
from booking.storage import audit, invitations, inviting_choices, sessions
from booking.storage.database import Database, again_when_contended
from booking.storage.inviting_choices import InvitingChoice


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody chose, and what his calendar was told of the meetings to come."""

    choice: InvitingChoice
    ahead: Sequence[Invited]

    @property
    def failed(self) -> int:
        """How many could not be sent."""
        return sum(one.state is InvitationState.FAILED for one in self.ahead)


async def show(db: Database, *, by: Staff, now: datetime) -> Own:
    """One's own choice."""
    async with db.reading() as tx:
        return Own(await inviting_choices.choice(tx, by.id), await invitations.ahead_of(tx, by.id, now))


@again_when_contended
async def choose(db: Database, email: str, takes: bool, *, by: Staff, now: datetime) -> Own:
    """Send the meetings to come to this address from now on, or nothing more.

    What a calendar holds already stays there, and follows no change any more. Raises :class:`InvalidField`.
    """
    problems = Problems()
    written = contacts.checked_email(email, problems)
    if takes and not written:
        problems.add("email", "required")
    problems.refuse(InvalidField)
    async with db.transaction() as tx:
        before = await inviting_choices.choice(tx, by.id)
        await inviting_choices.choose(tx, by.id, InvitingChoice(email=written, takes_invitations=takes))
        await audit.record(tx, by, "chose-invitations", "staff", by.id, now, takes=takes)
    if takes:
        await _follow(db, by, before.email != written, now)
    return await show(db, by=by, now=now)


@again_when_contended
async def _follow(db: Database, by: Staff, is_elsewhere: bool, now: datetime) -> None:
    """Say what is to come; another address knows nothing of what was said.

    The choice is written before: who plans meanwhile has read it, or is seen here.
    """
    async with db.transaction() as tx:
        led = await inviting_choices.led_by(tx, by.id, now)
        await sessions.lock(tx, *led)
        if is_elsewhere:
            ahead = await invitations.ahead_of(tx, by.id, now)
            await invitations.forget(tx, [one.id for one in ahead if one.is_cancelled])
            await invitations.rewrite(tx, [one.elsewhere(now) for one in ahead if not one.is_cancelled])
        await inviting.plan_anew(tx, led, now)
