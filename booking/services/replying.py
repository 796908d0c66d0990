"""What a guest's calendar answers to an invitation: noted where it fits, and ignored politely everywhere else.

A refusal frees no seat: it waits for somebody who knows the person. Whoever can write a mail can write a reply, so an
answer counts only from the address that was invited, about the version that was sent.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from booking.delivery.bounces import bounced
from booking.delivery.replies import opened
from booking.domain.bookings import BookingState, Party
from booking.domain.errors import NotFound
from booking.domain.invitations import Partstat
from booking.domain.inviting import Invited
from booking.domain.replies import CalendarReply, Taken, Target, target_of
from booking.domain.sites import Site
from booking.services import bouncing
from booking.services.answering import COMING
from booking.services.invited import last_told
from booking.storage import answers, audit, bookings, calendar_replies, cases, invitations, sessions, told_entries
from booking.storage.database import Database, Tx, again_when_contended
from calendars.replies import NotAReply, Reply

DECLINED = "declined-by-calendar"
log = structlog.get_logger()


async def take(db: Database, content: bytes, *, site: Site, now: datetime) -> Taken:
    """Understand one mail, and note what it says. Said twice it is noted once; never refuses anything."""
    if bounce := bounced(content):
        return _logged(await bouncing.take(db, bounce, content, site=site, now=now))
    try:
        answered = opened(content)
    except NotAReply as why:
        return _logged(Taken.NOT_A_REPLY, why=str(why.args[0]))
    target = target_of(answered.reply.uid, site.domain)
    if target is None:
        return _logged(Taken.UNKNOWN_INVITATION)
    if answered.sender != answered.reply.guest:
        return _logged(Taken.OTHER_ADDRESS, target)
    note = _note_for_staff if target.meeting_id is None else _note_for_person
    return _logged(await note(db, target, answered.reply, now), target)


def _logged(taken: Taken, target: Target | None = None, **why: str) -> Taken:
    """One line for the operator, with no address and no word of anybody."""
    about = {"about": str(target.id)} if target else {}
    log.info("calendar reply", taken=taken.value, **about, **why)
    return taken


@again_when_contended
async def _note_for_person(db: Database, target: Target, reply: Reply, now: datetime) -> Taken:
    assert target.meeting_id is not None
    async with db.transaction() as tx:
        try:
            seen = await bookings.load(tx, target.id)
        except NotFound:
            return Taken.UNKNOWN_INVITATION
        session = await sessions.lock_one(tx, seen.session_id)
        case = await cases.load(tx, target.id)
        told = last_told((await told_entries.of_bookings(tx, [target.id]))[target.id]).get(target.meeting_id)
        if told is None:
            return Taken.UNKNOWN_INVITATION
        if reply.guest != (case.person.email or "").lower():
            return Taken.OTHER_ADDRESS
        if reply.sequence != told.sequence:
            return Taken.OTHER_VERSION
        expects = case.booking.state is BookingState.BOOKED and session.is_to_come(now)
        if told.is_cancelled or told.ends_at <= now or not expects:
            return Taken.OVER
        said = _said(target, target.meeting_id, case.booking.agency_id, reply, now)
        return await _noted(tx, said, now)


def _said(target: Target, meeting_id: UUID, agency_id: UUID, reply: Reply, now: datetime) -> CalendarReply:
    return CalendarReply(
        booking_id=target.id,
        meeting_id=meeting_id,
        agency_id=agency_id,
        sequence=reply.sequence,
        stamp=reply.stamp,
        partstat=Partstat(reply.answer.value.lower()),
        answered_at=now,
    )


async def _noted(tx: Tx, said: CalendarReply, now: datetime) -> Taken:
    before = await calendar_replies.load(tx, said.booking_id, said.meeting_id)
    if not said.is_newer_than(before):
        return Taken.KNOWN
    await calendar_replies.write(tx, said, is_new=before is None)
    booking = await bookings.load(tx, said.booking_id)
    whose = {"party": Party.PERSON, "meeting_id": str(said.meeting_id)}
    if said.partstat is Partstat.ACCEPTED and booking.answered_at is None:
        await answers.note(tx, booking.coming(now))
        await audit.record(tx, None, COMING, "booking", booking.id, now, booking.agency_id, **whose)
    if said.partstat is Partstat.DECLINED:
        # Whoever said that he comes, and now that he does not, does not come.
        await answers.note(tx, replace(booking, answered_at=None))
        await audit.record(tx, None, DECLINED, "booking", booking.id, now, booking.agency_id, **whose)
    return Taken.NOTED


@again_when_contended
async def _note_for_staff(db: Database, target: Target, reply: Reply, now: datetime) -> Taken:
    async with db.transaction() as tx:
        try:
            invited = await invitations.load(tx, target.id, for_update=True)
        except NotFound:
            return Taken.UNKNOWN_INVITATION
        guests = await invitations.takers(tx, [invited.staff_id])
        if invited.staff_id not in guests or guests[invited.staff_id].email.lower() != reply.guest:
            return Taken.OTHER_ADDRESS
        if reply.sequence != invited.sequence:
            return Taken.OTHER_VERSION
        if invited.is_cancelled or invited.ends_at <= now:
            return Taken.OVER
        answered = _answered(invited, reply, now)
        is_same = answered.partstat is invited.partstat and answered.stamp == invited.stamp
        if is_same or answered.stamp < invited.stamp:
            return Taken.KNOWN
        await invitations.answer(tx, answered)
        return Taken.NOTED


def _answered(invited: Invited, reply: Reply, now: datetime) -> Invited:
    partstat = Partstat(reply.answer.value.lower())
    return replace(invited, partstat=partstat, stamp=reply.stamp, answered_at=now, settled_at=None)
