"""The list "à imprimer, à appeler": who sees it, what it says, and ticking it off."""

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Party
from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.domain.staff import Role
from booking.services import bookings, messages
from booking.services.sending import send_due
from booking.services.sweeping import sweep
from booking.services.to_do import done, to_do, undo
from tests.given import NOW, SITE, World, in_days, meeting

PHONE = "04 76 00 00 00"


@pytest.fixture
async def to_call(world: World):
    """A confirmation that somebody with nothing but a landline must get by phone."""
    booking = await world.booked(await world.session(), await world.job_seeker("Diallo", phone=PHONE))
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    (item,) = await to_do(world.db, by=world.adviser, now=NOW)
    assert item.case.booking.id == booking.id
    return item


async def waiting(world: World, by=None) -> list:
    return await to_do(world.db, by=by or world.adviser, now=NOW)


async def test_a_call_has_a_number_and_words_to_say(to_call):
    assert to_call.message.channel is Channel.CALL
    assert to_call.case.person.phone == "+33476000000"
    assert "Je voudrais parler à Aïssatou DIALLO" in to_call.script
    assert "lundi 2 novembre 2026" in to_call.script


async def test_paper_has_a_letter_and_no_script(world):
    await world.booked(await world.session())
    await send_due(world.db, Deliveries(), NOW, site=SITE)

    (item,) = await waiting(world)

    assert (item.message.channel, item.script) == (Channel.HAND, None)
    assert "lundi 2 novembre 2026" in item.words.body
    assert item.outcomes == ("handed-over",)


async def test_each_agency_sees_its_own_people(world, to_call):
    lyon = await world.another_agency()
    neighbour = await world.staff(Role.ADVISER, lyon, "Lea")

    assert await waiting(world, neighbour) == []
    with pytest.raises(NotFound):
        await done(world.db, to_call.message.id, "reached", by=neighbour, now=NOW)


async def test_an_administrator_sees_every_agency(world, to_call):
    administrator = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    assert [item.message.id for item in await waiting(world, administrator)] == [to_call.message.id]


async def test_a_facilitator_reaches_nobody(world, to_call):
    with pytest.raises(NotAllowed):
        await waiting(world, world.facilitator)
    with pytest.raises(NotAllowed):
        await done(world.db, to_call.message.id, "reached", by=world.facilitator, now=NOW)


@pytest.mark.parametrize("outcome", ["reached", "message-left"])
async def test_what_is_done_leaves_the_list(world, to_call, outcome):
    message = await done(world.db, to_call.message.id, outcome, by=world.adviser, now=NOW)

    assert (message.state, message.reason) == (MessageState.DONE, outcome)
    assert await waiting(world) == []


async def test_a_call_that_reached_nobody_stays_and_is_counted(world, to_call):
    for _ in range(2):
        await done(world.db, to_call.message.id, "not-reached", by=world.adviser, now=NOW)

    (item,) = await waiting(world)
    assert (item.message.attempts, item.message.reason) == (2, "not-reached")


async def test_an_outcome_belongs_to_its_channel(world, to_call):
    with pytest.raises(InvalidField):
        await done(world.db, to_call.message.id, "posted", by=world.adviser, now=NOW)


async def test_only_one_of_two_colleagues_ticks_it_off(world, to_call):
    await done(world.db, to_call.message.id, "reached", by=world.adviser, now=NOW)

    for outcome in ("message-left", "not-reached"):
        with pytest.raises(StaleEdit):
            await done(world.db, to_call.message.id, outcome, by=world.manager, now=NOW)


async def test_what_was_ticked_off_by_mistake_waits_again(world, to_call):
    await done(world.db, to_call.message.id, "reached", by=world.adviser, now=NOW)

    await undo(world.db, to_call.message.id, by=world.adviser, now=NOW)

    assert [item.message.id for item in await waiting(world)] == [to_call.message.id]


async def test_what_was_not_done_cannot_be_undone(world, to_call):
    with pytest.raises(StaleEdit):
        await undo(world.db, to_call.message.id, by=world.adviser, now=NOW)


async def test_what_is_no_longer_true_does_not_come_back(world, to_call):
    await done(world.db, to_call.message.id, "reached", by=world.adviser, now=NOW)
    await bookings.cancel(world.db, to_call.case.booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    with pytest.raises(StaleEdit):
        await undo(world.db, to_call.message.id, by=world.adviser, now=NOW)


async def test_a_cancelled_booking_leaves_only_its_cancellation_to_tell(world, to_call):
    await bookings.cancel(world.db, to_call.case.booking.id, party=Party.PERSON, by=world.adviser, now=in_days(1))
    await send_due(world.db, Deliveries(), in_days(1), site=SITE)

    (item,) = await waiting(world)

    assert item.message.kind is MessageKind.BOOKING_CANCELLED
    assert "Vous avez annulé" in item.script


async def test_what_nobody_did_in_time_leaves_the_list(world, to_call):
    await sweep(world.db, in_days(14.1))

    assert await waiting(world) == []


async def test_the_most_pressing_comes_first(world, to_call):
    sooner = await world.booked(await world.session(meeting(in_days(2))))
    await send_due(world.db, Deliveries(), NOW, site=SITE)

    assert [item.case.booking.id for item in await waiting(world)] == [sooner.id, to_call.case.booking.id]


async def test_an_unknown_message_is_not_found(world, to_call):
    with pytest.raises(NotFound):
        await done(world.db, to_call.case.booking.id, "reached", by=world.adviser, now=NOW)


async def test_every_booking_can_be_printed_whatever_its_channel(world):
    booking = await world.booked(await world.session(), await world.job_seeker(email="awa@example.org"))

    letter = await messages.letter(world.db, booking.id, by=world.adviser, now=NOW)

    assert letter.words.template == "confirmation/fr/2"
    assert letter.case.person.email == "awa@example.org"


async def test_a_letter_to_somebody_of_another_agency_is_not_found(world):
    booking = await world.booked(await world.session())
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Lea")

    with pytest.raises(NotFound):
        await messages.letter(world.db, booking.id, by=neighbour, now=NOW)


async def test_the_page_of_a_booking_shows_what_leaves_when_and_how(world):
    session = await world.session(meeting(in_days(14)))
    booking = await world.booked(session, await world.job_seeker(email="awa@example.org", phone=PHONE))

    said = await messages.of_booking(world.db, booking.id, machines={Channel.EMAIL}, by=world.adviser, now=NOW)

    assert [(x.message.rule, x.channel, f"{x.due_at:%d/%m %H:%M}") for x in said] == [
        ("now", Channel.EMAIL, "19/10 10:00"),
        ("d7", Channel.EMAIL, "26/10 09:00"),
        ("d1", Channel.EMAIL, "31/10 09:00"),
    ]


async def test_the_page_of_a_booking_shows_when_no_reminder_reaches_the_person(world):
    booking = await world.booked(await world.session(meeting(in_days(14))))

    said = await messages.of_booking(world.db, booking.id, machines={Channel.EMAIL}, by=world.adviser, now=NOW)

    assert [x.channel for x in said] == [Channel.HAND, None, None]
