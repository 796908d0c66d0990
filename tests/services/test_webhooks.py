"""Who decides which programs hear what happens here."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, ReceiverDisabled, Refused
from booking.domain.identifiers import new_id
from booking.domain.staff import Role, Staff
from booking.domain.webhooks import Endpoint
from booking.services import webhook_trials, webhooks
from booking.services.telling import tell
from booking.storage import audit
from tests.given import DAY, NOW, World
from tests.given_webhooks import Office, an_endpoint

URL = "https://suivi.example.org/recu"
Deed = Callable[[Staff], Awaitable[object]]


@pytest.fixture
async def office(world: World) -> Office:
    return await Office.begin(world)


def deeds(world: World, endpoint: Endpoint) -> list[Deed]:
    """Everything that can be done with an endpoint."""
    db, id = world.db, endpoint.id
    return [
        lambda by: webhooks.show(db, id, by=by),
        lambda by: webhooks.told(db, id, by=by, most=10),
        lambda by: webhooks.change(db, replace(endpoint, url=URL), by=by, now=NOW),
        lambda by: webhooks.rotate(db, id, by=by, now=NOW),
        lambda by: webhooks.disable(db, id, by=by, now=NOW),
        lambda by: webhooks.enable(db, id, by=by, now=NOW),
        lambda by: webhook_trials.try_out(db, id, by=by, now=NOW),
        lambda by: webhook_trials.replay(db, id, new_id(NOW), by=by, now=NOW),
        lambda by: webhooks.remove(db, id, by=by, now=NOW),
    ]


async def refused(deed: Deed, by: Staff) -> type[Refused]:
    with pytest.raises(Refused) as refusal:
        await deed(by)
    return refusal.type


async def test_only_administrators_of_the_place_reach_a_program(world: World, office: Office) -> None:
    elsewhere = await world.another_agency()
    own = await world.staff(Role.ADMINISTRATOR, world.agency, "Paul")
    stranger = await world.staff(Role.ADMINISTRATOR, elsewhere, "Sonia")
    of_agency, of_network = await office.endpoint(agency=world.agency), await office.endpoint()

    for here, everywhere in zip(deeds(world, of_agency), deeds(world, of_network), strict=True):
        assert await refused(here, world.manager) is NotAllowed
        assert await refused(here, stranger) is NotFound
        assert await refused(everywhere, own) is NotFound
    assert [one.id for one in await webhooks.every(world.db, by=own)] == [of_agency.id]
    assert await webhooks.every(world.db, by=stranger) == []
    assert len(await webhooks.every(world.db, by=office.agnes)) == 2
    with pytest.raises(NotAllowed):
        await webhooks.every(world.db, by=world.manager)


async def test_who_administers_one_agency_lets_nobody_hear_of_another(world: World, office: Office) -> None:
    own = await world.staff(Role.ADMINISTRATOR, world.agency, "Paul")
    elsewhere = await world.another_agency()

    for agency, refusal in ((None, NotAllowed), (elsewhere, NotFound)):
        with pytest.raises(refusal):
            await webhooks.add(world.db, an_endpoint(URL, own, agency), by=own, now=NOW)

    assert await webhooks.add(world.db, an_endpoint(URL, own, world.agency), by=own, now=NOW)


async def test_an_agency_that_does_not_exist_has_no_programs(world: World, office: Office) -> None:
    nowhere = replace(an_endpoint(URL, office.agnes), agency_id=new_id(NOW))

    with pytest.raises(NotFound):
        await webhooks.add(world.db, nowhere, by=office.agnes, now=NOW)


async def test_an_address_of_this_machine_is_refused_unless_one_tries_out(world: World, office: Office) -> None:
    endpoint = await office.endpoint()

    with pytest.raises(InvalidField):
        await webhooks.add(world.db, an_endpoint("http://127.0.0.1:9000", office.agnes), by=office.agnes, now=NOW)
    with pytest.raises(InvalidField):
        await webhooks.change(world.db, replace(endpoint, url="https://10.0.0.1"), by=office.agnes, now=NOW)

    assert (await webhooks.show(world.db, endpoint.id, by=office.agnes)).url == endpoint.url


async def test_a_change_leaves_agency_secret_and_state(world: World, office: Office) -> None:
    before = await office.endpoint(agency=world.agency)
    await webhooks.rotate(world.db, before.id, by=office.agnes, now=NOW)
    wished = replace(before, name="Autre", url=URL, events=("booking.booked",), agency_id=None, version=9)

    after = await webhooks.change(world.db, wished, by=office.agnes, now=NOW)

    assert (after.name, after.url, after.events) == ("Autre", URL, ("booking.booked",))
    assert (after.agency_id, after.version, after.disabled_at) == (world.agency.id, 1, None)
    assert await webhooks.show(world.db, before.id, by=office.agnes) == after


async def test_a_pause_is_begun_and_ended_once(world: World, office: Office) -> None:
    endpoint = await office.endpoint()

    paused = [await webhooks.disable(world.db, endpoint.id, by=office.agnes, now=NOW + n * DAY) for n in range(2)]
    for _ in range(2):
        running = await webhooks.enable(world.db, endpoint.id, by=office.agnes, now=NOW)

    assert {(one.disabled_at, one.disabled_because) for one in paused} == {(NOW, "by-hand")}
    assert (running.disabled_at, running.disabled_because) == (None, None)


async def test_nothing_is_tried_or_sent_again_during_a_pause(world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    delivery = await webhook_trials.try_out(world.db, endpoint.id, by=office.agnes, now=NOW)
    await webhooks.disable(world.db, endpoint.id, by=office.agnes, now=NOW)

    with pytest.raises(ReceiverDisabled):
        await webhook_trials.try_out(world.db, endpoint.id, by=office.agnes, now=NOW)
    with pytest.raises(ReceiverDisabled):
        await webhook_trials.replay(world.db, endpoint.id, delivery.id, by=office.agnes, now=NOW)


async def test_what_another_program_was_told_is_not_sent_again_here(world: World, office: Office) -> None:
    one, other = await office.endpoint(), await office.endpoint()
    delivery = await webhook_trials.try_out(world.db, one.id, by=office.agnes, now=NOW)

    with pytest.raises(NotFound):
        await webhook_trials.replay(world.db, other.id, delivery.id, by=office.agnes, now=NOW)


async def test_a_test_is_told_to_this_program_only(world: World, office: Office) -> None:
    one, other = await office.endpoint(), await office.endpoint()

    await webhook_trials.try_out(world.db, one.id, by=office.agnes, now=NOW)
    await tell(world.db, NOW)

    assert await office.types(one) == ["webhook.test"] and await office.types(other) == []


async def test_what_was_told_is_read_page_by_page_the_latest_first(world: World, office: Office) -> None:
    endpoint = await office.endpoint()
    for n in range(5):
        await webhook_trials.try_out(world.db, endpoint.id, by=office.agnes, now=NOW + n // 2 * DAY)
    pages, before = [], None
    while found := (await webhooks.told(world.db, endpoint.id, by=office.agnes, most=2, before=before)).deliveries:
        pages.append(found)
        before = (found[-1].created_at, found[-1].id)

    every = [one for page in pages for one in page]
    assert list(map(len, pages)) == [2, 2, 1]
    assert every == sorted(every, key=lambda one: (one.created_at, one.id), reverse=True)


async def test_every_deed_is_written_down(world: World, office: Office) -> None:
    db, by = world.db, office.agnes
    endpoint = await office.endpoint()
    delivery = await webhook_trials.try_out(db, endpoint.id, by=by, now=NOW)
    await webhook_trials.replay(db, endpoint.id, delivery.id, by=by, now=NOW)
    await webhooks.change(db, replace(endpoint, url=URL), by=by, now=NOW)
    await webhooks.rotate(db, endpoint.id, by=by, now=NOW)
    await webhooks.disable(db, endpoint.id, by=by, now=NOW)
    await webhooks.enable(db, endpoint.id, by=by, now=NOW)
    await webhooks.remove(db, endpoint.id, by=by, now=NOW)

    done = ("added", "tested", "replayed", "changed", "rotated", "disabled", "enabled", "removed")
    async with db.reading() as tx:
        lines = [await audit.latest(tx, action, endpoint.id) for action in done]
    assert [line and line.staff_id for line in lines] == [by.id] * len(done)
    assert await webhooks.every(db, by=by) == []
