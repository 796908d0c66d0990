"""Send the invitations of who leads or assists; a crash at any point loses none, and a repeat is the same mail."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Outgoing
from booking.documents.calendar_entries import event_of
from booking.documents.staff_letters import letter
from booking.domain.invitations import InvitationState
from booking.domain.inviting import Guest, Invited
from booking.domain.job_seekers import Channel
from booking.domain.sites import Site
from booking.services import passing
from booking.services.fates import fate
from booking.services.handing_over import Answer, hand_over, stopwatch
from booking.services.passing import Passage
from booking.storage import invitations
from booking.storage.database import Database, again_when_contended
from calendars.invitations import Invitation

LEASE = timedelta(seconds=60)
GROUP = 25
log = structlog.get_logger()


async def send_due(db: Database, deliveries: Deliveries, now: datetime, *, site: Site, most: int = GROUP) -> int:
    """Send a group of those that are due; returns how many. Without a mail server they wait."""
    passage = await passing.for_mails(db, deliveries, now, invitations.due_since)
    if passage is None:
        return 0
    clock, token = stopwatch(now), uuid4()
    claimed = await passing.begin_mails(
        db, passage, most, lambda tx, granted: invitations.claim(tx, now, token, LEASE, granted)
    )
    letters = {one.id: letter for one, guest in claimed if (letter := _put(one, guest, site))}
    answers = dict(zip(letters, await hand_over(deliveries, list(letters.values()), clock), strict=True))
    became = {one.id: _became(one, answers.get(one.id), clock()) for one, _ in claimed}
    await _settle(db, token, became, passage, [(letters[one], answer) for one, answer in answers.items()])
    return len(claimed)


def _put(invited: Invited, guest: Guest, site: Site) -> Outgoing | None:
    """The mail; None where it cannot be put into words, which must not keep the others back."""
    try:
        return outgoing(invited, guest, site)
    except Exception:
        log.exception("invitation has no words", invitation_id=str(invited.id))
        return None


def uid_of(invitation_id: UUID, site: Site) -> str:
    """What the entry of a guest is known by for ever."""
    return f"{invitation_id}@{site.domain}"


def outgoing(invited: Invited, guest: Guest, site: Site) -> Outgoing:
    """The mail for a guest: the same for the same word, to the last byte."""
    said = letter(invited, guest, site)
    return Outgoing(
        key=invited.key,
        channel=Channel.EMAIL,
        address=guest.email,
        subject=said.subject,
        body=said.body,
        written_at=invited.said_at,
        invitation=Invitation(event_of(invited.entry, uid_of(invited.id, site), invited.said_at), guest.email),
        first_key=invited.first_key,
    )


@again_when_contended
async def _settle(
    db: Database, token: UUID, became: dict[UUID, dict[str, Any]], passage: Passage, said: list[tuple[Outgoing, Answer]]
) -> None:
    async with db.transaction() as tx:
        await invitations.settle(tx, token, became)
        await passing.give_back(tx, passage, Channel.EMAIL, len(became) - len(said))
        await passing.tell(tx, passage, [letter for letter, _ in said], [answer for _, answer in said])


def _became(invited: Invited, answer: Answer | None, now: datetime) -> dict[str, Any]:
    """What becomes of it: sent, later again, or never by this address."""
    found = fate(answer, invited.attempts, now)
    if found.due_at:
        later = {"state": InvitationState.PLANNED, "due_at": found.due_at, "attempts": found.tries}
        return later | ({"reason": found.reason} if found.reason else {})
    return {"state": InvitationState.SENT if found.is_sent else InvitationState.FAILED, "reason": found.reason}
