"""Trainings of staff: what is offered, what one has done, and a seat for oneself or for a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Party
from booking.domain.errors import NotFound
from booking.domain.idempotency import Once
from booking.domain.sessions import SessionState
from booking.domain.staff import Staff
from booking.domain.trainings import Attended, Trained, expires_at, how_it_stands
from booking.domain.workshops import Audience, Workshop
from booking.services import attendees as rights
from booking.services import bookings
from booking.services.answers import Answered
from booking.storage import attendees, listings, trainings, workshops
from booking.storage import bookings as stored
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted

MOST = 100


@dataclass(frozen=True, slots=True)
class Offered:
    """A training that may be booked, with one's own place in it if there is one."""

    listed: Listed
    mine: Attended | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A training that one has been to, and until when it counts; None is for ever."""

    place: Attended
    until_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What is offered where one works, what one is booked in, what one has done, and how one stands with each."""

    offered: Sequence[Offered]
    ahead: Sequence[Attended]
    done: Sequence[Done]
    lacking: Sequence[tuple[Workshop, Trained]]


async def own(db: Database, *, by: Staff, now: datetime) -> Own:
    """The trainings of whoever asks."""
    async with db.reading() as tx:
        taught = await of_staff(tx)
        mine = await trainings.places(tx, [by.id])
        found = await listings.find(tx, _offered(by, now))
    known = {one.id: one for one in taught}
    places = {one.session_id: one for one in mine}
    roles = {role for _, role in by.roles}
    stands = [(workshop, how_it_stands(workshop, roles, mine, now)) for workshop in taught]
    return Own(
        offered=[Offered(listed, places.get(listed.session.id)) for listed in found],
        ahead=[one for one in mine if one.is_ahead(now)],
        done=[
            Done(one, expires_at(one, known[one.workshop_id].validity_months if one.workshop_id in known else None))
            for one in reversed(mine)
            if one.is_done
        ],
        lacking=[(workshop, trained) for workshop, trained in stands if trained.standing.is_lacking],
    )


async def of_staff(tx: Tx) -> list[Workshop]:
    """The trainings of the catalogue."""
    return await workshops.for_staff(tx)


def _offered(by: Staff, now: datetime) -> Wanted:
    return Wanted(
        agency_ids=None if by.is_network_wide else by.agency_ids,
        audience=Audience.STAFF,
        states=[SessionState.OPEN],
        bookable_at=now,
        most=MOST,
    )


async def book(
    db: Database, session_id: UUID, staff_id: UUID, *, by: Staff, now: datetime, once: Once | None = None
) -> Answered:
    """A seat in a training for oneself, or for somebody of one's team; raises like :func:`bookings.book`."""
    person = await attending(db, session_id, staff_id, by=by, now=now)
    return await bookings.book(db, session_id, person, by=by, now=now, once=once)


async def wait(
    db: Database, session_id: UUID, staff_id: UUID, *, by: Staff, now: datetime, once: Once | None = None
) -> Answered:
    """A place on the waitlist of a training; a seat that is free after all is given instead."""
    person = await attending(db, session_id, staff_id, by=by, now=now)
    return await bookings.wait(db, session_id, person, by=by, now=now, once=once)


async def cancel(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> Answered:
    """Give up a place in a training: one's own, or for the service that of somebody of one's team.

    Raises like :func:`bookings.cancel`, and :class:`NotFound` for the place of a job seeker.
    """
    staff_id = await _colleague(db, booking_id)
    party = Party.PERSON if staff_id == by.id else Party.SERVICE
    return await bookings.cancel(db, booking_id, party=party, by=by, now=now)


async def restore(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> Answered:
    """Take that back. Raises like :func:`bookings.restore`, and :class:`NotFound` for the place of a job seeker."""
    await _colleague(db, booking_id)
    return await bookings.restore(db, booking_id, by=by, now=now)


async def _colleague(db: Database, booking_id: UUID) -> UUID:
    staff_id = await attended_by(db, booking_id)
    if staff_id is None:
        raise NotFound(booking_id=booking_id)
    return staff_id


async def attended_by(db: Database, booking_id: UUID) -> UUID | None:
    """Which member of staff has this place; None for a job seeker's. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        booking = await stored.load(tx, booking_id)
        return await attendees.staff_of(tx, booking.job_seeker_id)


async def attending(db: Database, session_id: UUID, staff_id: UUID, *, by: Staff, now: datetime) -> UUID:
    """By which identifier this colleague attends. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        await rights.must_answer_for(tx, by, staff_id, now)
        listed = await listings.one(tx, session_id)
        works_at = await attendees.works_at(tx, staff_id, now)
        if listed is None or listed.session.state is SessionState.DRAFT:
            raise NotFound(session_id=session_id)
        here = listed.session.agency_id
        if not rights.is_near(here, works_at, by):
            raise NotFound(session_id=session_id)
        home = here if here in works_at else min((id for id in works_at if id), default=here)
        return await attendees.keep(tx, staff_id, home, now)
