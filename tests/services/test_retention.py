"""Retention: what is old goes by itself, in small pieces, once a day, and nothing that is still needed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.delivery.deliveries import Deliveries
from booking.domain.errors import InvalidField, NotAllowed
from booking.domain.job_seekers import Channel
from booking.domain.retention import DELAYS, Delays, Rule
from booking.domain.staff import Role
from booking.services import disputing, job_seekers, retention, told
from booking.services.doctor import examine
from booking.services.sending import send_due
from booking.storage.tables import message_attempts, messages, metadata, sent_texts
from tests.given import NOW, SITE, World, in_days
from tests.outside import Provider

YEARS = timedelta(days=365)


async def count(world: World, table) -> int:
    async with world.db.reading() as tx:
        return await tx.value(select(func.count()).select_from(table)) or 0


async def due(world: World, now) -> dict[Rule, int]:
    return {one.rule: one.count for one in await retention.look(world.db, now) if one.count}


@pytest.fixture
async def person(world: World):
    """Somebody who came once, and was told of it by text."""
    found = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    await world.booked(await world.session(), found)
    await send_due(world.db, Deliveries(Provider(Channel.SMS)), NOW, site=SITE)
    return found


async def test_a_dry_run_counts_and_changes_nothing(world: World, person):
    assert await due(world, in_days(31)) == {Rule.WORDS: 1}

    found = {one.rule: one for one in await retention.look(world.db, in_days(800))}

    assert found[Rule.PEOPLE].count == 1 and found[Rule.PEOPLE].oldest == NOW
    assert found[Rule.LOGS].count >= 2 and await count(world, sent_texts) == 1


async def test_texts_go_after_a_month_and_what_left_after_half_a_year(world: World, person):
    await retention.run(world.db, SITE, in_days(60))
    after_two_months = [await count(world, table) for table in (sent_texts, message_attempts)]

    await retention.run(world.db, SITE, in_days(210))

    assert after_two_months == [0, 1]
    assert await count(world, message_attempts) == 0 == await due_messages(world)
    assert await examine(world.db, now=in_days(210)) == []


async def due_messages(world: World) -> int:
    """Messages that have left: what was never said stays until it is settled."""
    async with world.db.reading() as tx:
        left = messages.c.state.in_(("accepted", "delivered"))
        return await tx.value(select(func.count()).select_from(messages).where(left)) or 0


async def test_who_was_not_seen_for_two_years_is_erased_and_who_was_stays(world: World, person):
    other = await job_seekers.register(
        world.db,
        world.agency.id,
        job_seekers.PersonSaid(first_name="Awa", last_name="Belkacem"),
        by=world.adviser,
        now=NOW + 2 * YEARS,
    )

    await retention.run(world.db, SITE, NOW + 2 * YEARS + timedelta(days=15))

    assert await job_seekers.search(world.db, "diallo", by=world.adviser) == []
    assert [one.id for one in await job_seekers.search(world.db, "belkacem", by=world.adviser)] == [other.id]


async def test_a_dispute_keeps_the_person(world: World, person):
    await disputing.begin(world.db, person.id, "Recours 12/26", by=world.manager, now=NOW)

    await retention.run(world.db, SITE, NOW + 3 * YEARS)

    assert (await job_seekers.show(world.db, person.id, by=world.adviser)).last_name == "Diallo"


async def test_a_dispute_keeps_what_was_said_and_when_it_left_until_it_is_over(world: World, person):
    kept = [await count(world, table) for table in (sent_texts, message_attempts, messages)]
    await disputing.begin(world.db, person.id, "Recours 12/26", by=world.manager, now=NOW)

    await retention.run(world.db, SITE, in_days(300))
    await told.forget(world.db, in_days(300))
    in_dispute = [await count(world, table) for table in (sent_texts, message_attempts, messages)]
    await disputing.end(world.db, person.id, by=world.manager, now=in_days(300))
    await retention.run(world.db, SITE, in_days(300))

    assert in_dispute == kept
    assert [await count(world, table) for table in (sent_texts, message_attempts)] == [0, 0]


async def test_a_dispute_about_one_person_keeps_nothing_of_another(world: World, person):
    other = await world.job_seeker("Belkacem")
    await world.booked(await world.session(), other)
    await disputing.begin(world.db, other.id, "Recours 13/26", by=world.manager, now=NOW)

    await told.forget(world.db, in_days(300))

    assert await count(world, sent_texts) == 0


async def test_of_several_processes_one_runs_a_day(world: World, person):
    later = in_days(40)

    went = await asyncio.gather(*(retention.run_daily(world.db, SITE, later) for _ in range(3)))

    assert sorted(went) == [0, 0, 1]
    assert await retention.run_daily(world.db, SITE, later + timedelta(hours=3)) == 0


async def test_a_network_chooses_within_the_bounds(world: World, person):
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    await retention.decide(world.db, Delays({Rule.WORDS: 10}), by=odile, now=NOW)

    assert await due(world, in_days(11)) == {Rule.WORDS: 1}
    with pytest.raises(InvalidField) as refused:
        await retention.decide(world.db, Delays({Rule.PEOPLE: 5000}), by=odile, now=NOW)
    assert refused.value.facts["fields"] == {"people_days": "out-of-range"}
    with pytest.raises(NotAllowed):
        await retention.decide(world.db, Delays({Rule.WORDS: 10}), by=world.manager, now=NOW)


def test_every_delay_is_within_its_own_bounds():
    assert all(delay.shortest <= delay.usual <= delay.longest for delay in DELAYS.values())
    assert set(DELAYS) == set(Rule) and metadata.tables
