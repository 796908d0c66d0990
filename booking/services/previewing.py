"""Exactly what leaves when: what waits to be said about a session, by the rules of the sender itself."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.documents.messages import words
from booking.documents.texts import text
from booking.domain import bookings as rules
from booking.domain.cases import Case
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.messages import Message, MessageState, on_booking
from booking.domain.sending import Channels, Verdict
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.wordings import Wordings
from booking.services.judging import Known, judge, look_up
from booking.services.sessions import visible
from booking.services.suppressing import of_people
from booking.services.to_do import agencies_within_reach
from booking.storage import bookings, job_seekers, journal, policies, wordings
from booking.storage import workshops as catalogue
from booking.storage.database import Database, Tx
from booking.storage.journal import Sought
from booking.storage.listings import Listed

MOST = 500
# Enough of a text to know which one it is.
OPENING = 160
_LINK = re.compile(r"\s*https?://\S+")


@dataclass(frozen=True, slots=True)
class Leaving:
    """A message that waits. Without a ``channel`` nobody hears of it, and ``reason`` says why."""

    message: Message
    case: Case
    channel: Channel | None
    leaves_at: datetime
    reason: str | None
    opening: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What leaves about a session, by time; ``is_supposed`` for a person without a place, as if booked now."""

    listed: Listed
    person: JobSeeker | None
    leaving: Sequence[Leaving]
    is_supposed: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """With what one looks: the machines of the installation, the site that texts name, the time."""

    channels: Channels
    site: Site
    now: datetime


async def of_session(
    db: Database,
    session_id: UUID,
    job_seeker_id: UUID | None = None,
    *,
    machines: Collection[Channel],
    site: Site,
    by: Staff,
    now: datetime,
) -> Preview:
    """What is planned for everybody of one's agencies, or for one person; as if booked now for who has no place there.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    look = _Look(Channels(frozenset(machines)), site, now)
    async with db.reading() as tx:
        listed = await visible(tx, session_id, by)
        person = await _own(tx, job_seeker_id, by) if job_seeker_id else None
        if person and await bookings.active_of(tx, session_id, person.id) is None:
            return Preview(listed, person, await _supposed(tx, listed, person, by, look), is_supposed=True)
        waiting = await _waiting(tx, session_id, person, by)
        known = await look_up(tx, waiting, look.channels, now, site)
        return Preview(listed, person, await _leaving(tx, waiting, known, look))


async def _own(tx: Tx, job_seeker_id: UUID, by: Staff) -> JobSeeker:
    person = await job_seekers.load(tx, job_seeker_id)
    by.must(Right.REACH, person.agency_id)
    return person


async def _waiting(tx: Tx, session_id: UUID, person: JobSeeker | None, by: Staff) -> list[Message]:
    sought = Sought(
        session_id=session_id,
        agency_ids=agencies_within_reach(by),
        states=[MessageState.PLANNED, MessageState.TO_DO],
        job_seeker_ids=[person.id] if person else None,
        most=MOST,
    )
    return [kept.message for kept in await journal.find(tx, sought)]


async def _supposed(tx: Tx, listed: Listed, person: JobSeeker, by: Staff, look: _Look) -> list[Leaving]:
    session = listed.session
    booking = rules.book(session.id, person.id, person.agency_id, by=by.id, now=look.now)
    where, decided = await policies.with_agencies(tx, {session.agency_id, person.agency_id}, [session.workshop_id])
    case = Case(
        booking=booking,
        person=person,
        session=session,
        workshop=await catalogue.load(tx, session.workshop_id),
        agency=where[session.agency_id],
        home=where[person.agency_id],
        rooms=listed.rooms,
        policy=decided.of(session.agency_id, session.workshop_id),
    )
    planned = on_booking(booking, session, case.place, look.now)
    refusals = await of_people(tx, [person], look.site)
    return await _leaving(tx, planned, Known({booking.id: case}, {}, {}, refusals), look)


async def _leaving(tx: Tx, waiting: Sequence[Message], known: Known, look: _Look) -> list[Leaving]:
    own = await wordings.newest(tx, {case.booking.agency_id for case in known.cases.values()})
    found = [_foreseen(message, known, own, look) for message in waiting]
    return sorted(found, key=lambda one: (one.leaves_at, one.case.person.last_name, one.message.id))


def _foreseen(message: Message, known: Known, own: Wordings, look: _Look) -> Leaving:
    case, then = known.cases[message.booking_id], max(message.due_at, look.now)
    is_to_do = message.state is MessageState.TO_DO
    said = Verdict(message.state, message.channel) if is_to_do else judge(message, known, look.channels, then)
    leaves = said.state in (MessageState.SENDING, MessageState.TO_DO, MessageState.PLANNED)
    channel = said.channel if leaves else None
    at = said.due_at or then
    opening = _opening(message, case, channel, at, own, look.site) if channel else ""
    return Leaving(message, case, channel, at, None if channel else said.reason, opening)


def _opening(message: Message, case: Case, channel: Channel, at: datetime, own: Wordings, site: Site) -> str:
    """The short text without the person's own link, nobody else's; of a longer one what follows the greeting."""
    if channel is Channel.SMS:
        return _LINK.sub("", text(message.kind, case, at, message.details, site, own).body)
    body = words(message.kind, case, at, message.details, None, own).body
    _, _, rest = body.partition("\n\n")
    said = " ".join((rest or body).split())
    return said if len(said) <= OPENING else said[: said.rfind(" ", 0, OPENING)] + "…"
