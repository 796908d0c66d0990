"""Many reminders planned at once: the same rows as one by one, and only of seats that are still as they were read."""

from dataclasses import asdict, replace

from booking.domain.bookings import Party
from booking.domain.identifiers import new_id
from booking.domain.messages import Message, MessageKind
from booking.services import bookings
from booking.services.reconciling import reconcile
from booking.storage import outbox, planning
from booking.storage.many_messages import MANY
from tests.given import DAY, NOW, World, in_days
from tests.given_crowds import a_crowd, seated


async def reminders_of(world: World, booking) -> list[Message]:
    async with world.db.reading() as tx:
        said = await outbox.of_booking(tx, booking.id)
    return [message for message in said if message.kind is MessageKind.REMINDER]


async def test_many_written_at_once_are_the_same_as_one_by_one(world: World) -> None:
    booking = await world.booked(await world.session())
    (pattern, *_) = await reminders_of(world, booking)
    odd = {"details": {"because": 'l’« été » \\ "ici"\n'}}
    many = [replace(pattern, id=new_id(NOW), dedupe_key=f"{n}", **odd) for n in range(MANY + 1)]

    async with world.db.transaction() as tx:
        await outbox.plan(tx, many)
        await outbox.plan(tx, [replace(one, id=new_id(NOW)) for one in many])

    found = {message.id: message for message in await reminders_of(world, booking)}
    assert [asdict(found[one.id]) for one in many] == [asdict(one) for one in many]
    assert len(found) == 2 + len(many)


async def test_everybody_in_a_full_room_is_reminded(world: World) -> None:
    crowd = a_crowd(world, MANY * 2, [in_days(14)], NOW - DAY)
    await seated(world.db, crowd)

    healed = await reconcile(world.db, NOW)

    assert (healed.missing, (await reconcile(world.db, NOW)).count) == (MANY * 4, 0)


async def test_what_changed_since_it_was_read_is_not_planned(world: World) -> None:
    session = await world.session()
    gone, stays = [await world.booked(session) for _ in range(2)]
    read = [message for one in (gone, stays) for message in await reminders_of(world, one)]
    await bookings.cancel(world.db, gone.id, party=Party.PERSON, by=world.adviser, now=NOW)

    async with world.db.reading() as tx:
        unchanged = await planning.unchanged(tx, read)

    assert {message.booking_id for message in unchanged} == {stays.id} and len(unchanged) == 2
