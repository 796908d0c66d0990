"""One session as its page shows it: the facts for all who work here, the people for those who may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.attending import attended
from booking.domain.bookings import Booking
from booking.domain.errors import NotFound
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.policies import Group
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Workshop
from booking.storage import agencies, lines, listings, policies, staff, workshops
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted

MOST_TARGETS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody with a place; ``turn`` counts the waitlist from 1 and is None for a seat."""

    booking: Booking
    job_seeker: JobSeeker
    turn: int | None
    meetings: Sequence[Meeting] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A session and all its page needs; ``before`` are the workshops to have done.

    ``participants`` are only those whom the reader may know by name.
    """

    listed: Listed
    workshop: Workshop
    before: Sequence[Workshop]
    agency: Agency
    facilitators: dict[UUID, str]
    participants: Sequence[Participant]
    targets: Sequence[Listed]

    @property
    def session(self) -> Session:
        """What is shown."""
        return self.listed.session

    @property
    def seated(self) -> list[Participant]:
        """Who holds a seat."""
        return [p for p in self.participants if p.turn is None]

    @property
    def waiting(self) -> list[Participant]:
        """Who waits, in turn."""
        return [p for p in self.participants if p.turn is not None]


async def show(db: Database, session_id: UUID, *, by: Staff, now: datetime) -> Shown:
    """A session, with the sessions to which somebody could be moved.

    Raises :class:`NotFound` for a draft where one may not plan.
    """
    async with db.reading() as tx:
        listed = await visible(tx, session_id, by)
        workshop = await workshops.load(tx, listed.session.workshop_id)
        return Shown(
            listed=listed,
            workshop=workshop,
            before=list((await workshops.some(tx, workshop.after)).values()),
            agency=await agencies.load(tx, listed.session.agency_id),
            facilitators=await _facilitators(tx, listed),
            participants=await _participants(tx, listed.session, by, now),
            targets=await targets(tx, listed.session, now),
        )


async def visible(tx: Tx, session_id: UUID, by: Staff) -> Listed:
    """A session that this member of staff may see. Raises :class:`NotFound`."""
    listed = await listings.one(tx, session_id)
    is_hidden = listed is not None and listed.session.state is SessionState.DRAFT
    if listed is None or (is_hidden and not by.may(Right.PLAN, listed.session.agency_id)):
        raise NotFound(session_id=session_id)
    return listed


async def concerned(db: Database, session_id: UUID, *, by: Staff) -> dict[Channel, int]:
    """How many people would have to be told of a change, by the way that reaches each first.

    Raises :class:`NotAllowed` for whoever may not plan there, :class:`NotFound`.
    """
    async with db.reading() as tx:
        listed = await visible(tx, session_id, by)
        by.must(Right.PLAN, listed.session.agency_id)
        people = await listings.participants(tx, session_id)
        policy = await policies.in_force(tx, listed.session.agency_id, listed.session.workshop_id)
    reached = [policy.ways_to(person, Group.CHANGE)[0] for _, person in people]
    return {channel: reached.count(channel) for channel in Channel if channel in reached}


async def targets(tx: Tx, session: Session, now: datetime) -> list[Listed]:
    """The other open sessions of the same workshop with a free seat, by start."""
    wanted = Wanted(
        workshop_id=session.workshop_id, starts_from=now, with_room=True, without=[session.id], most=MOST_TARGETS
    )
    return await listings.find(tx, wanted)


async def _facilitators(tx: Tx, listed: Listed) -> dict[UUID, str]:
    return await staff.named(tx, {m.facilitator_id for m in listed.session.meetings if m.facilitator_id})


async def _participants(tx: Tx, session: Session, by: Staff, now: datetime) -> list[Participant]:
    found = await listings.participants(tx, session.id)
    line = await lines.of_session(tx, session, now) if session.waiting else ()
    turns = {waiter.id: turn for turn, waiter in enumerate(line, start=1)}
    everybody = by.may(Right.SEE_PEOPLE, session.agency_id)
    return [
        Participant(booking=booking, job_seeker=person, turn=turns.get(booking.id), meetings=attended(booking, session))
        for booking, person in found
        if everybody or by.may(Right.SEE_PEOPLE, person.agency_id)
    ]
