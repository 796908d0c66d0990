"""Who is no longer written to by a way, and how that ends."""

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.errors import InvalidField, NotFound, StaleEdit
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.messages import MessageState
from booking.domain.reaching import Remedy, Unreached
from booking.domain.staff import Role
from booking.domain.suppressions import Because
from booking.services import foreseeing, journals, merging, messages, reaching, suppressing
from booking.services.sending import send_due
from booking.storage import outbox
from tests.given import NOW, SITE, World
from tests.outside import Provider

MOBILE, MAIL = "+33639980101", "awa@example.org"


async def stopped(world: World, channel: Channel, address: str, because: Because = Because.STOP) -> None:
    async with world.db.transaction() as tx:
        await suppressing.stop(tx, channel, address, because, site=SITE, now=NOW)


async def closed(world: World, person: JobSeeker, by=None) -> list:
    return (await suppressing.shown(world.db, person.id, site=SITE, by=by or world.adviser))[0]


async def leaves(world: World, booking) -> list[tuple[MessageState, Channel | None, str | None]]:
    """What becomes of all that is said about a booking today."""
    ways = Deliveries(Provider(Channel.SMS), Provider())
    while await send_due(world.db, ways, NOW, site=SITE):
        pass
    async with world.db.reading() as tx:
        found = await outbox.of_booking(tx, booking.id)
    return [(message.state, message.channel, message.reason) for message in found if message.due_at <= NOW]


async def test_a_way_that_is_not_wanted_is_left_out_and_the_next_is_taken(world):
    awa = await world.job_seeker(phone=MOBILE, email=MAIL)
    await stopped(world, Channel.EMAIL, "AWA@example.org")

    told = await leaves(world, await world.booked(await world.session(), awa))

    assert told == [(MessageState.ACCEPTED, Channel.SMS, None)]


async def test_where_no_machine_is_wanted_somebody_calls_or_hands_it_over(world):
    awa = await world.job_seeker(email=MAIL)
    await stopped(world, Channel.EMAIL, MAIL)

    ((state, channel, _),) = await leaves(world, await world.booked(await world.session(), awa))

    assert (state, channel) == (MessageState.TO_DO, Channel.HAND)


async def test_whose_only_way_is_not_wanted_is_hard_to_reach_and_is_foreseen_so(world):
    awa = await world.job_seeker(email=MAIL)
    booking = await world.booked(await world.session(), awa)
    said = {"by": world.adviser, "now": NOW, "site": SITE}
    assert not await reaching.find(world.db, **said)
    await stopped(world, Channel.EMAIL, MAIL)

    (one,) = await reaching.find(world.db, **said)
    soon = await foreseeing.foresee(world.db, Deliveries(Provider()).channels, NOW, SITE)

    assert (one.booking.id, one.reasons) == (booking.id, {Unreached.NOT_WANTED})
    assert one.remedies == [Remedy.PRINT, Remedy.ADD_CONTACT]
    assert [fate.channel for fate in soon.then] == [Channel.HAND]


async def test_what_is_planned_names_the_way_that_it_will_take(world):
    awa = await world.job_seeker(phone=MOBILE, email=MAIL)
    await stopped(world, Channel.EMAIL, MAIL)
    booking = await world.booked(await world.session(), awa)
    said = {"machines": {Channel.EMAIL, Channel.SMS}, "by": world.adviser, "now": NOW, "site": SITE}

    planned = await messages.of_booking(world.db, booking.id, **said)
    lines = await journals.find(world.db, journals.Sought(), **said)

    assert {one.channel for one in (*planned, *lines)} == {Channel.SMS}


async def test_said_twice_it_is_noted_once_and_seen_on_the_page_of_the_person(world):
    awa = await world.job_seeker(phone=MOBILE)
    for _ in range(2):
        await stopped(world, Channel.SMS, MOBILE)

    (one,) = await closed(world, awa)
    assert (one.channel, one.because) == (Channel.SMS, Because.STOP)


async def test_it_holds_for_who_the_person_turns_out_to_be(world):
    awa, again = await world.job_seeker("Diallo", phone=MOBILE), await world.job_seeker("Diallo-Barry")
    await stopped(world, Channel.SMS, MOBILE)
    assert not await closed(world, again)

    await merging.merge(world.db, again.id, awa.id, by=world.adviser, now=NOW)

    assert await closed(world, again)


async def test_it_is_lifted_with_a_reason_and_texts_leave_again(world):
    awa = await world.job_seeker(phone=MOBILE)
    await stopped(world, Channel.SMS, MOBILE)
    (one,) = await closed(world, awa)
    said = {"site": SITE, "by": world.adviser, "now": NOW}

    with pytest.raises(InvalidField):
        await suppressing.lift(world.db, awa.id, one.id, " ", **said)
    await suppressing.lift(world.db, awa.id, one.id, "Elle le demande.", **said)
    with pytest.raises(StaleEdit):
        await suppressing.lift(world.db, awa.id, one.id, "Encore", **said)

    told = await leaves(world, await world.booked(await world.session(), awa))
    assert told == [(MessageState.ACCEPTED, Channel.SMS, None)]


async def test_only_who_sees_the_person_lifts_and_only_what_is_hers(world):
    lyon = await world.another_agency()
    stranger = await world.staff(Role.ADVISER, lyon, "Inès")
    awa, binta = await world.job_seeker(phone=MOBILE), await world.job_seeker(email=MAIL)
    await stopped(world, Channel.SMS, MOBILE)
    (one,) = await closed(world, awa)

    with pytest.raises(NotFound):
        await closed(world, awa, stranger)
    with pytest.raises(NotFound):
        await suppressing.lift(world.db, awa.id, one.id, "x", site=SITE, by=stranger, now=NOW)
    with pytest.raises(StaleEdit):
        await suppressing.lift(world.db, binta.id, one.id, "x", site=SITE, by=world.adviser, now=NOW)


async def test_the_person_chooses_for_himself_and_may_come_back(world):
    awa = await world.job_seeker(phone=MOBILE)
    booking = await world.booked(await world.session(), awa)

    await suppressing.choose(world.db, booking, Channel.SMS, False, site=SITE, now=NOW)
    assert await closed(world, awa)
    await suppressing.choose(world.db, booking, Channel.SMS, True, site=SITE, now=NOW)
    assert not await closed(world, awa)
    with pytest.raises(InvalidField):
        await suppressing.choose(world.db, booking, Channel.EMAIL, False, site=SITE, now=NOW)


async def test_what_came_back_is_not_his_to_put_right(world):
    awa = await world.job_seeker(email=MAIL)
    booking = await world.booked(await world.session(), awa)
    await stopped(world, Channel.EMAIL, MAIL, Because.BOUNCED)

    await suppressing.choose(world.db, booking, Channel.EMAIL, True, site=SITE, now=NOW)

    assert [one.because for one in await closed(world, awa)] == [Because.BOUNCED]
