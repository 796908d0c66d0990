"""A link through its life, as the program that follows it is answered."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
import structlog
from icalendar import Calendar
from sqlalchemy import update

from booking.domain.staff import Role, Staff
from booking.domain.subscriptions import TOLD, UNUSED, Detail, FeedKind
from booking.services import subscriptions
from booking.services.subscriptions import Issued, Wish
from booking.storage.tables import staff
from tests.given import DAY, HOUR, NOW, World, in_days, meeting
from tests.web.programs import Programs, running

REVOKED = ["Lien d’agenda révoqué"]
AGENT = {"user-agent": "Mozilla/5.0 (X11; rv:115.0) Gecko/20100101 Thunderbird/115.6.0"}


async def follow(world: World, by: Staff | None = None, **wish: object) -> Issued:
    wished = Wish(**({"kind": FeedKind.AGENCY, "scope_id": world.agency.id} | wish))  # type: ignore[arg-type]
    return await subscriptions.create(world.db, wished, by=by or world.manager, now=NOW)


@dataclass
class Clock:
    """Programs that fetch at any time of one's choosing."""

    product: Programs

    async def __call__(self, token: str, at: datetime = NOW, **headers: str) -> httpx.Response:
        self.product.app.state["at"] = at
        return await self.product.http.get(f"/ical/{token}/ateliers.ics", headers=AGENT | headers)


@pytest.fixture
async def fetch(world: World) -> AsyncIterator[Clock]:
    async with running(world) as product:
        yield Clock(product)


def shown(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


async def test_a_link_answers_with_what_is_planned(world: World, fetch: Clock) -> None:
    await world.session(meeting(in_days(3), room_id=world.room.id))
    token = (await follow(world)).token

    answer = await fetch(token)

    assert shown(answer) == [world.workshop.title]
    assert answer.headers["cache-control"] == "private, no-cache" and "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer" and token not in answer.text


async def test_who_fetched_last_is_told_to_the_owner(world: World, fetch: Clock) -> None:
    issued = await follow(world)

    await fetch(issued.token, NOW + HOUR)

    one = (await subscriptions.show(world.db, issued.subscription.id, by=world.manager, now=NOW)).subscription
    assert (one.last_client, one.last_used_at) == ("Thunderbird", NOW + HOUR)


async def test_a_revoked_link_says_so_for_a_month_and_then_is_gone(world: World, fetch: Clock) -> None:
    await world.session()
    issued = await follow(world)
    await subscriptions.revoke(world.db, issued.subscription.id, by=world.manager, now=NOW)

    assert shown(await fetch(issued.token)) == REVOKED
    assert shown(await fetch(issued.token, NOW + TOLD - HOUR)) == REVOKED
    assert (await fetch(issued.token, NOW + TOLD)).status_code == 410


async def test_a_link_given_up_for_another_says_so_for_a_month_and_then_is_gone(world: World, fetch: Clock) -> None:
    await world.session()
    old = await follow(world)
    new = await subscriptions.rotate(world.db, old.subscription.id, by=world.manager, now=NOW)

    assert shown(await fetch(old.token)) == REVOKED
    assert (await fetch(old.token, NOW + TOLD)).status_code == 410
    assert shown(await fetch(new.token)) == [world.workshop.title]


async def test_what_is_restored_answers_as_before_also_to_who_saw_the_end(world: World, fetch: Clock) -> None:
    await world.session()
    issued, by = await follow(world), world.manager
    await subscriptions.revoke(world.db, issued.subscription.id, by=by, now=NOW)
    over = await fetch(issued.token, NOW + HOUR)
    await subscriptions.restore(world.db, issued.subscription.id, by=by, now=NOW + 2 * HOUR)

    seen = {"if-none-match": over.headers["etag"], "if-modified-since": over.headers["last-modified"]}
    for headers in (seen, {"if-modified-since": seen["if-modified-since"]}):
        assert shown(await fetch(issued.token, NOW + 3 * HOUR, **headers)) == [world.workshop.title]


@pytest.mark.parametrize(
    "change",
    [
        {"detail": Detail.BUSY},
        {"detail": Detail.TITLE},
        {"hides_cancelled": True},
        {"name": "Chez moi"},
    ],
)
async def test_a_change_of_its_owner_is_answered_the_next_time(
    world: World, fetch: Clock, change: dict[str, object]
) -> None:
    await world.session()
    issued = await follow(world, name="Tout")
    before = await fetch(issued.token)
    wish = {"name": "Tout", "detail": Detail.PLACE, "hides_cancelled": False} | change
    await subscriptions.change(world.db, issued.subscription.id, **wish, by=world.manager, now=NOW + HOUR)

    by_tag = await fetch(issued.token, NOW + HOUR, **{"if-none-match": before.headers["etag"]})
    by_time = await fetch(issued.token, NOW + HOUR, **{"if-modified-since": before.headers["last-modified"]})

    assert (before.status_code, by_tag.status_code, by_time.status_code) == (200, 200, 200)


async def test_what_did_not_change_costs_nothing(world: World, fetch: Clock) -> None:
    await world.session()
    token = (await follow(world)).token
    before = await fetch(token)

    assert (await fetch(token, **{"if-none-match": before.headers["etag"]})).status_code == 304


async def test_no_log_names_a_link(world: World, fetch: Clock, caplog: pytest.LogCaptureFixture) -> None:
    issued = await follow(world)

    with structlog.testing.capture_logs() as logged:
        await fetch(issued.token)
        await fetch(issued.token[:-1])
        await subscriptions.revoke(world.db, issued.subscription.id, by=world.manager, now=NOW)
        await fetch(issued.token, NOW + TOLD)

    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not [line for line in (*map(str, logged), *ours) if issued.token[:20] in line]


@pytest.mark.parametrize("wrong", ["x", "x" * 43, "é" * 43, "a" * 5000, "%00", "..%2f.."])
async def test_an_unknown_link_is_not_found(world: World, fetch: Clock, wrong: str) -> None:
    assert (await fetch(wrong)).status_code == 404


async def test_a_mistyped_link_is_unknown(world: World, fetch: Clock) -> None:
    token = (await follow(world)).token

    for mistyped in (token[:-1], token + "A", token.swapcase(), token[::-1]):
        assert (await fetch(mistyped)).status_code == 404


async def test_a_link_nobody_used_for_half_a_year_is_over(world: World, fetch: Clock) -> None:
    await world.session(meeting(in_days(200)))
    issued = await follow(world)

    assert shown(await fetch(issued.token, NOW + UNUSED)) == REVOKED
    used = await follow(world)
    await fetch(used.token, in_days(100))
    assert shown(await fetch(used.token, NOW + UNUSED)) == [world.workshop.title]


async def test_a_new_link_wakes_what_slept(world: World, fetch: Clock) -> None:
    await world.session(meeting(in_days(200)))
    issued, later = await follow(world), NOW + UNUSED + DAY
    fresh = await subscriptions.rotate(world.db, issued.subscription.id, by=world.manager, now=later)

    assert shown(await fetch(fresh.token, later)) == [world.workshop.title]


async def test_who_left_has_no_links_any_more(world: World, fetch: Clock) -> None:
    token = (await follow(world)).token
    async with world.db.transaction() as tx:
        await tx.run(update(staff).where(staff.c.id == world.manager.id).values(disabled_at=NOW))

    assert shown(await fetch(token, NOW + HOUR)) == REVOKED
    assert (await fetch(token, NOW + TOLD)).status_code == 410


async def test_no_calendar_of_an_adviser_names_anybody(world: World, fetch: Clock) -> None:
    session = await world.session(meeting(in_days(3)))
    person = await world.job_seeker("Zibeline", first_name="Xantippe", phone="0612345678")
    await world.booked(session, person)
    await world.session(meeting(in_days(4)))

    answer = await fetch((await follow(world, world.adviser, kind=FeedKind.ADVISER, scope_id=None)).token)

    assert len(shown(answer)) == 1
    assert not [said for said in ("Zibeline", "Xantippe", "612345678", "12 34 56 78") if said in answer.text]


async def test_whose_sessions_are_followed(world: World, fetch: Clock) -> None:
    lyon = await world.another_agency()
    sonia = await world.staff(Role.MANAGER, lyon, "Sonia")
    await world.session(meeting(in_days(3), room_id=world.room.id, facilitator_id=world.facilitator.id))
    await world.session(meeting(in_days(4)))
    await world.session(meeting(in_days(5)), agency_id=lyon.id, by=sonia)
    wishes = {
        FeedKind.AGENCY: (world.agency.id, world.manager, 2),
        FeedKind.ROOM: (world.room.id, world.manager, 1),
        FeedKind.WORKSHOP: (world.workshop.id, world.manager, 3),
        FeedKind.FACILITATOR: (None, world.facilitator, 1),
        FeedKind.NETWORK: (None, world.adviser, 3),
    }

    for kind, (scope_id, by, count) in wishes.items():
        issued = await follow(world, by, kind=kind, scope_id=scope_id)
        assert len(shown(await fetch(issued.token, NOW + timedelta(minutes=1)))) == count, kind
