"""What becomes of a partner's silence: he is reminded by mail, and after that somebody calls him."""

from datetime import datetime
from uuid import UUID

from booking.domain.partner_messages import PartnerMessageKind
from booking.domain.referrals import Deed, Referral, Said, Way
from booking.services import referral_mails, referral_steps
from booking.storage import partner_messages, partners, referral_delays, referrals
from booking.storage.database import Database, Tx, again_when_contended

AT_ONCE = 200


async def look(db: Database, now: datetime) -> int:
    """Remind whose silence has lasted too long, or put him on the list; returns how many."""
    async with db.reading() as tx:
        due = await referrals.due(tx, now, AT_ONCE)
    return sum([await _break(db, referral_id, now) for referral_id in due]) + await _end_late(db, now)


@again_when_contended
async def _break(db: Database, referral_id: UUID, now: datetime) -> int:
    """The reminder, its step and the next moment are written together, so that of several clocks one does it."""
    async with db.transaction() as tx:
        referral = await referrals.load(tx, referral_id, for_update=True)
        if referral.due_at is None or referral.due_at > now:
            return 0
        if await _may_be_reminded(tx, referral):
            reminded = await referral_steps.take(tx, referral, Said(deed=Deed.REMINDED), now=now)
            await referral_mails.plan(tx, reminded, PartnerMessageKind.REMINDER, now)
        else:
            await referral_steps.take(tx, referral, Said(deed=Deed.OVERDUE), now=now)
        return 1


async def _may_be_reminded(tx: Tx, referral: Referral) -> bool:
    delay = await referral_delays.of(tx, referral.agency_id)
    has_address = referral.way is Way.MAIL and (await partners.load(tx, referral.partner_id)).contact_email
    return bool(has_address) and referral.reminders < delay.reminders


@again_when_contended
async def _end_late(db: Database, now: datetime) -> int:
    """Of a mail that did not leave in time somebody must know."""
    async with db.transaction() as tx:
        late = await partner_messages.late(tx, now)
        for message in late:
            await call_instead(tx, message.referral_id, now)
        return len(late)


async def call_instead(tx: Tx, referral_id: UUID, now: datetime) -> None:
    """The partner has not had his mail: somebody calls him, if he still has to know."""
    referral = await referrals.load(tx, referral_id, for_update=True)
    if referral.is_at_partner and referral.overdue_at is None:
        await referral_steps.take(tx, referral, Said(deed=Deed.OVERDUE), now=now)
