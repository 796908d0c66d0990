"""What waits for somebody, counted: exactly as much as the lists show, in one question however long they are."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.needs import RIGHTS, Need
from booking.domain.sessions import SessionState
from booking.domain.staff import Right, Role, Staff
from booking.services import (
    absentees,
    api_tokens,
    closing,
    decisions,
    external_clashes,
    needs,
    recalls,
    referral_lists,
    refusals,
    scheduling,
    text_tasks,
    to_do,
)
from booking.storage import listings, outbox, phases
from booking.storage.database import Database
from booking.storage.opening import open_database
from booking.storage.tables import messages
from booking.storage.wishes import Wanted
from booking.web.pages import need_words
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_demo import Filled


async def planned(db: Database, by: Staff, now: datetime) -> dict[Need, int]:
    """What stands in the plan of who plans."""
    where = by.agencies_with(Right.PLAN)
    async with db.reading() as tx:
        ahead = await listings.find(tx, Wanted(agency_ids=where, states=[*SessionState], most=500))
        changes = await phases.waiting_at(tx, where)
    ahead = [one.session for one in ahead if one.session.starts_at > now]
    return {
        Need.DRAFTS: sum(one.state is SessionState.DRAFT for one in ahead),
        Need.WAITING: sum(one.waiting for one in ahead if one.state is SessionState.OPEN),
        Need.OPENING: len(changes),
    }


async def lists(db: Database, by: Staff, now: datetime) -> dict[Need, int]:
    """The same by reading every list; what has no list of its own is counted elsewhere."""
    asked = {"by": by, "now": now}
    found = dict.fromkeys(Need, 0)
    if by.may_somewhere(Right.REACH):
        waiting = await to_do.to_do(db, **asked)
        found[Need.TO_CALL] = sum(one.message.channel is Channel.CALL for one in waiting)
        found[Need.TO_PRINT] = len(waiting) - found[Need.TO_CALL]
        recalled = [recalls.to_recall, recalls.wishing, refusals.of_people]
        found[Need.TO_RECALL] = sum([len(await one(db, **asked)) for one in recalled])
        found[Need.TO_RECALL] += len(await text_tasks.to_answer(db, by=by))
        found[Need.ABSENT] = len(await absentees.to_follow_up(db, **asked))
        found[Need.REFERRALS] = await referral_lists.to_look_at(db, by=by)
    if by.may_somewhere(Right.PLAN):
        found[Need.TOO_FEW] = len(await decisions.to_decide(db, **asked))
        found[Need.BUSY_ELSEWHERE] = len({x.meeting_id for x in await external_clashes.to_decide(db, **asked)})
        found[Need.DECLINED] = len(await refusals.of_staff(db, **asked))
        found |= await planned(db, by, now)
    if by.may_somewhere(Right.MARK):
        found[Need.TO_CLOSE] = len(await closing.to_close(db, **asked))
    return found


# What has no list of its own to be counted in.
APART = {Need.FAILED, Need.LISTS}


async def check(db: Database, who: Staff, now: datetime = NOW) -> dict[Need, int]:
    """What is counted, which is as much as stands in the lists."""
    counted = await needs.waiting(db, by=who, now=now)
    read = await lists(db, who, now)
    assert {need: n for need, n in counted.items() if need not in APART} == {need: n for need, n in read.items() if n}
    assert list(counted) == [need for need in Need if need in counted]
    return counted


async def test_as_much_is_counted_as_the_lists_show(in_file: Filled):
    db = open_database(in_file.url)
    staff = [(await api_tokens.bearer(db, one.token, now=NOW)).staff for one in in_file.found]

    seen = {need for who in staff for need in await check(db, who)}
    await db.close()

    assert seen >= {Need.REFERRALS, Need.ABSENT, Need.WAITING}


async def test_both_databases_count_alike_and_no_other_agency_is_told(world: World):
    asking = replace(world.workshop, minimum=2)
    await scheduling.change_workshop(world.db, asking, by=world.manager, site=SITE, now=NOW)
    off, few = await world.session(), await world.session(meeting(in_days(2)))
    await world.booked(off, await world.job_seeker("Ann"))
    await world.booked(few, await world.job_seeker("Bob"))
    await world.draft(meeting(in_days(9)))
    await scheduling.cancel(world.db, off.id, because="Panne", by=world.manager, site=SITE, now=NOW)
    elsewhere = await world.another_agency()
    everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    counted = await check(world.db, world.manager)

    assert counted[Need.TOO_FEW] == counted[Need.DRAFTS] == counted[Need.TO_RECALL] == 1
    assert await check(world.db, everywhere) == counted
    assert (await check(world.db, world.adviser)).keys() < counted.keys()
    assert await check(world.db, world.facilitator) == {}
    assert await check(world.db, await world.staff(Role.MANAGER, elsewhere, "Marc")) == {}


async def test_a_message_that_failed_counts_as_long_as_it_is_of_use(world: World):
    booking = await world.booked(await world.session())
    async with world.db.transaction() as tx:
        await tx.run(update(messages).values(state=MessageState.DEAD, reason="every-way-failed", settled_at=NOW))
        told = {one.dedupe_key: one for one in await outbox.of_booking(tx, booking.id)}

    def failed(now: datetime) -> Awaitable[dict[Need, int]]:
        return needs.waiting(world.db, by=world.adviser, now=now)

    assert told and (await failed(NOW))[Need.FAILED] == sum(one.not_after > NOW for one in told.values())
    assert Need.FAILED not in await failed(in_days(30))


async def test_a_roll_counts_until_it_is_closed(world: World):
    held = await world.session(meeting(in_days(0, hour=1), facilitator_id=world.facilitator.id))
    await world.booked(held)
    after = in_days(0, hour=5)
    assert (await check(world.db, world.facilitator, after))[Need.TO_CLOSE] == 1

    await closing.close(world.db, held.meetings[0].id, by=world.facilitator, now=after)

    assert Need.TO_CLOSE not in await check(world.db, world.facilitator, after)


def test_every_need_has_its_right_its_words_and_its_page():
    for table in (RIGHTS, need_words.ONE, need_words.MANY, need_words.WHERE):
        assert table.keys() == set(Need)
