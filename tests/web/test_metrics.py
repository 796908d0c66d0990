"""What a monitor reads: what was done and what waits, for whoever may ask, and nothing of people."""

from collections.abc import AsyncIterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from booking.services import sealing, telling, webhooks
from booking.services.tallies import DELIVERIES
from booking.storage.constraints import Unavailable
from booking.web.measuring import Measuring
from booking.web.repeating import Repeating
from tests.given import HOUR, NOW, SITE, World
from tests.given_webhooks import Office
from tests.web.programs import Programs
from tests.web.test_health import tick

HERE = "http://127.0.0.1:8000"
TOKEN = "a token that is long enough, and guessed by nobody".replace(" ", "-")
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
Figures = dict[tuple[str, ...], float]


@pytest.fixture
async def monitor(programs: Programs) -> AsyncIterator[httpx.AsyncClient]:
    """A monitor on the same machine."""
    transport = httpx.ASGITransport(app=Measuring(Repeating(programs.app)))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as http:
        yield http


async def figures(monitor: httpx.AsyncClient) -> Figures:
    """Every figure by its name and the values of its labels, in the order of their names."""
    answer = await monitor.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


async def test_what_was_done_in_any_process_is_counted_once(world: World, monitor: httpx.AsyncClient):
    session = await world.session(capacity=1)
    await sealing.seal(world.db, NOW, site=SITE)
    before = await figures(monitor)

    booking = await world.booked(session)
    unsealed = await figures(monitor)
    await sealing.seal(world.db, NOW, site=SITE)
    await figures(monitor)
    after = await figures(monitor)

    booked = ("ateliers_deeds_total", "booked", "booking")
    assert booking and [found[booked] for found in (before, unsealed, after)] == [0, 0, 1]
    assert after["ateliers_audit_head",] > before["ateliers_audit_head",] > 0


async def test_a_job_that_stopped_and_a_message_that_waits_are_told(world: World, monitor: httpx.AsyncClient):
    await world.booked(await world.session())
    await tick(world.db)
    async with world.db.transaction() as tx:
        await tx.run(text("UPDATE messages SET due_at = created_at"))
        await tx.run(text("DELETE FROM job_ticks WHERE name = 'seal'"))

    found = await figures(monitor)

    assert found["ateliers_messages_due",] > 0
    assert found["ateliers_tick_late", "seal"] == 1
    assert ("ateliers_tick_last_good_timestamp_seconds", "sweep") in found
    assert found["ateliers_database_up",] == 1


async def test_what_programs_wait_for_is_told_until_they_are_paused(world: World, monitor: httpx.AsyncClient):
    office = await Office.begin(world)
    endpoint = await office.endpoint()
    await world.booked(await world.session())
    await telling.tell(world.db, NOW - HOUR)

    before = await figures(monitor)
    await webhooks.disable(world.db, endpoint.id, by=office.agnes, now=NOW)
    after = await figures(monitor)

    assert before["ateliers_webhooks_due",] == len(await office.told(endpoint)) > 0
    assert after["ateliers_webhooks_due",] == 0
    assert before["ateliers_queue_oldest_seconds", "webhooks"] == HOUR.total_seconds()
    assert after["ateliers_queue_oldest_seconds", "webhooks"] == 0


@SQLITE
async def test_doors_are_counted_by_their_template_and_refusals_by_their_code(monitor: httpx.AsyncClient):
    before = await figures(monitor)
    await monitor.get("/ical/secret-du-lien/ateliers.ics")
    await monitor.get("/api/v1/me")

    after = await figures(monitor)

    counted = [
        ("ateliers_requests_total", "/ical/{secret}/ateliers.ics", "GET", "404"),
        ("ateliers_request_seconds_count", "/ical/{secret}/ateliers.ics", "GET"),
        ("ateliers_refusals_total", "not-signed-in"),
    ]
    assert [after[one] - before.get(one, 0) for one in counted] == [1, 1, 1]
    assert not [key for key in after if "secret-du-lien" in repr(key)]


@SQLITE
async def test_only_this_machine_or_the_token_reads_them(world: World, programs: Programs):
    programs.app.state["metrics_token"] = TOKEN
    outside = httpx.AsyncClient(transport=httpx.ASGITransport(app=programs.app), base_url=SITE.url)
    far = httpx.ASGITransport(app=programs.app, client=("192.0.2.7", 5000))
    asked = {
        "another name": await outside.get("/metrics"),
        "another machine": await httpx.AsyncClient(transport=far, base_url=HERE).get("/metrics"),
        "through a proxy": await outside.get(f"{HERE}/metrics", headers={"x-forwarded-for": "127.0.0.1"}),
        "a wrong token": await outside.get("/metrics", headers={"authorization": f"Bearer {TOKEN}x"}),
        "the token": await outside.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}),
        "this machine": await outside.get(f"{HERE}/metrics"),
    }
    programs.app.state["metrics_token"] = None
    without = await outside.get("/metrics", headers={"authorization": "Bearer None"})

    assert [answer.status_code for answer in asked.values()] == [404, 404, 404, 404, 200, 200]
    assert without.status_code == 404
    assert asked["the token"].headers["content-type"].startswith("text/plain; version=0.0.4")


async def test_nothing_names_a_person_or_an_agency(world: World, monitor: httpx.AsyncClient):
    person = await world.job_seeker("Zoubeïda", phone="0611223344", email="z@example.org")
    await world.booked(await world.session(), person)
    DELIVERIES.labels("sms", "sms:ovh", "accepted").inc()

    said = (await monitor.get("/metrics")).text

    for word in ("Zoube", "0611223344", "z@example.org", str(person.id), str(world.agency.id), world.agency.name):
        assert word not in said, word


@SQLITE
async def test_a_database_that_is_away_is_told_with_what_the_process_knows(monitor: httpx.AsyncClient, monkeypatch):
    async def away(*_: object) -> None:
        raise Unavailable("nobody answers")

    monkeypatch.setattr("booking.services.ticking.health", away)

    assert (await figures(monitor))["ateliers_database_up",] == 0
