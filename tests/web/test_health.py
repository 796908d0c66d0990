"""Whether the product is well, as a watcher is told."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from booking.delivery.mailbox import MailboxFailed
from booking.domain.gates import Gate, Trouble
from booking.domain.job_seekers import Channel
from booking.services import own_invitations, ticking
from booking.storage import gates, ticks
from booking.storage.database import Database
from booking.storage.tables import messages
from tests.given import NOW, World, in_days, meeting
from tests.web.programs import Programs, running


async def test_a_process_that_answers_lives(programs: Programs) -> None:
    answer = await programs.nobody()("GET", "/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_a_database_with_the_schema_is_ready(programs: Programs) -> None:
    answer = await programs.nobody()("GET", "/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert (await programs.nobody()("HEAD", "/health/ready")).status_code == 200


async def test_a_schema_of_another_time_is_not_ready(world: World, programs: Programs) -> None:
    async with world.db.transaction() as tx:
        await tx.run(text("UPDATE alembic_version SET version_num = 'older'"))

    answer = await programs.nobody()("GET", "/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"status": "not-ready", "reason": "schema"})


async def test_jobs_that_never_ran_are_named(programs: Programs) -> None:
    answer = await programs.nobody()("GET", "/health/jobs")

    assert answer.status_code == 503
    assert answer.json()["reason"] == "jobs"
    assert set(answer.json()["silent"]) == set(ticking.NAMES)


async def test_jobs_that_ran_are_well(world: World) -> None:
    await tick(world.db)

    async with running(world, at=await world.db.now()) as programs:
        answer = await programs.nobody()("GET", "/health/jobs")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_a_message_that_waits_too_long_is_told(world: World) -> None:
    await world.booked(await world.session())
    await tick(world.db)
    async with world.db.transaction() as tx:
        await tx.run(messages.update().values(due_at=NOW, not_after=in_days(300)))

    async with running(world, at=await world.db.now()) as programs:
        answer = await programs.nobody()("GET", "/health/jobs")

    assert (answer.status_code, answer.json()["reason"]) == (503, "messages")
    assert answer.json()["overdue_since"] == "2026-10-19T08:00:00Z"


@pytest.mark.parametrize(("machines", "status"), [([Channel.EMAIL], 503), ([], 200)])
async def test_an_invitation_that_waits_too_long_is_told_where_mail_is_sent(world, machines, status: int) -> None:
    await own_invitations.choose(world.db, "karim@example.org", True, by=world.facilitator, now=NOW)
    await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))
    await tick(world.db)

    async with running(world, at=in_days(2), machines=machines) as programs:
        answer = await programs.nobody()("GET", "/health/jobs")

    assert answer.status_code == status
    assert answer.json()["overdue_since"] == ("2026-10-19T08:10:00Z" if machines else None)


@pytest.mark.parametrize(("pause", "silent"), [(timedelta(), ["replies"]), (timedelta(days=1), [])])
async def test_a_mailbox_that_cannot_be_read_is_told_while_it_is_tried(world, pause: timedelta, silent) -> None:
    async def broken(_: Database, __: object) -> int:
        raise MailboxFailed("error")

    await tick(world.db)
    with pytest.raises(MailboxFailed):
        await ticking.record(world.db, "replies", broken)
    now = await world.db.now()
    async with world.db.transaction() as tx:
        await ticks.started(tx, "replies", now - pause)

    async with running(world, at=now) as programs:
        answer = await programs.nobody()("GET", "/health/jobs")

    assert answer.json()["silent"] == silent


async def tick(db: Database) -> None:
    """Every job runs once, and meets nothing."""

    async def nothing(_: Database, __: object) -> int:
        return 0

    for name in ticking.NAMES:
        await ticking.record(db, name, nothing)


async def test_a_provider_by_which_nothing_leaves_is_named_without_its_words(world: World) -> None:
    await tick(world.db)
    now = await world.db.now()
    async with world.db.transaction() as tx:
        await gates.hold(tx, ["sms:ovh"])
        await gates.keep(tx, Gate(name="sms:ovh").faulted(Trouble.KEY, "the key is refused", now))

    async with running(world, at=now) as programs:
        answer = await programs.nobody()("GET", "/health/jobs")

    assert (answer.status_code, answer.json()["reason"]) == (503, "providers")
    assert answer.json()["providers"]["sms:ovh"]["trouble"] == "key"
    assert "refused" not in answer.text
