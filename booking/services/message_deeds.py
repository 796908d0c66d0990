"""What a person does about a message: stop it, let it leave now, say it again. A second click changes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.errors import MessageUntrue
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message
from booking.domain.resending import STOPPED, again, is_of_use, is_stopped, key_of_copy, must_wait
from booking.domain.sending import Channels, Verdict
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import retrying
from booking.services.judging import judge, look_up
from booking.storage import agencies, audit, cases, journal, outbox
from booking.storage import message_deeds as waiting
from booking.storage.database import Database, Tx, again_when_contended


@dataclass(frozen=True, slots=True)
class Hurried:
    """A message that is due now, and what the worker will decide: it leaves, waits for its hours, or not at all."""

    message: Message
    verdict: Verdict


@again_when_contended
async def stop(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> Message:
    """It will not be said; :func:`plan_again` takes that back.

    Raises :class:`MessageLeaving` while it is being sent, :class:`MessageForPeople`, :class:`MessageSettled`,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        if is_stopped(message):
            return message
        must_wait(message)
        await waiting.stop(tx, message_id, by.id, STOPPED, now)
        await audit.record(tx, by, "stopped", "message", message_id, now, message.agency_id, kind=message.kind)
        return await outbox.load(tx, message_id)


@again_when_contended
async def plan_again(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> Message:
    """What was stopped waits again for its hour.

    Raises :class:`MessageUntrue` when it would say what is no longer so, or too late; else like :func:`stop`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        if is_stopped(message):
            if not is_of_use(message, await cases.load(tx, message.booking_id), now):
                raise MessageUntrue(booking_id=message.booking_id)
            await waiting.restart(tx, message_id, STOPPED)
            await audit.record(tx, by, "restarted", "message", message_id, now, message.agency_id, kind=message.kind)
        else:
            must_wait(message)
        return await outbox.load(tx, message_id)


@again_when_contended
async def send_now(
    db: Database,
    message_id: UUID,
    *,
    machines: Collection[Channel],
    by: Staff,
    now: datetime,
    site: Site | None = None,
) -> Hurried:
    """It is due now; the worker sends it by its own rules, and its hours still hold. Raises like :func:`stop`.

    Without a ``site`` nobody knows which ways are closed.
    """
    channels = Channels(frozenset(machines))
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        must_wait(message)
        if await waiting.hurry(tx, message_id, now):
            await audit.record(tx, by, "hurried", "message", message_id, now, message.agency_id, kind=message.kind)
        message = await outbox.load(tx, message_id)
        known = await look_up(tx, [message], channels, now, site)
    return Hurried(message, judge(message, known, channels, now))


@again_when_contended
async def resend(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> Message:
    """A new message that says the same of the booking as it is now; the copy that was made before, if there is one.

    Raises :class:`MessageUntrue`, :class:`MessageSettled`, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        if not await outbox.known(tx, [key_of_copy(message)]):
            await _say_again(tx, message, await cases.load(tx, message.booking_id), by, now)
        return await journal.of_key(tx, key_of_copy(message))


@again_when_contended
async def resend_dead(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> int:
    """Every dead message of an agency that is still true, once; returns how many. Raises like :func:`resend`."""
    by.must(Right.BOOK, agency_id)
    async with db.reading() as tx:
        await agencies.load(tx, agency_id)
    return (await retrying.retry(db, now, agency_id=agency_id, by=by)).planned


async def _say_again(tx: Tx, message: Message, case: Case, by: Staff, now: datetime) -> None:
    copy = again(message, case, now)
    await outbox.plan(tx, [copy])
    await audit.record(tx, by, "resent", "message", message.id, now, message.agency_id, copy=str(copy.id))


async def _own(tx: Tx, message_id: UUID, by: Staff) -> Message:
    message = await outbox.load(tx, message_id, for_update=True)
    by.must(Right.BOOK, message.agency_id)
    return message
