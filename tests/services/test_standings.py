"""How the jobs stand, and what of it needs a person."""

from datetime import timedelta

from sqlalchemy import insert, update

from booking.domain.gates import Gate, Terms, Trouble
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.services import ticking
from booking.services.standings import Concern, Counted, Standing, look
from booking.storage import gates, standings
from booking.storage.tables import external_calendars, messages, webhook_endpoints
from tests.given import NOW, World, in_days

MAIL = frozenset({Channel.EMAIL})


async def beaten(world: World) -> None:
    """Every job ran, and met two rows."""

    async def work(db, now) -> int:
        return 2

    for name in ticking.NAMES:
        await ticking.record(world.db, name, work)


async def standing(world: World, machines: frozenset[Channel] = MAIL) -> Standing:
    return await look(world.db, await world.db.now(), machines=machines, reads_replies=False)


async def a_message(world: World, **known: object) -> None:
    """One confirmation, and nothing else, of a session to come by any clock."""
    await world.booked(await world.session())
    async with world.db.transaction() as tx:
        await tx.run(update(messages).values(due_at=in_days(9000), not_after=in_days(9001)))
        await tx.run(update(messages).where(messages.c.rule == "now").values(**known))


async def a_gate(world: World, gate: Gate) -> None:
    async with world.db.transaction() as tx:
        await gates.hold(tx, [gate.name])
        await gates.keep(tx, gate)


async def test_all_is_well_while_everything_beats(world: World) -> None:
    await beaten(world)

    found = await standing(world)

    assert found.concerns == ()
    assert {tick.name for tick in found.ticks} == set(ticking.NAMES)
    assert all(tick.rows == 2 and tick.finished_at and not tick.is_late for tick in found.ticks)


async def test_what_never_ran_is_late(world: World) -> None:
    found = await standing(world)

    assert found.concerns == (Concern.SILENT,)
    assert all(tick.is_late and tick.started_at is None for tick in found.ticks)


async def test_messages_are_counted_by_state_and_channel(world: World) -> None:
    await beaten(world)
    await a_message(world, state=MessageState.ACCEPTED, channel=Channel.EMAIL)

    found = await standing(world)

    assert Counted(MessageState.ACCEPTED, Channel.EMAIL, 1) in found.messages
    assert Counted(MessageState.PLANNED, None, 2) in found.messages


async def test_a_message_that_waits_too_long_needs_somebody(world: World) -> None:
    await beaten(world)
    await a_message(world, due_at=NOW)

    found = await standing(world)

    assert (found.concerns, found.overdue_since) == ((Concern.OVERDUE,), NOW)


async def test_what_died_needs_somebody_while_it_is_of_use(world: World) -> None:
    await beaten(world)
    await a_message(world, state=MessageState.DEAD)

    found = await look(world.db, NOW, machines=MAIL, reads_replies=False)
    later = await look(world.db, in_days(20), machines=MAIL, reads_replies=False)

    assert (found.dead, found.dead_of_use) == (1, 1) and Concern.DEAD in found.concerns
    assert (later.dead, later.dead_of_use) == (1, 0) and Concern.DEAD not in later.concerns


async def test_a_channel_that_fails_for_every_letter_rests(world: World) -> None:
    await beaten(world)
    now = await world.db.now()
    await a_gate(world, Gate(name="sms:ovh").faulted(Trouble.KEY, "401", now))

    found = await standing(world)

    assert found.concerns == (Concern.RESTING,)
    assert [(one.name, one.trouble, one.since) for one in found.providers] == [("sms:ovh", Trouble.KEY, now)]


async def test_a_day_that_is_full_needs_somebody_and_so_does_little_credit(world: World) -> None:
    await beaten(world)
    now = await world.db.now()
    full, _ = Gate(name="sms:ovh", credit=12.0, asked_at=now).taken(2, Terms(name="sms:ovh", a_day=2), now)
    await a_gate(world, full)

    found = await standing(world)

    assert found.concerns == (Concern.FULL, Concern.CREDIT)
    assert [(one.sent_today, one.is_full, one.credit) for one in found.providers] == [(2, True, 12.0)]


async def test_of_a_provider_that_was_given_up_nothing_is_said(world: World) -> None:
    await beaten(world)
    await a_gate(world, Gate(name="sms:ovh").faulted(Trouble.KEY, "401", await world.db.now() - timedelta(days=3)))

    found = await standing(world)

    assert (found.concerns, found.providers) == ((), [])


async def test_a_program_that_does_not_answer_needs_somebody(world: World) -> None:
    await beaten(world)
    known = {"id": new_id(NOW), "url": "https://example.org", "name": "Mission locale", "events": ["session.moved"]}
    heard = {"created_by": world.manager.id, "created_at": NOW, "heard_id": 0, "seen_id": 0, "seen_at": NOW}
    async with world.db.transaction() as tx:
        await tx.run(insert(webhook_endpoints).values(**known, **heard, failing_since=NOW))

    found = await standing(world)

    assert found.concerns == (Concern.WEBHOOKS,)
    assert found.webhooks_failing == {"Mission locale": NOW}


async def test_a_calendar_elsewhere_needs_somebody_after_five_failures(world: World) -> None:
    await beaten(world)
    known = {"id": new_id(NOW), "agency_id": world.agency.id, "holder_id": world.room.id, "room_id": world.room.id}
    told = {"name": "Mairie", "url": "https://example.org/x.ics", "created_by": world.manager.id, "created_at": NOW}
    async with world.db.transaction() as tx:
        new = insert(external_calendars).values(**known, **told, problems={}, next_at=NOW, failures=4)
        await tx.run(new)
    before = await standing(world)
    async with world.db.transaction() as tx:
        await tx.run(update(external_calendars).values(failures=5))

    after = await standing(world)

    assert (before.concerns, after.concerns) == ((), (Concern.CALENDARS,))
    assert after.calendars_failing == {"Mairie": 5}


async def test_the_clock_is_that_of_most_agencies(world: World) -> None:
    await world.another_agency()
    await world.another_agency("Saint-Denis", time_zone="Indian/Reunion")

    async with world.db.reading() as tx:
        assert await standings.usual_zone(tx) == "Europe/Paris"
