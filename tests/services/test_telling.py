"""From the audit to what each program is told: everything it wants, nothing else, and once."""

import asyncio
import json
from datetime import timedelta

import pytest

from booking.domain.bookings import Party
from booking.domain.webhooks import DeliveryState
from booking.services import bookings, webhooks
from booking.services.telling import AT_ONCE, LOOKS_BACK, tell
from booking.storage import audit
from tests.given import DAY, NOW, World
from tests.given_webhooks import Office

SECOND = timedelta(seconds=1)


@pytest.fixture
async def office(world: World) -> Office:
    return await Office.begin(world)


async def test_a_booking_is_told_once_to_who_wants_it(world: World, office: Office) -> None:
    endpoint = await office.endpoint(events=("booking.booked", "booking.cancelled"))
    session = await world.session()
    booking = await world.booked(session)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert [await tell(world.db, NOW + n * SECOND) for n in range(3)] == [2, 0, 0]

    first, second = await office.told(endpoint)
    assert (first.type, second.type) == ("booking.booked", "booking.cancelled")
    assert first.state is DeliveryState.PLANNED and first.payload["data"]["id"] == str(booking.id)
    assert first.payload["data"]["path"] == f"/api/v1/bookings/{booking.id}"


async def test_a_payload_holds_no_name_no_contact_and_no_word_of_anybody(world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    person = await world.job_seeker("Ouedraogo", email="awa@example.org", phone="06 12 34 56 78")
    session = await world.session()
    booking = await world.booked(session, person)
    why = "Madame Ouedraogo est malade"
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, because=why, by=world.adviser, now=NOW)

    await tell(world.db, NOW)

    said = json.dumps([one.payload for one in await office.told(endpoint)], ensure_ascii=False)
    assert "booking.cancelled" in said and '"party": "person"' in said
    for secret in ("Ouedraogo", "Aïssatou", "awa@", "612345678", "malade", world.adviser.name):
        assert secret not in said


async def test_what_was_before_the_program_is_not_told(world: World, office: Office) -> None:
    await world.booked(await world.session())
    endpoint = await office.endpoint()
    await world.booked(await world.session())

    await tell(world.db, NOW)

    assert await office.types(endpoint) == ["session.published", "booking.booked"]


async def test_a_program_of_one_agency_hears_nothing_of_another(world: World, office: Office) -> None:
    elsewhere = await world.another_agency()
    here, there = await office.endpoint(agency=world.agency), await office.endpoint(agency=elsewhere)
    network = await office.endpoint()
    await world.booked(await world.session())

    await tell(world.db, NOW)

    assert await office.types(here) == await office.types(network) == ["session.published", "booking.booked"]
    assert await office.told(there) == []


async def a_line(tx, world: World, now=NOW) -> None:
    await audit.record(tx, None, "changed", "workshop", world.workshop.id, now, world.agency.id)


# SQLite writes one transaction after the other.
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_line_that_is_committed_late_is_still_told(db, world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    now = NOW
    async with db.transaction() as slow:
        await a_line(slow, world)
        for _ in range(4):
            async with db.transaction() as quick:
                await a_line(quick, world)
            await tell(db, now)
            now += LOOKS_BACK - SECOND * 100
        assert len(await office.told(endpoint)) == 4

    await tell(db, now)

    lines = [one.audit_id for one in await office.told(endpoint)]
    assert len(lines) == 5 and lines[-1] == min(lines)


async def test_a_machine_whose_clock_is_wrong_loses_nothing(world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    for n, wrong in enumerate((-2 * DAY, 2 * DAY, -LOOKS_BACK)):
        async with world.db.transaction() as tx:
            await a_line(tx, world, NOW + wrong)
        await tell(world.db, NOW + n * LOOKS_BACK)

    assert len(await office.told(endpoint)) == 3


async def test_after_days_without_the_jobs_everything_is_told(world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    await tell(world.db, NOW)
    async with world.db.transaction() as tx:
        for _ in range(AT_ONCE + 7):
            await a_line(tx, world)

    assert await tell(world.db, NOW + 3 * DAY) == AT_ONCE + 7
    assert await tell(world.db, NOW + 4 * DAY) == await tell(world.db, NOW + 5 * DAY) == 0
    assert len(await office.told(endpoint)) == AT_ONCE + 7


async def test_two_workers_tell_it_once(world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    await world.booked(await world.session())

    planned = await asyncio.gather(*(tell(world.db, NOW) for _ in range(5)))

    assert sum(planned) == len(await office.told(endpoint)) == 2


async def test_what_happens_during_a_pause_is_not_told_afterwards(world: World, office: Office) -> None:
    endpoint = await office.endpoint(events=("booking.booked",))
    session = await world.session()
    await world.booked(session)
    await tell(world.db, NOW)
    await webhooks.disable(world.db, endpoint.id, by=office.agnes, now=NOW)
    await world.booked(session)
    await tell(world.db, NOW)
    await webhooks.enable(world.db, endpoint.id, by=office.agnes, now=NOW)
    await world.booked(session)

    await tell(world.db, NOW)

    assert await office.types(endpoint) == ["booking.booked"] * 2


async def test_a_program_that_is_removed_meanwhile_is_told_nothing(world: World, office: Office) -> None:
    gone, other = await office.endpoint(), await office.endpoint()
    await world.booked(await world.session())

    await asyncio.gather(tell(world.db, NOW), webhooks.remove(world.db, gone.id, by=office.agnes, now=NOW))

    assert await office.told(gone) == [] and len(await office.told(other)) == 2
