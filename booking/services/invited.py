"""The calendar entries of job seekers who are told by mail: which one a mail brings, and which follow it.

What a person's calendar was told is kept with the messages that told it; what it should show follows from the booking.
The difference is made when a message leaves, so that nothing stale is ever said.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from booking.documents.calendar_entries import event_of, of_seat
from booking.domain.cases import Case
from booking.domain.invitations import Entry, next_words
from booking.domain.messages import INVITATIONS, WITH_ENTRY, Message, MessageKind, on_entry, still_holds
from booking.domain.sites import Site
from booking.storage import cases, outbox, told_entries
from booking.storage.database import Tx
from booking.storage.told_entries import ENTRY
from calendars.invitations import Invitation

SAID_AT, FIRST = "said_at", "first"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Brought:
    """The entry that a mail brings, when it was first said, and the key of the first mail of this booking."""

    entry: Entry
    said_at: datetime
    first_key: str

    @property
    def kept(self) -> dict[str, Any]:
        """What the message remembers, so that a repeat is the same."""
        return {ENTRY: self.entry.kept, SAID_AT: self.said_at.isoformat(), FIRST: self.first_key}

    def invitation(self, case: Case, site: Site) -> Invitation:
        """For the person's own calendar."""
        uid = uid_of(case.booking.id, self.entry.meeting_id, site)
        return Invitation(event_of(self.entry, uid, self.said_at), case.person.email or "")

    def narrowed(self, message: Message, case: Case) -> tuple[Case, Mapping[str, Any]]:
        """The case and the details for a mail that speaks of this one meeting only."""
        if message.kind not in INVITATIONS:
            return case, message.details
        gone = {"starts_at": self.entry.starts_at.isoformat(), "zone": self.entry.zone}
        alone = tuple(m for m in case.session.meetings if m.id == self.entry.meeting_id)
        if self.entry.is_cancelled or not alone:
            return case, message.details | {"gone": [gone]}
        number = f"{alone[0].position}/{len(case.session.meetings)}"
        return replace(case, session=replace(case.session, meetings=alone)), message.details | {"number": number}


def uid_of(booking_id: UUID, meeting_id: UUID, site: Site) -> str:
    """What an entry is known by for ever: a new booking has a new one."""
    return f"{booking_id}.{meeting_id}@{site.domain}"


async def brought(tx: Tx, leaving: Iterable[Message], known: Mapping[UUID, Case], now: datetime) -> dict[UUID, Brought]:
    """The entry that each of these messages brings, should it leave by mail; a message said before brings the same."""
    able = [m for m in leaving if m.kind in (*WITH_ENTRY, *INVITATIONS) and known[m.booking_id].person.email]
    fresh = {m.booking_id for m in able if ENTRY not in m.details}
    told = await told_entries.of_bookings(tx, fresh) if fresh else {}
    found = {m.id: _brought(m, told, known, now) for m in able}
    return {id: one for id, one in found.items() if one}


def _brought(
    message: Message, told: Mapping[UUID, Sequence[Message]], known: Mapping[UUID, Case], now: datetime
) -> Brought | None:
    try:
        return _repeated(message) if ENTRY in message.details else _new(message, told, known, now)
    # What cannot be brought must keep back neither its own message nor the others.
    except Exception:
        log.exception("message brings no entry", message_id=str(message.id))
        return None


async def keep(tx: Tx, messages: Iterable[Message], brought: Mapping[UUID, Brought]) -> None:
    """Remember what these messages bring, in the transaction in which they begin to leave."""
    new = (m for m in messages if m.id in brought and ENTRY not in m.details)
    await told_entries.keep(tx, {m.id: m.details | brought[m.id].kept for m in new})


async def follow(tx: Tx, sent: Sequence[Message], now: datetime) -> None:
    """After a mail in words, plan a short one for each further meeting of which the calendar is to hear."""
    firsts = [m for m in sent if m.kind in WITH_ENTRY]
    if not firsts:
        return
    of = {m.id: [m.booking_id, *await _left(tx, m)] for m in firsts}
    ids = {id for together in of.values() for id in together}
    known, told = await cases.load_many(tx, ids), await told_entries.of_bookings(tx, ids)
    for message in firsts:
        case = known[message.booking_id]
        # What has changed since is told anew, and the rest follows that.
        if still_holds(message, case.booking, case.session):
            for id in of[message.id]:
                await outbox.plan(tx, _further(known[id], last_told(told[id]), now))


async def _left(tx: Tx, message: Message) -> Collection[UUID]:
    left = message.details.get("moved_from")
    return await told_entries.given_up(tx, message.job_seeker_id, UUID(left)) if left else []


def _further(case: Case, told: Mapping[UUID, Entry], now: datetime) -> list[Message]:
    """One message for each entry that is not as it should be."""
    return [
        on_entry(
            case.booking,
            case.session,
            case.place,
            now,
            meeting_id=entry.meeting_id,
            last_at=entry.ends_at if entry.is_cancelled else entry.starts_at,
            is_over=entry.is_cancelled,
        )
        for entry in next_words(told, of_seat(case), now)
    ]


def last_told(messages: Iterable[Message]) -> dict[UUID, Entry]:
    """The last that was said of each meeting."""
    told: dict[UUID, Entry] = {}
    for message in messages:
        entry = Entry.read(message.details[ENTRY])
        if entry.meeting_id not in told or told[entry.meeting_id].sequence < entry.sequence:
            told[entry.meeting_id] = entry
    return told


def _repeated(message: Message) -> Brought:
    said = message.details
    return Brought(Entry.read(said[ENTRY]), datetime.fromisoformat(said[SAID_AT]), said[FIRST])


def _new(
    message: Message, told: Mapping[UUID, Sequence[Message]], known: Mapping[UUID, Case], now: datetime
) -> Brought | None:
    before = told[message.booking_id]
    words = next_words(last_told(before), of_seat(known[message.booking_id]), now)
    if message.kind in INVITATIONS:
        is_end = message.kind is MessageKind.INVITATION_ENDED
        alone = (message.details["meeting_id"], is_end)
        words = [one for one in words if (str(one.meeting_id), one.is_cancelled) == alone]
    if not words:
        return None
    return Brought(words[0], now, before[0].details[FIRST] if before else str(message.id))
