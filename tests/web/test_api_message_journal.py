"""The journal of messages by a program: page by page, and what is done about one message."""

import pytest

from booking.services.message_deeds import stop
from booking.storage import outbox
from tests.given import NOW, World, in_days, meeting
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def booking(world: World):
    person = await world.job_seeker("Diallo", email="awa@example.org")
    return await world.booked(await world.session(meeting(in_days(14))), person)


async def test_the_journal_is_read_page_by_page(world: World, programs: Programs, booking) -> None:
    ask = await programs.of(world.adviser)

    first = (await ask("GET", "/messages?limit=2")).json()
    rest = (await ask("GET", first["next"])).json()

    found = [one["id"] for one in first["items"] + rest["items"]]
    assert len(found) == len(set(found)) == 3 and rest["next"] is None
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=planned", 3), ("kind=reminder", 2), ("channel=sms", 0), ("from=2026-10-20T00:00:00Z", 2)],
)
async def test_it_is_narrowed(world: World, programs: Programs, booking, query: str, count: int) -> None:
    ask = await programs.of(world.adviser)

    answer = await ask("GET", f"/messages?{query}&session={booking.session_id}&booking={booking.id}")

    assert len(answer.json()["items"]) == count


async def test_what_is_asked_strangely_is_refused(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)

    for query in ("state=lost", "from=2026-10-20", "after=nowhere", "job_seeker=x", "strange=1"):
        assert (await ask("GET", f"/messages?{query}")).status_code == 400, query


async def test_a_message_is_stopped_planned_again_and_sent(world: World, programs: Programs, booking) -> None:
    ask = await programs.of(world.adviser)
    (item, *_) = (await ask("GET", "/messages?kind=reminder")).json()["items"]

    stopped = await ask("POST", f"/messages/{item['id']}/stop")
    planned = await ask("DELETE", f"/messages/{item['id']}/stop")
    hurried = await ask("POST", f"/messages/{item['id']}/sending")

    assert (stopped.status_code, stopped.json()["reason"], stopped.json()["deeds"]) == (200, "stopped", ["plan-again"])
    assert planned.json()["state"] == "planned" and planned.json()["due_at"] == item["due_at"]
    assert (hurried.status_code, hurried.json()["id"]) == (202, item["id"])


async def test_what_was_stopped_is_not_said_again(world: World, programs: Programs, booking) -> None:
    ask = await programs.of(world.adviser)
    async with world.db.reading() as tx:
        message = (await outbox.of_booking(tx, booking.id))[0]
    await stop(world.db, message.id, by=world.adviser, now=NOW)

    answer = await ask("POST", f"/messages/{message.id}/resending")

    assert (answer.status_code, answer.json()["type"]) == (409, "message-settled")


async def test_where_nothing_failed_nothing_is_said_again(world: World, programs: Programs, booking) -> None:
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/agencies/{world.agency.id}/resendings")

    assert (answer.status_code, answer.json()) == (202, {"count": 0})
