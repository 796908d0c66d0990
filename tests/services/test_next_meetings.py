"""Words before later meetings are healed like reminders; who stayed away is asked once, unless it was a mistake."""

from sqlalchemy import delete, select

from booking.delivery.deliveries import Deliveries
from booking.domain.attendance import Mark
from booking.domain.messages import MessageKind, MessageState
from booking.domain.restraint import MOST_A_DAY
from booking.services import attendance, bookings, scheduling
from booking.services.messages import letter
from booking.services.reconciling import look, reconcile
from booking.services.sending import send_due
from booking.storage import outbox
from booking.storage.tables import messages
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.outside import Provider

CYCLE = (14, 21, 28)
FOLLOWUP = MessageKind.ABSENCE_FOLLOWUP


async def a_cycle(world: World):
    session = await world.session(*(meeting(in_days(day)) for day in CYCLE))
    return session, await world.booked(session, await world.job_seeker(phone="04 76 00 00 01"))


async def of(world: World, booking, kind: MessageKind) -> list[MessageState]:
    async with world.db.reading() as tx:
        return [message.state for message in await outbox.of_booking(tx, booking.id) if message.kind is kind]


async def absent(world: World, *days: float, **known: object):
    """Somebody who did not come to the first of these meetings."""
    session = await world.session(*(meeting(in_days(day)) for day in days))
    booking = await world.booked(session, await world.job_seeker(**({"phone": "04 76 00 00 01"} | known)))
    first = session.meetings[0]
    await mark(world, first, booking, Mark.ABSENT, first.ends_at)
    return first, booking


async def mark(world: World, there, booking, what, now) -> None:
    await attendance.mark(world.db, there.id, booking.id, what, by=world.manager, now=now)


async def test_what_is_lost_before_a_later_meeting_is_planned_again(world: World) -> None:
    await a_cycle(world)
    async with world.db.transaction() as tx:
        await tx.run(delete(messages).where(messages.c.kind == MessageKind.NEXT_MEETING))

    found, healed = await look(world.db, NOW, first=5), await reconcile(world.db, NOW)

    assert (found.missing, healed.missing, (await reconcile(world.db, NOW)).count) == (2, 2, 0)


async def test_an_afternoon_after_its_morning_lacks_nothing(world: World) -> None:
    await world.booked(await world.session(meeting(in_days(14)), meeting(in_days(14, 3))))

    assert (await reconcile(world.db, NOW)).count == 0


async def test_a_cancelled_cycle_reminds_nobody(world: World) -> None:
    session, booking = await a_cycle(world)

    await scheduling.cancel(world.db, session.id, because="Salle inondée", by=world.manager, site=SITE, now=NOW)

    assert set(await of(world, booking, MessageKind.NEXT_MEETING)) == {MessageState.CANCELLED}


async def test_who_stayed_away_is_asked_whether_he_wants_another_date(world: World) -> None:
    other = await world.session(meeting(in_days(9)))
    _, booking = await absent(world, 2)

    async with world.db.reading() as tx:
        said = next(m for m in await outbox.of_booking(tx, booking.id) if m.kind is FOLLOWUP)

    assert [one["session_id"] for one in said.details["alternatives"]] == [str(other.id)]
    assert not said.details["keeps"] and said.state is MessageState.PLANNED


async def test_a_corrected_mark_takes_it_back(world: World) -> None:
    there, booking = await absent(world, 2)

    await mark(world, there, booking, Mark.ATTENDED, there.ends_at + HOUR)

    assert await of(world, booking, FOLLOWUP) == [MessageState.SUPERSEDED]


async def test_a_roll_that_is_saved_again_asks_nobody_twice(world: World) -> None:
    there, booking = await absent(world, 2)

    await mark(world, there, booking, Mark.ABSENT, there.ends_at + HOUR)

    assert await of(world, booking, FOLLOWUP) == [MessageState.PLANNED]


async def test_who_was_asked_once_is_not_asked_again_about_the_same_meeting(world: World) -> None:
    there, booking = await absent(world, 2)
    later = there.ends_at + 24 * HOUR
    await mark(world, there, booking, Mark.EXCUSED, later)
    async with world.db.transaction() as tx:
        await tx.run(messages.update().where(messages.c.kind == FOLLOWUP).values(state=MessageState.DONE))
    await mark(world, there, booking, Mark.ABSENT, later + HOUR)

    assert await of(world, booking, FOLLOWUP) == [MessageState.DONE]


async def test_who_found_another_seat_by_himself_is_not_asked(world: World) -> None:
    there, booking = await absent(world, 2)
    elsewhere = await world.session(meeting(in_days(9)))
    await bookings.book(world.db, elsewhere.id, booking.job_seeker_id, by=world.adviser, now=there.ends_at + HOUR)

    while await send_due(world.db, Deliveries(), there.ends_at + 24 * HOUR, site=SITE):
        pass

    async with world.db.reading() as tx:
        reason = await tx.value(select(messages.c.reason).where(messages.c.kind == FOLLOWUP))
    assert (await of(world, booking, FOLLOWUP), reason) == ([MessageState.SUPPRESSED], "has-other-place")


async def test_who_has_only_an_address_gets_the_question_as_a_letter(world: World) -> None:
    address = {"address": "1 rue des Alpes", "postcode": "38000", "commune": "Grenoble", "phone": ""}
    there, booking = await absent(world, 2, **address)
    while await send_due(world.db, Deliveries(), there.ends_at + 24 * HOUR, site=SITE):
        pass

    printed = await letter(world.db, booking.id, by=world.adviser, now=there.ends_at + 25 * HOUR)

    assert await of(world, booking, FOLLOWUP) == [MessageState.TO_DO]
    assert "Nous ne vous avons pas vu" in printed.words.body


async def test_the_fourth_word_of_a_day_waits_until_tomorrow(world: World) -> None:
    person = await world.job_seeker(email="awa@example.org")
    for day in (8, 8.125, 8.25, 8.375):
        await world.booked(await world.session(meeting(in_days(day), hours=1)), person)
    provider, due = Provider(), in_days(1, 9.5)
    while await send_due(world.db, Deliveries(provider), NOW, site=SITE):
        pass
    confirmed = len(provider.taken)

    while await send_due(world.db, Deliveries(provider), due, site=SITE):
        pass

    async with world.db.reading() as tx:
        waits = await tx.rows(select(messages.c.due_at).where(messages.c.reason == "enough-today"))
    assert (confirmed, len(provider.taken) - confirmed) == (4, MOST_A_DAY)
    assert [row.due_at for row in waits] == [in_days(2, -2)]
