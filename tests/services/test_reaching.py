"""People who are hard to reach: with a place to come, and nothing that would tell them."""

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import PermanentFailure
from booking.domain.bookings import Party
from booking.domain.errors import NotAllowed
from booking.domain.messages import MessageState
from booking.domain.reaching import Remedy, Unreached
from booking.domain.staff import Role
from booking.services import bookings, job_seekers, reaching
from booking.services.job_seekers import PersonSaid
from booking.services.reaching import HardToReach
from booking.services.sending import LEASE, send_due
from booking.storage import outbox
from booking.storage.outbox import Verdict
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

MAIL = "awa@example.org"


async def unreached(world: World, now=NOW, by=None, **asked: object) -> list[HardToReach]:
    return await reaching.find(world.db, by=by or world.adviser, now=now, **asked)  # type: ignore[arg-type]


async def refused(world: World, now=NOW) -> None:
    """The provider knows nobody of that address."""
    post = Deliveries(Provider(failures=[PermanentFailure("550 no such user")]))
    while await send_due(world.db, post, now, site=SITE):
        pass


async def test_whom_nothing_reaches_is_named_until_he_has_a_way(world: World):
    person = await world.job_seeker("Sow")
    await world.booked(await world.session(), person)

    [one] = await unreached(world)
    assert (one.person.id, one.reasons, one.remedies) == (
        person.id,
        {Unreached.NO_WAY},
        [Remedy.PRINT, Remedy.ADD_CONTACT],
    )

    said = PersonSaid(first_name="Awa", last_name="Sow", phone="06 39 98 00 01")
    await job_seekers.change(world.db, person.id, said, by=world.adviser, now=NOW)
    assert await unreached(world) == []


async def test_who_has_no_place_to_come_is_not_looked_for(world: World):
    await world.job_seeker()
    over, cancelled = await world.session(meeting(in_days(1))), await world.session()
    await world.booked(over)
    booking = await world.booked(cancelled)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert await unreached(world, now=in_days(2)) == []


async def test_who_waits_for_a_seat_must_be_reached_too(world: World):
    session = await world.session(capacity=1)
    await world.booked(session, await world.job_seeker(email=MAIL))
    waiting = await world.waiting(session)

    assert [one.booking.id for one in await unreached(world)] == [waiting.id]


async def test_a_refused_address_counts_until_it_is_corrected(world: World):
    person = await world.job_seeker("Sow", email=MAIL, phone="04 76 00 00 00")
    await world.booked(await world.session(), person)
    await refused(world)

    [one] = await unreached(world)
    assert one.reasons == {Unreached.EMAIL_REFUSED}
    assert one.remedies == [Remedy.CALL, Remedy.PRINT, Remedy.CORRECT_EMAIL]

    said = PersonSaid(first_name="Awa", last_name="Sow", email="awa@example.fr")
    await job_seekers.change(world.db, person.id, said, by=world.adviser, now=in_days(1))
    assert await unreached(world, now=in_days(1)) == []


async def test_a_last_message_that_failed_counts_until_another_arrives(world: World):
    booking = await world.booked(await world.session(), await world.job_seeker(email=MAIL))
    await _fails(world)
    [one] = await unreached(world)
    assert (one.booking.id, one.reasons) == (booking.id, {Unreached.LAST_FAILED})

    post = Deliveries(Provider())
    while await send_due(world.db, post, in_days(8), site=SITE):
        pass
    assert await unreached(world, now=in_days(8)) == []


async def test_page_by_page_who_is_expected_first_comes_first(world: World):
    late, soon = await world.session(meeting(in_days(20))), await world.session(meeting(in_days(5)))
    expected = [(await world.booked(session)).job_seeker_id for session in (late, soon, soon)]

    seen, after = [], None
    while some := await unreached(world, most=1, after=after):
        seen.append(some[0].person.id)
        after = some[0].place

    assert seen == [*sorted(expected[1:]), expected[0]]


async def test_the_next_place_is_the_one_that_is_named(world: World):
    person = await world.job_seeker()
    late, soon = await world.session(meeting(in_days(20))), await world.session(meeting(in_days(5)))
    for session in (late, soon):
        await world.booked(session, person)

    [one] = await unreached(world)

    assert one.listed.session.id == soon.id


async def test_only_ones_own_people_and_only_who_reaches_people(world: World):
    await world.booked(await world.session())
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    assert await unreached(world, by=stranger) == []
    with pytest.raises(NotAllowed):
        await unreached(world, by=world.facilitator)


async def _fails(world: World) -> None:
    """The confirmation could not be written, and nobody tries again."""
    async with world.db.transaction() as tx:
        token = world.agency.id
        taken = await outbox.claim(tx, NOW, token, LEASE, 10)
        await outbox.settle(tx, token, {one.id: Verdict(MessageState.DEAD) for one in taken}, NOW)
