"""What people answer by text: OUI, NON and STOP are acted upon, everything else waits for somebody who knows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from booking.domain.attending import next_at
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import Refused
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.messages import MessageKind, to_say
from booking.domain.policies import SmsNo
from booking.domain.sites import Site
from booking.domain.suppressions import Because
from booking.domain.text_answers import Meaning, TextState, meaning_of
from booking.services import answering, bookings, holds, suppressing
from booking.storage import bookings as stored
from booking.storage import cases, incoming_texts, outbox, receipts
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.incoming_texts import IncomingText

PAGE = 200
KEPT, RECEIPTS_KEPT = timedelta(days=30), timedelta(days=180)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Meant:
    """The place that a text speaks of, if that is plain, and the agency that hears of it."""

    booking: Booking | None
    agency_id: UUID | None


async def read_all(db: Database, now: datetime, *, site: Site) -> int:
    """Act on what came in since the last time; returns how many. Safe in several processes at once."""
    async with db.reading() as tx:
        found = await incoming_texts.unread(tx, now, PAGE)
    for text in found:
        try:
            await _read(db, text, site, now)
        except Exception as error:  # noqa: BLE001 - what it says may hold a number, and stays out of the log
            log.error("text cannot be read", id=str(text.id), failure=type(error).__name__)
    return len(found)


async def _read(db: Database, text: IncomingText, site: Site, now: datetime) -> None:
    meant = await _claim(db, text, now)
    if meant is None:
        return
    meaning, state = meaning_of(text.body or ""), TextState.TASK
    if meaning is Meaning.STOP:
        await _stop(db, text.number or "", site, now)
        state = TextState.HANDLED
    elif meant.booking and meaning is not Meaning.UNCLEAR and await _act(db, meant.booking, meaning, now):
        state = TextState.HANDLED
    await _settle(db, text, meant, meaning, state, now)


@again_when_contended
async def _claim(db: Database, text: IncomingText, now: datetime) -> Meant | None:
    """What was spoken of, when nobody else acts on it."""
    async with db.transaction() as tx:
        number = text.number or ""
        people = (await incoming_texts.with_numbers(tx, {number}))[number]
        booking = await _booking(tx, text, people, now)
        is_mine = await incoming_texts.claim(tx, text, booking, now)
        # Whoever is asked there finds the others by their number.
        agency_id = booking.agency_id if booking else people[0].agency_id if people else None
        return Meant(booking, agency_id) if is_mine else None


async def _booking(tx: Tx, text: IncomingText, people: list[JobSeeker], now: datetime) -> Booking | None:
    """The place that was spoken of; who takes up the work of another stays with the same."""
    if text.booking_id:
        return await stored.load(tx, text.booking_id)
    return await incoming_texts.last_told(tx, people[0].id, now) if len(people) == 1 else None


@again_when_contended
async def _settle(
    db: Database, text: IncomingText, meant: Meant, meaning: Meaning, state: TextState, now: datetime
) -> None:
    async with db.transaction() as tx:
        await incoming_texts.settle(tx, text.id, state, meaning, meant.booking, meant.agency_id, now)
        if meant.booking and meaning is Meaning.NO and state is TextState.TASK:
            await _answer(tx, meant.booking, now)


async def _answer(tx: Tx, seen: Booking, now: datetime) -> None:
    """Say by text that the NON was read, and that nothing has changed yet; once for each state of a place."""
    case = await cases.load(tx, seen.id)
    not_after = next_at(case.booking, case.session, now)
    if case.booking.state is BookingState.BOOKED and not_after > now:
        said = to_say(MessageKind.NO_NOTED, "now", case.booking, case.session, now, now, not_after, priority=1)
        await outbox.plan(tx, [said])


@again_when_contended
async def _stop(db: Database, number: str, site: Site, now: datetime) -> None:
    async with db.transaction() as tx:
        await suppressing.stop(tx, Channel.SMS, number, Because.STOP, site=site, now=now)


async def _act(db: Database, booking: Booking, meaning: Meaning, now: datetime) -> bool:
    """Do what was meant, as the person himself would on his page; False where a person has to see to it."""
    try:
        if meaning is Meaning.YES:
            return await _yes(db, booking, now)
        return await _no(db, booking, now)
    except Refused:
        return False


async def _yes(db: Database, booking: Booking, now: datetime) -> bool:
    if booking.state is BookingState.OFFERED:
        await holds.confirm(db, booking.id, by=None, now=now)
    await answering.coming(db, booking.id, by=None, now=now)
    return True


async def _no(db: Database, booking: Booking, now: datetime) -> bool:
    """An offered seat is declined; whether a booked one is free at once, the agency has decided."""
    async with db.reading() as tx:
        case = await cases.load(tx, booking.id)
        seen = await stored.load(tx, booking.id)
    if not seen.is_active:
        return seen.cancelled_by is Party.PERSON
    if seen.state is BookingState.OFFERED or case.policy.sms_no is SmsNo.FREES:
        await bookings.cancel(db, booking.id, party=Party.PERSON, by=None, now=now)
        return True
    return False


async def forget_old(db: Database, now: datetime) -> int:
    """Numbers and words go after thirty days, what providers told after half a year; returns how many."""
    async with db.transaction() as tx:
        return await incoming_texts.forget(tx, now - KEPT) + await receipts.forget(tx, now - RECEIPTS_KEPT)
