"""Wishes and copies for the planner, with only what matters to a test."""

from datetime import date, time

from booking.domain.planner import Choice
from booking.domain.wishes import Wish
from booking.services import planner
from booking.services.planner import Agreement, Preview
from calendars.recurrence import Recurrence
from tests.given import NOW, SITE, World

TUESDAY = 1
# The second Tuesday from now; the third is before All Saints' Day, 11 November is a Wednesday.
FIRST = date(2026, 10, 27)


def a_wish(world: World, **known: object) -> Wish:
    """Three single sessions, on Tuesdays at 9:30, in the only room, led by Karim."""
    when = {"first": FIRST, "weekdays": frozenset({TUESDAY}), "count": 3}
    recurrence = when | {name: known.pop(name) for name in (*when, "last", "every") if name in known}
    usual = {
        "agency_id": world.agency.id,
        "workshop_id": world.workshop.id,
        "recurrence": Recurrence(**recurrence),
        "starts": time(9, 30),
        "ends": time(11, 30),
        "capacity": 8,
        "room_id": world.room.id,
        "facilitator_id": world.facilitator.id,
    }
    return Wish(**(usual | known))


async def look(world: World, sketch=None, choices: dict[str, Choice] | None = None, **more) -> Preview:
    """What the planner would do."""
    by = more.pop("by", world.manager)
    return await planner.preview(world.db, sketch or a_wish(world), choices or {}, by=by, now=NOW, **more)


async def write(world: World, sketch=None, choices: dict[str, Choice] | None = None, **agreed):
    """What the planner does."""
    by = agreed.pop("by", world.manager)
    agreement = Agreement(choices=choices or {}, **agreed)
    return await planner.write(world.db, sketch or a_wish(world), agreement, by=by, site=SITE, now=NOW)


def days(preview: Preview) -> list[str]:
    """The days proposed, month and day."""
    return [f"{proposal.slot.day:%m-%d}" for proposal in preview.proposals]


def kinds(preview: Preview) -> list[list[str]]:
    """What stands against each proposal."""
    return [[obstacle.kind.value for obstacle in proposal.obstacles] for proposal in preview.proposals]
