"""Seats that an invented agency keeps for the people of its neighbour."""

from datetime import datetime, timedelta

from booking.demo.world import DemoWorld
from booking.services import contingents, sessions

KEEPER, NEIGHBOUR = 0, 1
PLACES = 2
AT_LEAST_AHEAD = timedelta(days=6)
UNTIL = timedelta(days=2)


async def keep_seats(world: DemoWorld, now: datetime) -> None:
    """Keep two seats of the first session that has them to spare, until two days before it begins."""
    where, neighbour = world.agencies[KEEPER], world.agencies[NEIGHBOUR]
    by = world.manager_of(where.id)
    for known in world.open_sessions:
        if known.agency_id != where.id or known.starts_at < now + AT_LEAST_AHEAD:
            continue
        session = (await sessions.show(world.db, known.id, by=by, now=now)).session
        if session.takes_bookings(now) and session.free >= PLACES:
            until_at = session.starts_at - UNTIL
            known_as = {"places": PLACES, "until_at": until_at, "by": by, "now": now}
            await contingents.keep(world.db, session.id, neighbour.id, **known_as)  # type: ignore[arg-type]
            return
