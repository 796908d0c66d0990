"""What an agency's subscribers read, and when their copy is out of date."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from booking.domain.bookings import Party
from booking.domain.errors import NotFound
from booking.domain.staff import Role
from booking.services import bookings, feeds, scheduling
from booking.services.feeds import FeedState
from booking.services.scheduling import MeetingPlan
from tests.given import NOW, SITE, World, in_days, meeting

LAST_MINUTE = datetime(2026, 11, 2, 22, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)


async def state(world: World, now: datetime = NOW) -> FeedState:
    return await feeds.state(world.db, world.agency.slug, now=now)


async def read(world: World, now: datetime = NOW) -> bytes:
    return await feeds.text(world.db, await state(world, now), site=SITE)


async def summaries(world: World, now: datetime = NOW) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(await read(world, now)).walk("VEVENT")]


async def cancel(world: World, session, now: datetime = NOW) -> None:
    await scheduling.cancel(world.db, session.id, because="Travaux", by=world.manager, site=SITE, now=now)


async def test_a_feed_shows_the_meetings_of_its_agency_by_their_start(world: World) -> None:
    late, early = await world.session(meeting(in_days(20))), await world.session(meeting(in_days(14)))
    lyon = await world.another_agency()
    manager = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    await world.session(agency_id=lyon.id, by=manager)

    shown = [str(e["UID"]) for e in Calendar.from_ical(await read(world)).walk("VEVENT")]

    assert shown == [f"{s.meetings[0].id}@ateliers.example" for s in (early, late)]


async def test_an_agency_without_workshops_says_so(world: World) -> None:
    assert await summaries(world) == ["Aucun atelier programmé"]


async def test_a_feed_shows_thirty_days_of_the_past_and_four_hundred_ahead(world: World) -> None:
    await world.session(meeting(in_days(1)))
    await world.session(meeting(in_days(429)))

    assert len(await summaries(world, in_days(30))) == 2
    assert len(await summaries(world, in_days(28))) == 1
    assert len(await summaries(world, in_days(33))) == 1


async def test_what_was_held_stays_in_sight(world: World) -> None:
    await world.session(meeting(in_days(1)))
    await scheduling.close_over(world.db, in_days(2))

    assert await summaries(world, in_days(2)) == ["Premiers pas avec l’ordinateur"]


async def test_a_cancelled_meeting_stays_until_the_end_of_its_day_and_leaves(world: World) -> None:
    session = await world.session(meeting(in_days(14)))

    await cancel(world, session)

    assert await summaries(world, LAST_MINUTE) == ["ANNULÉ – Premiers pas avec l’ordinateur"]
    assert await summaries(world, MIDNIGHT) == ["Aucun atelier programmé"]


async def test_an_agency_that_does_not_publish_is_not_found(world: World) -> None:
    hidden = await world.another_agency("Cachée", publishes=False)

    for slug in (hidden.slug, "nulle-part", "", "x\u202ey"):
        with pytest.raises(NotFound):
            await feeds.state(world.db, slug, now=NOW)


async def test_only_agencies_that_publish_are_listed(world: World) -> None:
    await world.another_agency("Cachée", publishes=False)
    await world.another_agency("Échirolles")

    assert [agency.name for agency in await feeds.published(world.db)] == ["Échirolles", "Grenoble Bastille"]


async def test_the_tag_stays_the_same_until_something_changes(world: World) -> None:
    session = await world.session()
    before = await state(world)

    assert await state(world, in_days(0, hour=1)) == before
    await cancel(world, session)
    assert (await state(world)).etag != before.etag


async def test_the_tag_of_another_day_or_agency_is_another(world: World) -> None:
    lyon = await world.another_agency()

    tags = {(await state(world)).etag, (await state(world, in_days(1))).etag}
    tags.add((await feeds.state(world.db, lyon.slug, now=NOW)).etag)

    assert len(tags) == 3


async def test_the_same_tag_means_the_same_bytes(world: World) -> None:
    await world.session()

    assert await read(world) == await read(world, in_days(0, hour=3))


async def test_a_feed_was_changed_when_it_was_last_written_or_at_midnight(world: World) -> None:
    session = await world.session()
    await cancel(world, session, now=in_days(1))

    assert (await state(world, in_days(1, hour=5))).last_modified == in_days(1)
    assert (await state(world, in_days(2))).last_modified == datetime(2026, 10, 20, 22, tzinfo=UTC)


async def test_bookings_wake_no_subscriber(world: World) -> None:
    session = await world.session(capacity=1)
    before, bytes_before = await state(world), await read(world)

    seated = await world.booked(session)
    await world.waiting(session)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert await state(world) == before
    assert await read(world) == bytes_before


async def test_neither_another_facilitator_nor_more_seats_wake_a_subscriber(world: World) -> None:
    session = await world.session()
    before = await state(world)
    m = session.meetings[0]
    plan = MeetingPlan(id=m.id, starts_at=m.starts_at, ends_at=m.ends_at, facilitator_id=world.facilitator.id)

    await scheduling.change(
        world.db, session.id, capacity=9, meetings=[plan], version=None, by=world.manager, site=SITE, now=NOW
    )

    assert await state(world) == before


async def test_no_feed_names_anybody(world: World) -> None:
    session = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id), capacity=4)
    people = [
        await world.job_seeker(email=f"personne{n}@example.fr", phone=f"06 39 98 00 0{n}", identifier=f"77001{n}")
        for n in range(6)
    ]
    for person in people[:4]:
        await world.booked(session, person)
    for person in people[4:]:
        await world.waiting(session, person)

    feed = (await read(world)).replace(b"\r\n ", b"").decode().casefold()

    secrets = [p for x in people for p in (x.last_name, x.first_name, x.email, x.phone, x.identifier, str(x.id))]
    secrets += [who.name for who in (world.adviser, world.facilitator, world.manager)]
    assert not [secret for secret in secrets if secret.casefold() in feed]
    assert "premiers pas" in feed
