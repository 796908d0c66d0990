"""Who takes part in the trainings of the invented world: some have done it, some have a seat, some do nothing."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from booking.demo.world import DemoWorld
from booking.domain.errors import Refused
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.services import trainings

BEFORE = timedelta(days=8)
HELPS, ADVISES = frozenset({Role.ASSISTANT}), frozenset({Role.ADVISER, Role.MANAGER})


def take_part(world: DemoWorld, session: Session, now: datetime, later: Callable[..., None]) -> None:
    """Who assists has done it; of the others every second one, and of those ahead one has a seat."""
    here = [person for person in world.staff if session.agency_id in person.agency_ids]
    helping = [person for person in here if _has(person, HELPS)]
    advising = [person for person in here if _has(person, ADVISES)]
    who = [*helping, *advising[1::2]] if session.ends_at < now else advising[2:3]
    for person in who:
        later(max(session.starts_at - BEFORE, world.begins_at), _seat_for(world, session, person))


def _has(person: Staff, roles: frozenset[Role]) -> bool:
    return any(role in roles for _, role in person.roles)


def _seat_for(world: DemoWorld, session: Session, person: Staff) -> Callable[[datetime], Awaitable[None]]:
    async def book(at: datetime) -> None:
        with suppress(Refused):
            await trainings.book(world.db, session.id, person.id, by=person, now=at)

    return book
