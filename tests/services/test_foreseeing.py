"""Foreseeing what leaves: by the sender's own rules, without taking anything."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Party
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.staff import Role
from booking.services import bookings, foreseeing
from booking.services.foreseeing import Foreseen, foresee
from booking.services.sending import send_due
from booking.storage.tables import messages
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

DAYS = {
    "a Tuesday morning": datetime(2026, 10, 27, 9, 0, tzinfo=UTC),
    "before the window opens": datetime(2026, 10, 26, 6, 20, tzinfo=UTC),
    "at night": datetime(2026, 10, 20, 23, 30, tzinfo=UTC),
    "a Sunday": datetime(2026, 10, 25, 10, 0, tzinfo=UTC),
    "a holiday": datetime(2026, 11, 11, 9, 0, tzinfo=UTC),
    "the eve of a session": datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
    "an hour before a session": datetime(2026, 11, 2, 7, 0, tzinfo=UTC),
    "when all is over": datetime(2026, 12, 20, 9, 0, tzinfo=UTC),
}


async def many_kinds_of_people(world: World) -> None:
    """Mail, mobile, landline, paper and nothing; early, late and after a holiday; some who moved or gave up."""
    elsewhere = await world.another_agency("Saint-Denis", time_zone="Indian/Reunion", holiday_territory="reunion")
    starts = (in_days(8), in_days(14), in_days(14, hour=-1), in_days(22, hour=3), in_days(24), in_days(30, hour=8))
    opened = [await world.session(meeting(start)) for start in starts]
    opened.append(await world.session(meeting(in_days(14)), agency_id=elsewhere.id, by=await _everywhere(world)))
    for number, session in enumerate(opened):
        for kind, said in enumerate(SAID):
            person = await world.job_seeker(**{key: text.format(number) for key, text in said.items()})
            booking = await world.booked(session, person)
            if kind == number % len(SAID):
                await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=in_days(0.5))


SAID = (
    {"email": "awa{}@example.org"},
    {"email": "luc{}@example.org", "phone": "06 39 98 01 0{}"},
    {"phone": "06 39 98 02 0{}"},
    {"phone": "04 76 00 00 0{}"},
    {"address": "{} rue des Alpes", "postcode": "38000", "commune": "Grenoble"},
    {},
)


async def _everywhere(world: World):
    return await world.staff(Role.ADMINISTRATOR, None, "Agnès")


async def kept(world: World) -> dict[UUID, tuple]:
    async with world.db.reading() as tx:
        rows = await tx.rows(select(messages))
    return {row.id: tuple(row) for row in rows}


async def became(world: World, before: dict[UUID, tuple]) -> Counter[tuple]:
    """What the sender did, in the same words."""
    done: Counter[tuple] = Counter()
    async with world.db.reading() as tx:
        for row in await tx.rows(select(messages)):
            if tuple(row) != before.get(row.id, tuple(row)):
                is_sent = row.state is MessageState.ACCEPTED
                state = MessageState.SENDING if is_sent else row.state
                until = row.due_at if row.state is MessageState.PLANNED else None
                done[(state, row.kind, row.channel, row.agency_id, None if is_sent else row.reason, until)] += 1
    return done


def told(found: Foreseen) -> Counter[tuple]:
    every: Counter[tuple] = Counter()
    for fate, number in found.then.items():
        facts = (fate.state, fate.kind, fate.channel, fate.agency_id, fate.reason, fate.until)
        every[facts] += number
    return every


@pytest.mark.parametrize("at", DAYS.values(), ids=[*DAYS])
async def test_what_is_foreseen_is_what_the_sender_then_does(world: World, at: datetime) -> None:
    await many_kinds_of_people(world)
    post = Deliveries(Provider(), Provider(Channel.SMS))
    before = await kept(world)

    found = await foresee(world.db, post.channels, at)
    while await send_due(world.db, post, at, site=SITE, most=1000):
        pass

    assert told(found) == await became(world, before)


async def test_foreseeing_changes_nothing(world: World) -> None:
    await many_kinds_of_people(world)
    before = await kept(world)

    await foresee(world.db, Deliveries(Provider()).channels, in_days(13))

    assert await kept(world) == before


async def test_what_leaves_later_in_the_hour_is_told_apart(world: World) -> None:
    session = await world.session(meeting(in_days(14)))
    await world.booked(session, await world.job_seeker(email="awa@example.org"))
    await send_due(world.db, post := Deliveries(Provider()), NOW, site=SITE)

    found = await foresee(world.db, post.channels, in_days(7, hour=-0.5))

    assert not found.then
    ((fate, number),) = found.soon.items()
    assert (fate.state, fate.channel, number) == (MessageState.SENDING, Channel.EMAIL, 1)
    assert found.agencies == {world.agency.id: "Grenoble Bastille"}


async def test_what_should_have_left_before_is_counted(world: World) -> None:
    session = await world.session(meeting(in_days(14)))
    await world.booked(session, await world.job_seeker(email="awa@example.org"))

    found = await foresee(world.db, Deliveries(Provider()).channels, in_days(1))

    assert (found.overdue, found.then.total()) == (1, 1)


async def test_without_a_mail_server_all_is_left_to_people(world: World) -> None:
    await many_kinds_of_people(world)

    found = await foresee(world.db, Deliveries().channels, NOW + timedelta(minutes=1))

    assert MessageState.SENDING not in {fate.state for fate in found.then}
    assert Channel.CALL in {fate.channel for fate in found.then}


async def test_many_are_read_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await many_kinds_of_people(world)
    whole = await foresee(world.db, Deliveries(Provider()).channels, in_days(13))

    monkeypatch.setattr(foreseeing, "PAGE", 3)

    assert await foresee(world.db, Deliveries(Provider()).channels, in_days(13)) == whole
