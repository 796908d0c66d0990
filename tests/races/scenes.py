"""Small sessions with somebody in every state a place can have, many at once, written straight into the tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, text

from booking.domain import bookings as rules
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.contingents import Contingent
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import on_booking
from booking.domain.sessions import Session
from booking.domain.windows import Place
from booking.domain.workshops import Workshop
from booking.storage import audit, contingents, job_seekers, outbox, sessions
from booking.storage import tables as t
from booking.storage.shapes import values
from tests.given import NOW, World, a_workshop, in_days
from tests.races.crowd import a_person, a_session

MINUTE = timedelta(minutes=1)
# Everybody came before the race; what is held or kept ends after it has begun.
BEFORE, UNTIL, LATER = NOW - 5 * MINUTE, NOW + 5 * MINUTE, NOW + 6 * MINUTE
SEATS = ("held", "offered", "booked")


@dataclass(frozen=True)
class Scene:
    """A session of its own workshop: one seat held, one offered, one booked, one kept, one given up a moment ago.

    Either somebody waits for it, or one seat is free.
    """

    world: World
    workshop: Workshop
    session: Session
    places: dict[str, Booking]
    newcomers: tuple[UUID, UUID]
    people: tuple[JobSeeker, ...]


def a_scene(world: World, n: int, *, is_full: bool) -> Scene:
    """The n-th one, on a day of its own."""
    workshop = a_workshop(f"Atelier {n}")
    session = a_session(world, in_days(10 + n), capacity=4 if is_full else 5)
    people = tuple(a_person(world, n) for _ in range(7))
    names = ("held", "offered", "booked", "ended", "waiting")
    seats = {
        name: rules.book(session.id, person.id, world.agency.id, by=world.adviser.id, now=BEFORE)
        for name, person in zip(names, people, strict=False)
    }
    places = {
        "held": rules.held(seats["held"], UNTIL),
        "offered": rules.waiting(seats["offered"]).promoted(BEFORE, until=in_days(5)),
        "booked": seats["booked"],
        "ended": seats["ended"].cancelled(Party.PERSON, "", BEFORE),
    } | ({"waiting": rules.waiting(seats["waiting"])} if is_full else {})
    session = replace(
        session, workshop_id=workshop.id, created_at=BEFORE, taken=len(SEATS), waiting=int(is_full), kept=1
    )
    return Scene(world, workshop, session, places, (people[5].id, people[6].id), people)


async def laid(world: World, scenes: Sequence[Scene], kept_for: UUID) -> None:
    """These scenes, written; the agency offers its seats, and one is kept for another in each."""
    everybody = [(scene, place) for scene in scenes for place in scene.places.values()]
    where = Place(world.agency.time_zone, world.agency.holiday_territory)
    said = [
        message
        for scene, place in everybody
        if place.state in (BookingState.BOOKED, BookingState.WAITLISTED, BookingState.OFFERED)
        for message in on_booking(replace(place, state=_told_as(place)), scene.session, where, BEFORE)
    ]
    kept = [Contingent(session_id=s.session.id, agency_id=kept_for, seats=1, unused=1, until_at=UNTIL) for s in scenes]
    async with world.db.transaction() as tx:
        await tx.run(text("UPDATE agencies SET waitlist_policy = 'offer'"))
        taught = [scene.workshop for scene in scenes]
        await tx.run(insert(t.workshops), [values(one, t.workshops, search=one.search) for one in taught])
        for scene in scenes:
            await sessions.add(tx, scene.session)
            for person in scene.people:
                await job_seekers.add(tx, person)
        await tx.run(insert(t.bookings), [values(place, t.bookings, code=place.code) for _, place in everybody])
        seated = [_time(scene, place) for scene, place in everybody if place.state.has_seat]
        await tx.run(insert(t.job_seeker_times), seated)
        for one in kept:
            await contingents.put(tx, one)
        await outbox.plan(tx, said)
        await audit.record_all(tx, world.adviser, "booked", "booking", [place.id for _, place in everybody], BEFORE)


def _told_as(place: Booking) -> BookingState:
    return BookingState.WAITLISTED if place.state is BookingState.OFFERED else place.state


def _time(scene: Scene, place: Booking) -> dict[str, UUID | datetime]:
    meeting = scene.session.meetings[0]
    when = {"meeting_id": meeting.id, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    return when | {"booking_id": place.id, "job_seeker_id": place.job_seeker_id}
