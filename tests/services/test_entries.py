"""What a calendar entry says of a meeting, and when it says something new."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select

from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.domain.sessions import Session
from booking.domain.workshops import Level
from booking.services import scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage import agencies
from booking.storage.tables import feed_entries
from tests.given import DAY, NOW, SITE, World, a_workshop, in_days, meeting


async def entries(world: World, session: Session) -> list[dict[str, str]]:
    """The properties of each meeting's entry, lines unfolded."""
    return [said(row.place) for row in await rows(world, session)]


async def rows(world: World, session: Session) -> Sequence[Row[Any]]:
    """What is kept of each meeting, by start."""
    mine = feed_entries.c.session_id == session.id
    async with world.db.reading() as tx:
        return await tx.rows(select(feed_entries).where(mine).order_by(feed_entries.c.starts_at))


def said(entry: str) -> dict[str, str]:
    """The properties of an entry, lines unfolded."""
    return dict(line.split(":", 1) for line in entry.replace("\r\n ", "").splitlines())


async def change(world: World, session: Session, shift: int = 0, **known: object) -> Session:
    plans = [
        MeetingPlan(id=m.id, starts_at=m.starts_at + shift * DAY, ends_at=m.ends_at + shift * DAY, **known)
        for m in session.meetings
    ]
    return await scheduling.change(
        world.db, session.id, capacity=8, meetings=plans, version=None, by=world.manager, site=SITE, now=in_days(1)
    )


async def test_an_entry_says_what_when_and_where(world: World) -> None:
    session = await world.session(meeting(in_days(14), room_id=world.room.id, facilitator_id=world.facilitator.id))

    (entry,) = await entries(world, session)

    assert entry["SUMMARY"] == "Premiers pas avec l’ordinateur"
    assert entry["DTSTART;TZID=Europe/Paris"] == "20261102T090000", "the clocks went back in between"
    assert entry["LOCATION"] == r"Vercors\, Grenoble Bastille\, Grenoble"
    assert entry["DESCRIPTION"] == r"Niveau : débutant\nhttps://ateliers.example/agences/grenoble-bastille"
    assert (entry["STATUS"], entry["SEQUENCE"], entry["LAST-MODIFIED"]) == ("CONFIRMED", "0", "20261019T080000Z")
    assert "Karim" not in str(entry)


async def test_its_identifier_is_that_of_the_meeting_at_the_domain_of_the_site(world: World) -> None:
    session = await world.session()

    (entry,) = await entries(world, session)

    assert entry["UID"] == f"{session.meetings[0].id}@ateliers.example"


async def test_the_meetings_of_a_cycle_are_numbered(world: World) -> None:
    cycle = await world.session(meeting(in_days(14)), meeting(in_days(21)))

    said = [entry["SUMMARY"] for entry in await entries(world, cycle)]

    assert said == [f"Premiers pas avec l’ordinateur – séance {n}/2" for n in (1, 2)]


async def test_a_workshop_is_described_with_all_it_has(world: World) -> None:
    whole = a_workshop(
        "Tableur", level=Level.ADVANCED, objectives="Trier; filtrer", to_bring="Un stylo", theme="Bureau"
    )
    await scheduling.add_workshop(world.db, whole, by=world.manager, now=NOW)

    (entry,) = await entries(world, await world.session(workshop_id=whole.id))

    assert entry["DESCRIPTION"].startswith(r"Trier\; filtrer\nNiveau : avancé\nÀ apporter : Un stylo\n")
    assert entry["CATEGORIES"] == "Bureau"


async def test_where_an_agency_stands_is_said_when_it_is_known(world: World) -> None:
    lyon = await world.another_agency(latitude=45.76, longitude=4.83)
    manager = replace(world.manager, roles=frozenset({(None, role) for _, role in world.manager.roles}))

    (entry,) = await entries(world, await world.session(agency_id=lyon.id, by=manager))

    assert entry["GEO"] == "45.760000;4.830000"


async def test_a_move_raises_the_sequence_and_says_when_it_was_changed(world: World) -> None:
    session = await world.session()

    await change(world, session, shift=1)

    (entry,) = await entries(world, session)
    assert entry["DTSTART;TZID=Europe/Paris"] == "20261103T090000"
    assert (entry["SEQUENCE"], entry["LAST-MODIFIED"]) == ("1", "20261020T080000Z")
    assert entry["CREATED"] == "20261019T080000Z"


async def test_another_room_raises_the_sequence_too(world: World) -> None:
    session, room = (
        await world.session(),
        Room(id=new_id(NOW), agency_id=world.agency.id, name="B", seats=9, workstations=9),
    )
    async with world.db.transaction() as tx:
        await agencies.add_room(tx, room)

    await change(world, session, room_id=room.id)

    (entry,) = await entries(world, session)
    assert (entry["SEQUENCE"], entry["LOCATION"]) == ("1", r"B\, Grenoble Bastille\, Grenoble")


async def test_another_title_is_a_change_but_no_new_sequence(world: World) -> None:
    session = await world.session()
    renamed = replace(world.workshop, title="Premiers clics")

    await scheduling.change_workshop(world.db, renamed, by=world.manager, site=SITE, now=in_days(1))

    (entry,) = await entries(world, session)
    assert (entry["SUMMARY"], entry["SEQUENCE"]) == ("Premiers clics", "0")
    assert entry["LAST-MODIFIED"] == "20261020T080000Z"


async def test_who_leads_is_nobodys_business(world: World) -> None:
    session = await world.session()
    before = await entries(world, session)

    await change(world, session, facilitator_id=world.facilitator.id)

    assert await entries(world, session) == before


async def test_a_cancelled_meeting_says_so_and_takes_nobodys_time(world: World) -> None:
    session = await world.session()

    await scheduling.cancel(world.db, session.id, because="Travaux", by=world.manager, site=SITE, now=in_days(1))

    (entry,) = await entries(world, session)
    assert entry["SUMMARY"] == "ANNULÉ – Premiers pas avec l’ordinateur"
    assert (entry["STATUS"], entry["TRANSP"], entry["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", "1")
    assert "Travaux" not in str(entry)
