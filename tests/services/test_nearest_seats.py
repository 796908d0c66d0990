"""The next seats agency by agency: the nearest first, a few of each, and on until there are enough."""

from uuid import UUID

import pytest

from booking.domain.agencies import Agency
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.services import contingents, nearest_seats, searches
from booking.services.nearest_seats import AT_ONCE, EACH, Nearest
from booking.storage.narrowing import Half, Narrowed
from tests.given import NOW, World, in_days, meeting

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def everywhere(world: World) -> Staff:
    return await world.staff(Role.MANAGER, None, "Odile")


async def at(world: World, agency: Agency, by: Staff, *hours: float, **known: object) -> list[Session]:
    """A session on each of the next days, at the first of these hours on the first day, and so on."""
    planned = (meeting(in_days(n + 1, hour)) for n, hour in enumerate(hours))
    return [await world.session(one, agency_id=agency.id, by=by, **known) for one in planned]


async def found(world: World, agencies: list[Agency], **wanted: object) -> Nearest:
    return await nearest_seats.next_sessions(world.db, [one.id for one in agencies], now=NOW, **wanted)


def ids(nearest: Nearest) -> list[UUID]:
    return [listed.session.id for listed in nearest.found]


async def test_agencies_come_in_their_order_however_soon_the_others_are(world: World, everywhere: Staff) -> None:
    far = await world.another_agency("Lyon")
    (soon,), (late,) = await at(world, far, everywhere, 0), await at(world, world.agency, everywhere, 9)

    nearest = await found(world, [world.agency, far])

    assert ids(nearest) == [late.id, soon.id]
    assert (nearest.seen, nearest.is_all) == (2, True)


async def test_of_each_agency_the_first_few_are_shown(world: World, everywhere: Staff) -> None:
    sessions = await at(world, world.agency, everywhere, *[0] * (EACH + 2))

    assert ids(await found(world, [world.agency])) == [session.id for session in sessions[:EACH]]


async def test_half_of_the_day_is_looked_for_beyond_the_first_few(world: World, everywhere: Staff) -> None:
    *_, afternoon = await at(world, world.agency, everywhere, *[0] * (EACH + 1), 5)

    asked = Narrowed(half=Half.AFTERNOON)

    assert ids(await found(world, [world.agency], narrowed=asked)) == [afternoon.id]


async def test_where_there_are_enough_nobody_looks_further(world: World, everywhere: Staff) -> None:
    others = [await world.another_agency(f"Agence {n}") for n in range(AT_ONCE)]
    (here,), (last,) = await at(world, world.agency, everywhere, 0), await at(world, others[-1], everywhere, 0)
    agencies = [world.agency, *others]

    first = await found(world, agencies, enough=1)
    rest = await found(world, agencies, skip=first.seen)

    assert (ids(first), first.seen, first.is_all) == ([here.id], AT_ONCE, False)
    assert (ids(rest), rest.seen, rest.is_all) == ([last.id], AT_ONCE + 1, True)


async def test_what_is_full_is_shown_only_when_it_is_asked_for(world: World, everywhere: Staff) -> None:
    (full,) = await at(world, world.agency, everywhere, 0, capacity=1)
    await world.booked(full)

    assert ids(await found(world, [world.agency])) == []
    assert ids(await found(world, [world.agency], with_room=False)) == [full.id]


async def test_a_seat_kept_for_the_agency_of_the_person_counts_as_one(world: World, everywhere: Staff) -> None:
    (session,) = await at(world, world.agency, everywhere, 0, capacity=1)
    until = {"places": 1, "until_at": in_days(0.5), "by": world.manager, "now": NOW}
    await contingents.keep(world.db, session.id, world.agency.id, **until)

    assert ids(await found(world, [world.agency])) == []
    assert ids(await found(world, [world.agency], kept_for=world.agency.id)) == [session.id]


async def test_no_agency_is_nothing(world: World) -> None:
    nearest = await found(world, [])

    assert (nearest.found, nearest.seen, nearest.is_all) == ([], 0, True)


async def test_by_date_half_of_the_day_is_read_on_until_enough_are_found(
    world: World, everywhere: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searches, "READ_AT_ONCE", 2)
    sessions = await at(world, world.agency, everywhere, 0, 0, 0, 5, 0, 5, 5)
    afternoons = [sessions[n].id for n in (3, 5, 6)]

    some = await searches.next_sessions(world.db, now=NOW, narrowed=Narrowed(half=Half.AFTERNOON), most=2)
    every = await searches.next_sessions(world.db, now=NOW, narrowed=Narrowed(half=Half.AFTERNOON), most=9)

    assert [listed.session.id for listed in some] == afternoons[:2]
    assert [listed.session.id for listed in every] == afternoons
