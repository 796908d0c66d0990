"""Send the mails to staff that are due: what each says is looked up when it leaves; a repeat is known by its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Outgoing
from booking.documents.account_mails import account_mail
from booking.documents.messages import Words
from booking.documents.staff_mails import mail
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sites import Site
from booking.domain.staff_messages import OF_ACCOUNT, StaffMessage, StaffMessageKind, is_worth_saying
from booking.domain.staff_reports import Decisions, Recipient, Report, fingerprint
from booking.services import passing, staff_reports
from booking.services.fates import fate
from booking.services.handing_over import Answer, hand_over, stopwatch
from booking.services.passing import Passage
from booking.services.password_links import address_of
from booking.storage import agencies, password_links, staff, staff_messages
from booking.storage.database import Database, again_when_contended

LEASE = timedelta(seconds=60)
GROUP = 10
# A worker that this mail felled so often will be felled again.
MOST_TRIES = 10
log = structlog.get_logger()
Settled = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A mail in words, with the fingerprint of what it tells and the names of the things in it."""

    letter: Outgoing
    content: str
    details: Mapping[str, Any]


async def send_due(db: Database, deliveries: Deliveries, now: datetime, *, site: Site, most: int = GROUP) -> int:
    """Send a group of those that are due; returns how many were looked at. Without a mail server they wait."""
    passage = await passing.for_mails(db, deliveries, now, staff_messages.due_since)
    if passage is None:
        return 0
    clock, token = stopwatch(now), uuid4()
    claimed = await passing.begin_mails(
        db, passage, most, lambda tx, granted: staff_messages.claim(tx, now, token, LEASE, granted)
    )
    put = {one.id: await _put(db, one, site, now) for one in claimed}
    written = {id: one for id, one in put.items() if isinstance(one, Written)}
    letters = [one.letter for one in written.values()]
    answers = await hand_over(deliveries, letters, clock)
    by_id = dict(zip(written, answers, strict=True))
    became = {one.id: _became(one, put[one.id], by_id.get(one.id), clock()) for one in claimed}
    await _settle(db, token, became, passage, letters, answers)
    return len(claimed)


async def _put(db: Database, message: StaffMessage, site: Site, now: datetime) -> Written | str:
    """The mail, or why there is none; what cannot be put into words must not keep the others back."""
    if message.attempts > MOST_TRIES:
        return "gave-up"
    try:
        return await _written(db, message, site, now)
    except Exception:
        log.exception("mail to staff has no words", message_id=str(message.id))
        return "no-words"


async def _written(db: Database, message: StaffMessage, site: Site, now: datetime) -> Written | str:
    if message.kind in OF_ACCOUNT or message.agency_id is None:
        return await _about_account(db, message, site, now)
    async with db.reading() as tx:
        whom = (await staff_messages.recipients(tx, [message.staff_id])).get(message.staff_id)
        person = await staff.load(tx, message.staff_id, now)
        agency = await agencies.load(tx, message.agency_id)
        is_roster = message.kind is StaffMessageKind.ROSTER
        told = await staff_messages.last_told(tx, message, same_day=is_roster)
    if whom is None or person is None or message.kind in whom.unwanted:
        return "not-wanted"
    report = await staff_reports.report(db, message.kind, person, agency, message.about_on, now, site)
    content = fingerprint(report)
    if not _is_worth_it(message, report, content, told, now):
        return "nothing-to-say"
    things = sorted(report.things) if isinstance(report, Decisions) else []
    return Written(_letter(message, report, whom, site), content, {"things": things})


async def _about_account(db: Database, message: StaffMessage, site: Site, now: datetime) -> Written | str:
    """What concerns one's own account; a link that is good no more is not sent."""
    link_id = message.details.get("link_id")
    async with db.reading() as tx:
        whom = (await staff_messages.recipients(tx, [message.staff_id])).get(message.staff_id)
        link = await password_links.load(tx, UUID(link_id)) if link_id else None
    if whom is None:
        return "not-wanted"
    if link_id and not (link and link.is_good(now)):
        return "nothing-to-say"
    said = account_mail(message.kind, whom.name, address_of(link, site) if link else None, site)
    return Written(_outgoing(message, said, whom), "", {})


def _is_worth_it(
    message: StaffMessage,
    report: Report,
    content: str,
    told: tuple[str | None, Mapping[str, Any], datetime] | None,
    now: datetime,
) -> bool:
    """Whether there is anything to tell that was not told."""
    if message.kind is StaffMessageKind.ROSTER and told:
        return told[0] != content
    if isinstance(report, Decisions):
        _, details, told_at = told or (None, {}, None)
        return is_worth_saying(report.things, details.get("things", ()), told_at, now)
    return not report.is_empty


def _letter(message: StaffMessage, report: Report, whom: Recipient, site: Site) -> Outgoing:
    return _outgoing(message, mail(report, whom.name, site), whom)


def _outgoing(message: StaffMessage, said: Words, whom: Recipient) -> Outgoing:
    return Outgoing(
        key=str(message.id),
        channel=Channel.EMAIL,
        address=whom.email,
        subject=said.subject,
        body=said.body,
        written_at=message.due_at,
        not_after=message.not_after,
    )


def _became(message: StaffMessage, put: Written | str, answer: Answer | None, now: datetime) -> Settled:
    """What becomes of it: sent, silent, later again, or given up."""
    if put in ("nothing-to-say", "not-wanted"):
        return {"state": MessageState.SUPPRESSED, "reason": put, "settled_at": now}
    found = fate(answer, message.attempts, now)
    if found.due_at:
        return {"state": MessageState.PLANNED, "due_at": found.due_at, "attempts": found.tries, "reason": found.reason}
    if isinstance(put, Written) and found.is_sent:
        told = {"content": put.content, "details": dict(put.details), "reason": None}
        return {"state": MessageState.ACCEPTED, "settled_at": now, **told}
    reason = put if isinstance(put, str) else found.reason
    return {"state": MessageState.DEAD, "reason": reason, "settled_at": now}


@again_when_contended
async def _settle(
    db: Database,
    token: UUID,
    became: Mapping[UUID, Settled],
    passage: Passage,
    letters: list[Outgoing],
    answers: list[Answer],
) -> None:
    async with db.transaction() as tx:
        await staff_messages.settle(tx, token, became)
        await passing.give_back(tx, passage, Channel.EMAIL, len(became) - len(letters))
        await passing.tell(tx, passage, letters, answers)
