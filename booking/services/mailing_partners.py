"""Send the mails to partners that are due: initials and a link, nothing else; a repeat is known by its key."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Outgoing
from booking.documents.partner_mails import partner_mail
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.partner_messages import PartnerMessage, PartnerMessageKind
from booking.domain.referral_links import address_of
from booking.domain.referrals import ReferralState
from booking.domain.sites import Site
from booking.services import passing, referral_silence
from booking.services.fates import fate
from booking.services.handing_over import Answer, hand_over, stopwatch
from booking.services.passing import Passage
from booking.services.referral_lists import whole
from booking.storage import partner_messages, referral_links
from booking.storage.database import Database, again_when_contended

LEASE = timedelta(seconds=60)
GROUP = 10
# A worker that this mail felled so often will be felled again.
MOST_TRIES = 10
NOTHING_TO_SAY = "nothing-to-say"
log = structlog.get_logger()
Settled = Mapping[str, Any]


async def send_due(db: Database, deliveries: Deliveries, now: datetime, *, site: Site, most: int = GROUP) -> int:
    """Send a group of those that are due; returns how many were looked at. Without a mail server they wait."""
    passage = await passing.for_mails(db, deliveries, now, partner_messages.due_since)
    if passage is None:
        return 0
    clock, token = stopwatch(now), uuid4()
    claimed = await passing.begin_mails(
        db, passage, most, lambda tx, granted: partner_messages.claim(tx, now, token, LEASE, granted)
    )
    put = {one.id: await _put(db, one, site, now) for one in claimed}
    letters = {id: one for id, one in put.items() if isinstance(one, Outgoing)}
    answers = dict(zip(letters, await hand_over(deliveries, list(letters.values()), clock), strict=True))
    became = {one.id: _became(one, put[one.id], answers.get(one.id), clock()) for one in claimed}
    await _settle(db, token, claimed, became, passage, [(letters[id], answer) for id, answer in answers.items()], now)
    return len(claimed)


async def _put(db: Database, message: PartnerMessage, site: Site, now: datetime) -> Outgoing | str:
    """The mail, or why there is none; what cannot be put into words must not keep the others back."""
    if message.attempts > MOST_TRIES:
        return "gave-up"
    try:
        return await _written(db, message, site, now)
    except Exception:
        log.exception("mail to a partner has no words", message_id=str(message.id))
        return "no-words"


async def _written(db: Database, message: PartnerMessage, site: Site, now: datetime) -> Outgoing | str:
    async with db.reading() as tx:
        found = await whole(tx, message.referral_id)
        link = await referral_links.of_referral(tx, message.referral_id)
    is_end = message.kind is PartnerMessageKind.CANCELLED
    is_true = found.referral.state is ReferralState.CANCELLED if is_end else found.referral.is_at_partner
    if not is_true or link is None or not (is_end or link.is_good(now)):
        return NOTHING_TO_SAY
    if not found.partner.contact_email:
        return "no-address"
    said = partner_mail(message.kind, found.person, found.agency, "" if is_end else address_of(link, site))
    return Outgoing(
        key=str(message.id),
        channel=Channel.EMAIL,
        address=found.partner.contact_email,
        subject=said.subject,
        body=said.body,
        written_at=message.created_at,
        not_after=message.not_after,
    )


def _became(message: PartnerMessage, put: Outgoing | str, answer: Answer | None, now: datetime) -> Settled:
    """What becomes of it: sent, silent, later again, or given up."""
    if put == NOTHING_TO_SAY:
        return {"state": MessageState.SUPPRESSED, "reason": put, "settled_at": now}
    found = fate(answer, message.attempts, now)
    if isinstance(put, Outgoing) and found.due_at:
        return {"state": MessageState.PLANNED, "due_at": found.due_at, "attempts": found.tries, "reason": found.reason}
    if isinstance(put, Outgoing) and found.is_sent:
        return {"state": MessageState.ACCEPTED, "settled_at": now, "reason": None}
    reason = put if isinstance(put, str) else found.reason
    return {"state": MessageState.DEAD, "reason": reason, "settled_at": now}


@again_when_contended
async def _settle(
    db: Database,
    token: UUID,
    claimed: list[PartnerMessage],
    became: Mapping[UUID, Settled],
    passage: Passage,
    said: list[tuple[Outgoing, Answer]],
    now: datetime,
) -> None:
    async with db.transaction() as tx:
        for message in claimed:
            if became[message.id]["state"] is MessageState.DEAD:
                await referral_silence.call_instead(tx, message.referral_id, now)
        await partner_messages.settle(tx, token, became)
        await passing.give_back(tx, passage, Channel.EMAIL, len(became) - len(said))
        await passing.tell(tx, passage, [letter for letter, _ in said], [answer for _, answer in said])
