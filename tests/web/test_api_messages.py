"""What only a person can say, ticked off by a program."""

import pytest

from booking.delivery.deliveries import Deliveries
from booking.services.sending import send_due
from tests.given import NOW, SITE, World
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_call_to_make_is_listed_and_ticked_off(world: World, programs: Programs) -> None:
    await to_call(world)
    ask = await programs.of(world.adviser)

    (item,) = (await ask("GET", "/messages/to-do")).json()
    done = await ask("POST", f"/messages/{item['id']}/outcome", {"outcome": "reached"})

    assert (item["channel"], item["phone"]) == ("call", "+33476123456")
    assert (done.status_code, done.json()["state"]) == (200, "done")
    assert (await ask("GET", "/messages/to-do")).json() == []


async def test_a_call_that_reaches_nobody_stays_to_do(world: World, programs: Programs) -> None:
    await to_call(world)
    ask = await programs.of(world.adviser)
    (item,) = (await ask("GET", "/messages/to-do")).json()

    tried = await ask("POST", f"/messages/{item['id']}/outcome", {"outcome": "not-reached"})

    assert (tried.json()["state"], tried.json()["attempts"]) == ("to_do", 1)


async def test_an_outcome_that_the_channel_does_not_have_is_refused(world: World, programs: Programs) -> None:
    await to_call(world)
    ask = await programs.of(world.adviser)
    (item,) = (await ask("GET", "/messages/to-do")).json()

    answer = await ask("POST", f"/messages/{item['id']}/outcome", {"outcome": "posted"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/outcome")


async def to_call(world: World) -> None:
    """Somebody with a landline is booked, and the confirmation waits for a call."""
    await world.booked(await world.session(), await world.job_seeker(phone="04 76 12 34 56"))
    await send_due(world.db, Deliveries(), NOW, site=SITE)
