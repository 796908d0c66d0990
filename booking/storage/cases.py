"""All that messages speak of, read together: four queries for however many bookings."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from booking.domain.bookings import Booking
from booking.domain.cases import Case
from booking.domain.errors import NotFound
from booking.domain.job_seekers import JobSeeker
from booking.domain.workshops import Workshop
from booking.storage import job_seekers, listings, policies
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, workshops
from booking.storage.tables import job_seekers as people


async def load_many(tx: Tx, booking_ids: Collection[UUID]) -> dict[UUID, Case]:
    """The case of each of these bookings."""
    booked = await _booked(tx, booking_ids)
    listed = await listings.some(tx, {booking.session_id for booking, _ in booked})
    homes = {booking.agency_id for booking, _ in booked}
    hosts = {x.session.agency_id for x in listed.values()}
    taught = await _workshops(tx, {x.session.workshop_id for x in listed.values()})
    where, decided = await policies.with_agencies(tx, homes | hosts, taught.keys())
    return {
        booking.id: Case(
            booking=booking,
            person=person,
            session=listed[booking.session_id].session,
            workshop=taught[listed[booking.session_id].session.workshop_id],
            agency=where[listed[booking.session_id].session.agency_id],
            home=where[booking.agency_id],
            rooms=listed[booking.session_id].rooms,
            policy=decided.of(
                listed[booking.session_id].session.agency_id, listed[booking.session_id].session.workshop_id
            ),
        )
        for booking, person in booked
    }


async def load(tx: Tx, booking_id: UUID) -> Case:
    """The case of one booking; raises :class:`NotFound`."""
    found = await load_many(tx, [booking_id])
    if booking_id not in found:
        raise NotFound(booking_id=booking_id)
    return found[booking_id]


async def _booked(tx: Tx, booking_ids: Collection[UUID]) -> list[tuple[Booking, JobSeeker]]:
    found = (
        select(*columns(Booking, bookings), *columns(JobSeeker, people, "person_"))
        .join_from(bookings, people, people.c.id == bookings.c.job_seeker_id)
        .where(bookings.c.id.in_(booking_ids))
    )
    return [(made(Booking, row), job_seekers.made(row, "person_")) for row in await tx.rows(found)]


async def _workshops(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Workshop]:
    found = select(*columns(Workshop, workshops)).where(workshops.c.id.in_(ids))
    return {row.id: made(Workshop, row) for row in await tx.rows(found)}
