"""Apply what providers told: what arrived has arrived, what did not goes on by the next way."""

from datetime import datetime
from uuid import UUID

import structlog

from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState
from booking.domain.receipts import MAIL, PATIENCE, Applied, Change, Receipt, change_of
from booking.domain.sending import Outcome
from booking.domain.sites import Site
from booking.domain.suppressions import Because, address_of, hash_of, mark_of
from booking.services import suppressing
from booking.storage import bookings, job_seekers, outbox, receipts
from booking.storage.attempts import Attempt
from booking.storage.database import Database, Tx, again_when_contended

PAGE = 200
NOT_YET = (MessageState.CLAIMED, MessageState.SENDING)
BECAUSE = {Channel.SMS: Because.INVALID, Channel.EMAIL: Because.BOUNCED}
log = structlog.get_logger()


async def apply_all(db: Database, now: datetime, *, site: Site) -> int:
    """Apply what was told since the last time; returns how many. One that fails leaves the others."""
    count, after = 0, None
    while True:
        async with db.reading() as tx:
            found = await receipts.unapplied(tx, after, PAGE)
        for receipt in found:
            try:
                count += await _apply(db, receipt, now, site)
            # One odd receipt must not keep the others back.
            except Exception:
                log.exception("receipt cannot be applied", receipt=str(receipt.id))
        if len(found) < PAGE:
            return count
        after = found[-1].id


@again_when_contended
async def _apply(db: Database, receipt: Receipt, now: datetime, site: Site) -> bool:
    """False while the message that it is about is still being sent, or nobody knows it yet."""
    async with db.transaction() as tx:
        if not await receipts.hold(tx, receipt.id):
            return False
        became = await _told(tx, receipt, site, now)
        if became is Applied.UNKNOWN and now - receipt.received_at < PATIENCE:
            return False
        await receipts.settle(tx, receipt.id, became, now)
    if became is Applied.UNKNOWN:
        log.info("receipt of an unknown text", provider=receipt.provider)
    return True


async def _told(tx: Tx, receipt: Receipt, site: Site, now: datetime) -> Applied:
    """A message arrived, or did not; unknown is what nobody sent, and what is under way still."""
    channel = Channel.EMAIL if receipt.provider == MAIL else Channel.SMS
    reference = receipt.reference if channel is Channel.SMS else None
    key = _id(receipt.message_key)
    found = await receipts.last_try(tx, channel, reference=reference, key=key) if key or reference else None
    if found is None:
        return Applied.UNKNOWN
    attempt, outcome = found
    message = await outbox.load(tx, attempt.message_id, for_update=True)
    if outcome is None or message.state in NOT_YET:
        return Applied.UNKNOWN
    change = change_of(receipt.fate, message, Outcome(outcome), now) if outcome in set(Outcome) else None
    if change is None:
        return Applied.KNOWN
    if change.is_address_lost:
        change = await _give_up(tx, receipt, attempt, message, change, site, now)
    await receipts.change(tx, attempt, message, change, now)
    return Applied.APPLIED


async def _give_up(
    tx: Tx, receipt: Receipt, attempt: Attempt, message: Message, change: Change, site: Site, now: datetime
) -> Change:
    """Use the address no more; one that was corrected meanwhile is another, and may be tried."""
    booking = await bookings.load(tx, message.booking_id)
    person = await job_seekers.load(tx, booking.job_seeker_id)
    address = address_of(person, attempt.channel) or ""
    if mark_of(person, address) != attempt.address_hash:
        return Change(change.state, Outcome.FAILED)
    # A mail that was sent on, and came back from there, says nothing of the address that we have.
    is_ours = attempt.channel is Channel.SMS or receipt.reference == hash_of(site.secret, Channel.EMAIL, address)
    if is_ours:
        await suppressing.stop(tx, attempt.channel, address, BECAUSE[attempt.channel], site=site, now=now)
    return change


def _id(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None
