"""What a secret link opens, how its use is noted, and what it says when it is over."""

from datetime import datetime

import pytest
from sqlalchemy import select, update

from booking.domain.errors import NotFound, SubscriptionOver
from booking.domain.subscriptions import FeedKind, Subscription
from booking.services import feeds, secret_links, subscriptions
from booking.services.subscriptions import Issued, Wish
from booking.storage.tables import staff, staff_roles
from booking.storage.tables import subscriptions as table
from tests.given import NOW, SITE, World, in_days, meeting


async def issued(world: World, kind: FeedKind = FeedKind.AGENCY) -> Issued:
    scope_id = world.agency.id if kind is FeedKind.AGENCY else None
    return await subscriptions.create(world.db, Wish(kind=kind, scope_id=scope_id), by=world.adviser, now=NOW)


async def read(world: World, token: str, now: datetime = NOW, client: str = "Thunderbird") -> str:
    state = await secret_links.follow(world.db, token, client=client, now=now)
    return (await feeds.text(world.db, state, site=SITE)).decode()


async def noted(world: World) -> Subscription:
    async with world.db.reading() as tx:
        row = await tx.row(select(table.c.last_used_at, table.c.last_client))
    assert row
    return row.last_used_at, row.last_client


async def test_a_link_opens_its_calendar(world: World) -> None:
    session = await world.session()

    assert f"UID:{session.meetings[0].id}@" in await read(world, (await issued(world)).token)


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "a" * 43, "\udcff", "%00", "a" * 5000])
async def test_an_unknown_link_opens_nothing(world: World, token: str) -> None:
    await issued(world)

    with pytest.raises(NotFound):
        await read(world, token)


async def test_who_fetched_last_and_when_is_noted(world: World) -> None:
    token = (await issued(world)).token
    assert await noted(world) == (None, None)

    await read(world, token, in_days(1), "Thunderbird")

    assert await noted(world) == (in_days(1), "Thunderbird")


async def test_who_polls_each_hour_is_noted_twice_a_day(world: World) -> None:
    token = (await issued(world)).token
    await read(world, token, NOW)

    await read(world, token, in_days(0, 11))
    assert (await noted(world))[0] == NOW
    await read(world, token, in_days(0, 12))
    assert (await noted(world))[0] == in_days(0, 12)


async def test_another_program_is_noted_after_an_hour(world: World) -> None:
    token = (await issued(world)).token
    await read(world, token, NOW, "Thunderbird")

    await read(world, token, in_days(0, 0.5), "Google Agenda")
    assert await noted(world) == (NOW, "Thunderbird")
    await read(world, token, in_days(0, 1), "Google Agenda")
    assert await noted(world) == (in_days(0, 1), "Google Agenda")


async def test_for_a_month_a_revoked_link_says_so_in_the_calendar_and_is_gone_then(world: World) -> None:
    await world.session()
    mine = await issued(world)
    await subscriptions.revoke(world.db, mine.subscription.id, by=world.adviser, now=in_days(1))

    for day in (1, 15, 30):
        said = await read(world, mine.token, in_days(day))
        assert said.count("BEGIN:VEVENT") == 1
        assert "SUMMARY:Lien d’agenda révoqué" in said
        assert "Premiers pas" not in said and mine.subscription.name not in said
    with pytest.raises(SubscriptionOver):
        await read(world, mine.token, in_days(31))
    assert await noted(world) == (None, None), "a link that is over is not in use"


async def test_a_new_link_ends_the_old_one_only(world: World) -> None:
    await world.session()
    mine = await issued(world)
    new = await subscriptions.rotate(world.db, mine.subscription.id, by=world.adviser, now=in_days(1))

    assert "révoqué" in await read(world, mine.token, in_days(2))
    assert "Premiers pas" in await read(world, new.token, in_days(2))
    with pytest.raises(SubscriptionOver):
        await read(world, mine.token, in_days(31))
    assert "Premiers pas" in await read(world, new.token, in_days(13))


async def test_a_link_that_lay_unused_for_half_a_year_is_over(world: World) -> None:
    token = (await issued(world)).token
    await read(world, token, in_days(100))

    assert "révoqué" not in await read(world, token, in_days(282))
    lying = (await issued(world, FeedKind.NETWORK)).token
    assert "révoqué" in await read(world, lying, in_days(183))


async def test_a_link_ends_with_its_owner(world: World) -> None:
    token = (await issued(world)).token
    async with world.db.transaction() as tx:
        await tx.run(update(staff).where(staff.c.id == world.adviser.id).values(disabled_at=in_days(2)))

    assert "révoqué" in await read(world, token, in_days(3))
    with pytest.raises(SubscriptionOver):
        await read(world, token, in_days(32))


async def test_a_link_ends_the_day_after_a_service_ends(world: World) -> None:
    token = (await issued(world)).token
    async with world.db.transaction() as tx:
        last = in_days(2).date()
        await tx.run(update(staff).where(staff.c.id == world.adviser.id).values(ends_on=last))

    assert "révoqué" not in await read(world, token, in_days(2, 10))
    assert "révoqué" in await read(world, token, in_days(2, 15))


async def test_a_link_to_an_agency_is_over_for_who_works_there_no_more(world: World) -> None:
    lyon = await world.another_agency()
    agency, network = (await issued(world)).token, (await issued(world, FeedKind.NETWORK)).token
    async with world.db.transaction() as tx:
        mine = staff_roles.c.staff_id == world.adviser.id
        await tx.run(update(staff_roles).where(mine).values(agency_id=lyon.id))

    assert "révoqué" in await read(world, agency, in_days(1))
    assert "révoqué" in await read(world, agency, in_days(30))
    with pytest.raises(SubscriptionOver):
        await read(world, agency, in_days(31))
    assert "révoqué" not in await read(world, network, in_days(31))


async def test_a_calendar_keeps_the_clock_of_its_owner(world: World) -> None:
    await world.session(meeting(in_days(14)))

    assert "X-WR-TIMEZONE:Europe/Paris" in await read(world, (await issued(world, FeedKind.NETWORK)).token)
