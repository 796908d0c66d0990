"""The journal of messages: what is found, who finds it, and how surely each channel arrives."""

from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import PermanentFailure
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.domain.staff import Role
from booking.services import journals, to_do
from booking.services.delivery_rates import rates
from booking.services.journals import Sought
from booking.services.sending import send_due
from tests.given import DAY, NOW, SITE, World, in_days, meeting
from tests.outside import Provider

MAIL = {Channel.EMAIL}
REMINDER, CONFIRMATION = MessageKind.REMINDER, MessageKind.CONFIRMATION


@pytest.fixture
async def told(world: World):
    """Diallo got a mail; Petit has nothing but a landline."""
    session = await world.session(meeting(in_days(14)))
    first = await world.booked(session, await world.job_seeker("Diallo", email="awa@example.org"))
    second = await world.booked(await world.session(), await world.job_seeker("Petit", phone="04 76 00 00 00"))
    await send_due(world.db, Deliveries(Provider()), NOW, site=SITE)
    return first, second


async def found(world: World, by=None, now=NOW, **sought):
    return await journals.find(world.db, Sought(**sought), machines=MAIL, by=by or world.adviser, now=now)


async def test_everything_is_found_the_latest_written_first(world, told):
    lines = await found(world)

    assert len(lines) == 6
    assert [line.message.id for line in lines] == sorted((line.message.id for line in lines), reverse=True)


async def test_a_page_begins_where_the_one_before_ended(world, told):
    whole = [line.message.id for line in await found(world)]

    first = [line.message.id for line in await found(world, most=4)]
    rest = [line.message.id for line in await found(world, most=4, after=first[-1])]

    assert first + rest == whole


@pytest.mark.parametrize(
    ("sought", "count"),
    [
        ({"kind": REMINDER}, 4),
        ({"states": [MessageState.ACCEPTED]}, 1),
        ({"channel": Channel.CALL}, 1),
        ({"due_before": in_days(1)}, 2),
        ({"due_from": in_days(1)}, 4),
        ({"written_from": in_days(1)}, 0),
        ({"job_seeker_ids": []}, 0),
    ],
)
async def test_it_is_narrowed(world, told, sought, count):
    assert len(await found(world, **sought)) == count


async def test_it_is_narrowed_to_a_session_a_booking_and_a_person(world, told):
    first, second = told

    for sought in ({"session_id": first.session_id}, {"booking_id": first.id}):
        assert {line.message.booking_id for line in await found(world, **sought)} == {first.id}
    (other,) = {line.case.person.last_name for line in await found(world, job_seeker_ids=[second.job_seeker_id])}
    assert other == "Petit"


async def test_a_line_says_which_way_when_and_what_may_be_done(world, told):
    (mail,) = await found(world, states=[MessageState.ACCEPTED])
    reminder = (await found(world, booking_id=told[0].id, kind=REMINDER))[0]

    assert (mail.channel, mail.left_at, mail.deeds) == (Channel.EMAIL, NOW, ["resend"])
    assert [(one.channel, one.outcome) for one in mail.tries] == [(Channel.EMAIL, "accepted")]
    assert (reminder.channel, set(reminder.deeds)) == (Channel.EMAIL, {"stop", "send-now"})


async def test_each_agency_sees_its_own(world, told):
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Lea")

    assert await found(world, by=neighbour) == []
    assert await found(world, by=neighbour, booking_id=told[0].id) == []
    with pytest.raises(NotFound):
        await found(world, by=neighbour, agency_ids=[world.agency.id])
    with pytest.raises(NotAllowed):
        await found(world, by=world.facilitator)


async def test_the_rates_count_what_left_and_what_did_not(world, told):
    person = await world.job_seeker("Faux", email="nobody@example.org")
    await world.booked(await world.session(), person)
    refuses = Provider(failures=[PermanentFailure("no such box")])
    await send_due(world.db, Deliveries(refuses), NOW, site=SITE)
    call = (await to_do.to_do(world.db, by=world.adviser, now=NOW))[0]
    await to_do.done(world.db, call.message.id, "reached", by=world.adviser, now=NOW)

    by_channel = {rate.channel: rate for rate in await rates(world.db, None, by=world.adviser, now=NOW)}

    mail, phone = by_channel[Channel.EMAIL], by_channel[Channel.CALL]
    assert (mail.sent, mail.arrived, mail.refused, mail.percent) == (1, 0, 1, 50)
    assert (phone.done, phone.percent) == (1, 100)
    assert by_channel[Channel.LETTER].percent is None


async def test_the_rates_are_of_thirty_days_and_of_ones_own(world, told):
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Lea")

    later = await rates(world.db, world.agency.id, by=world.adviser, now=NOW + 31 * DAY)
    others = await rates(world.db, None, by=neighbour, now=NOW + timedelta(minutes=1))

    assert not [rate for rate in later + others if rate.tried]
    with pytest.raises(NotFound):
        await rates(world.db, world.agency.id, by=neighbour, now=NOW)
