"""Every two things that can happen to a seat, at the same moment: no promise broken, nobody lost, no deadlock."""

from collections.abc import Collection
from itertools import chain, combinations_with_replacement
from uuid import UUID

from booking.services import doctor
from tests.given import HOUR, NOW, World, in_days
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import a_session, opened
from tests.races.scenes import LATER, Scene, a_scene, laid

ROUNDS = max(1, int(LENGTH))
DEEDS = ("book", "hold", "confirm", "expire", "cancel", "move", "restore", "offer", "accept", "decline", "wait", "join")
DEEDS += ("change capacity", "keep contingent", "release contingent", "cancel session")
PAIRS = list(combinations_with_replacement(DEEDS, 2))
# What these do to a place is its end.
ENDS = {
    "held": {"offer", "expire", "cancel session"},
    "offered": {"decline", "cancel session"},
    "booked": {"cancel", "cancel session"},
    "waiting": {"cancel session"},
}
ACTIVE = ("held", "booked", "waitlisted", "offered")
REFUSALS = {
    "session-full",
    "session-closed",
    "session-ended",
    "booking-ended",
    "booking-stands",
    "not-held",
    "already-booked",
    "already-waiting",
    "capacity-below-taken",
    "invalid-field",
}


def the_try(scene: Scene, what: str, side: int, lyon: UUID, target: UUID) -> Try:
    """One of the deeds in this scene; newcomers differ from side to side, what is there is there for both."""
    adviser, manager = scene.world.adviser, scene.world.manager
    session, newcomer = scene.session.id, scene.newcomers[side]
    place = {name: (place.id,) for name, place in scene.places.items()}
    known = {
        "book": Try("book", (session, newcomer), adviser),
        "hold": Try("hold", (session, newcomer), adviser),
        "wait": Try("wait", (session, newcomer), adviser),
        "join": Try("join", (scene.workshop.id, newcomer, scene.world.agency.id), adviser),
        "confirm": Try("confirm", place["held"], adviser),
        "expire": Try("expire", (session, LATER), adviser),
        "cancel": Try("cancel", place["booked"], adviser),
        "move": Try("move", (*place["booked"], target), adviser),
        "restore": Try("restore", place["ended"], adviser),
        # A seat let go is offered to who waits.
        "offer": Try("cancel", place["held"], adviser),
        "accept": Try("confirm", place["offered"], adviser),
        "decline": Try("cancel", place["offered"], adviser),
        "change capacity": Try("resize", (session, scene.session.capacity + 1 - 2 * side), manager),
        "keep contingent": Try("keep_seats", (session, lyon, 2, NOW + HOUR), manager),
        "release contingent": Try("release_one", (session, LATER), manager),
        "cancel session": Try("cancel_session", (session,), manager),
    }
    return known[what]


async def test_any_two_deeds_at_once_keep_every_promise(world: World, url: str, crew: Crew) -> None:
    lyon = (await world.another_agency()).id
    (target,) = await opened(world, a_session(world, in_days(600), capacity=500))
    # One process writes a file at a time: there a third of the pairs is enough, unless a long race is asked for.
    pairs = PAIRS[::3] if url.startswith("sqlite") and LENGTH <= 1 else ROUNDS * PAIRS
    scenes = [(a_scene(world, n, is_full=True), a_scene(world, 500 + n, is_full=False)) for n in range(len(pairs))]
    await laid(world, [scene for both in scenes for scene in both], lyon)
    tries = [
        [the_try(scene, what, side, lyon, target) for scene in both for side, what in enumerate(pair)]
        for both, pair in zip(scenes, pairs, strict=True)
    ]
    # Two pairs a round: the two deeds of a scene are in two processes all the same.
    rounds = [[*chain(*tries[n : n + 2])] for n in range(0, len(tries), 2)]

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    assert {said.refusal for answers in told for said in answers if said.refusal} <= REFUSALS
    # These sessions were never shown in a calendar.
    found = [fault.name for fault in await doctor.examine(world.db, now=LATER)]
    assert set(found) <= {"published-are-shown"}
    there = {where: state for state in ACTIVE for where in (await oracle.places(world.db, state)).values()}
    for both, pair in zip(scenes, pairs, strict=True):
        for scene in both:
            nobody_is_lost(scene, set(pair), there.keys(), target)


def nobody_is_lost(scene: Scene, pair: set[str], there: Collection[tuple[UUID, UUID]], target: UUID) -> None:
    """Who has a place keeps it, there or where he is moved, unless one of the two was its end."""
    for name, place in scene.places.items():
        if name in ENDS and not ENDS[name] & pair:
            person = place.job_seeker_id
            assert (scene.session.id, person) in there or ("move" in pair and (target, person) in there), (name, pair)
