"""The dates of one booking in the calendar of a phone: only those of this booking, and nothing about the person."""

import re

import pytest

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.attendance import Mark
from booking.domain.bookings import Booking, Party
from booking.domain.links import proof
from booking.services import bookings, holds, making_up, own_calendars, own_pages, scheduling
from booking.storage import agencies
from booking.storage import bookings as kept
from tests.calendars.readers import READERS
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.given_cycles import a_cycle, mark
from tests.web.given_lists import without


async def told(world: World, booking: Booking, now=NOW) -> list[dict[str, str]]:
    """What a phone is given for this booking: the properties of each entry."""
    content = await given(world, booking, now)
    entries = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", content.decode().replace("\r\n ", ""), re.DOTALL)
    return [dict(re.split("[:;]", line, maxsplit=1) for line in entry.splitlines()) for entry in entries]


async def given(world: World, booking: Booking, now=NOW) -> bytes:
    page = await own_pages.find(world.db, booking.code, proof(booking, SITE), site=SITE, now=now)
    return await own_calendars.calendar(world.db, page, site=SITE, now=now)


def statuses(entries: list[dict[str, str]]) -> list[str]:
    return [entry["STATUS"] for entry in entries]


async def test_only_the_meetings_of_this_booking_are_in_it(world: World) -> None:
    person = await world.job_seeker()
    booking = await world.booked(await world.session(meeting(in_days(1)), meeting(in_days(3))), person)
    await world.booked(await world.session(meeting(in_days(2))), person)

    entries = await told(world, booking)

    assert [entry["DTSTART"] for entry in entries] == [
        "TZID=Europe/Paris:20261020T100000",
        "TZID=Europe/Paris:20261022T100000",
    ]
    assert statuses(entries) == ["CONFIRMED", "CONFIRMED"]


async def test_an_entry_keeps_its_name_which_two_people_share(world: World) -> None:
    session = await world.session()
    one, other = await world.booked(session), await world.booked(session)

    uids = {entry["UID"] for booking in (one, other) for entry in await told(world, booking)}

    assert uids == {f"{session.meetings[0].id}@ateliers.example"}


async def test_three_parsers_read_the_same_from_it(world: World) -> None:
    session = await world.session(meeting(in_days(1)), meeting(in_days(3)))

    content = await given(world, await world.booked(session))

    read = [reader(content) for reader in READERS]
    assert read[0] == read[1] == read[2] and len(read[0]) == 2


async def test_what_the_agency_calls_off_is_marked(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)
    before = await told(world, booking)
    await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=NOW + HOUR)

    (after,) = await told(world, booking, NOW + HOUR)

    assert after["STATUS"] == "CANCELLED" and after["SUMMARY"].startswith("ANNULÉ – ")
    assert after["UID"] == before[0]["UID"] and int(after["SEQUENCE"]) > int(before[0]["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before[0]["LAST-MODIFIED"] and "Grève" not in str(after)


async def test_a_meeting_that_is_no_more_is_marked_too(world: World) -> None:
    session = await world.session(meeting(in_days(1)), meeting(in_days(3)))
    booking = await world.booked(session)
    await without(world, session, 2, now=NOW + HOUR)

    entries = await told(world, booking, NOW + HOUR)

    assert statuses(entries) == ["CONFIRMED", "CANCELLED"]
    assert entries[1]["UID"].startswith(str(session.meetings[1].id))
    assert statuses(await told(world, booking, in_days(1))) == ["CONFIRMED", "CANCELLED"]


async def test_what_was_no_more_when_the_person_came_is_not_told(world: World) -> None:
    session = await world.session(meeting(in_days(1)), meeting(in_days(3)))
    await without(world, session, 1, now=NOW)

    entries = await told(world, await world.booked(session, now=in_days(2)), in_days(2))

    assert [entry["UID"][:36] for entry in entries] == [str(session.meetings[1].id)]


async def test_a_place_given_up_is_cancelled_in_the_calendar_with_a_higher_number(world: World) -> None:
    booking = await world.booked(await world.session())
    (before,) = await told(world, booking)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=None, now=NOW + HOUR)

    (after,) = await told(world, booking, NOW + HOUR)

    assert (before["STATUS"], after["STATUS"], after["TRANSP"]) == ("CONFIRMED", "CANCELLED", "TRANSPARENT")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


async def test_a_place_that_is_not_sure_is_tentative(world: World) -> None:
    session = await world.session(capacity=1)
    held = (await holds.hold(world.db, session.id, (await world.job_seeker()).id, by=world.adviser, now=NOW)).booking
    waiting = await world.waiting(session)

    assert statuses(await told(world, held)) == statuses(await told(world, waiting)) == ["TENTATIVE"]


async def test_an_offered_place_becomes_sure_when_it_is_taken(world: World) -> None:
    async with world.db.transaction() as tx:
        asks_first = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
        await agencies.settle(tx, world.agency.id, asks_first)
    session = await world.session(capacity=1)
    first, second = await world.booked(session), await world.waiting(session)
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=None, now=NOW + HOUR)

    offered = await told(world, second, NOW + HOUR)
    await holds.confirm(world.db, second.id, by=None, now=NOW + HOUR)
    taken = await told(world, second, NOW + HOUR)

    assert (statuses(offered), statuses(taken)) == (["TENTATIVE"], ["CONFIRMED"])
    assert int(taken[0]["SEQUENCE"]) > int(offered[0]["SEQUENCE"])


async def test_who_makes_up_for_a_meeting_is_given_that_one_only(world: World) -> None:
    own, sister = await a_cycle(world), await a_cycle(world, days=(2, 4, 6, 8))
    booking = await world.booked(own)
    await mark(world, own, 1, booking, Mark.ABSENT)
    missed, instead = own.meetings[0].id, sister.meetings[0].id
    made = await making_up.book(world.db, booking.id, missed, instead, by=world.adviser, now=in_days(1, 3))

    (entry,) = await told(world, made.booking, in_days(1, 3))

    assert entry["UID"].startswith(str(instead))


async def test_nothing_of_the_person_or_the_link_is_in_it(world: World) -> None:
    person = await world.job_seeker(
        "Okonkwo", first_name="Chidi", email="chidi@exemple.fr", phone="06 39 98 00 01", identifier="7700101"
    )
    booking = await world.booked(await world.session(), person)

    content = (await given(world, booking)).decode().replace("\r\n ", "").casefold()

    async with world.db.reading() as tx:
        mine = await kept.load(tx, booking.id)
    told_of = (person.last_name, person.first_name, person.email, "0639980001", person.identifier)
    links = (mine.code, proof(mine, SITE), str(mine.id), str(person.id), "/p/", world.adviser.name)
    assert not [said for said in (*told_of, *links) if str(said).casefold() in content]


@pytest.mark.parametrize("days", [14, 14.2])
async def test_on_the_day_itself_it_can_still_be_had(world: World, days: float) -> None:
    booking = await world.booked(await world.session())

    assert len(await told(world, booking, in_days(days))) == 1
