"""Calendars elsewhere: who may add them, what is kept of them, and that their addresses stay a secret."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, Refused
from booking.domain.external_calendars import MOST_OF_HOLDER, ExternalCalendar
from booking.domain.staff import Role, Staff
from booking.services import calendar_refreshes, external_calendars
from booking.storage import external_times
from tests.given import DAY, HOUR, NOW, World, in_days
from tests.given_diaries import URL, a_diary, added, copier, diary

BUSY = (in_days(14), in_days(14, 2))


async def busy(world: World, holder_id) -> list:
    async with world.db.reading() as tx:
        return (await external_times.between(tx, [holder_id], NOW, in_days(400))).get(holder_id, [])


async def refused(deed: Awaitable[object]) -> type[Refused]:
    with pytest.raises(Refused) as refusal:
        await deed
    return refusal.type


async def wrong(deed: Awaitable[object]) -> dict[str, str]:
    with pytest.raises(InvalidField) as refusal:
        await deed
    return refusal.value.facts["fields"]


async def test_a_manager_adds_the_calendar_of_a_person_and_of_a_room(world: World) -> None:
    karims = await added(world, BUSY)
    await added(world, BUSY, room_id=world.room.id)

    assert await busy(world, world.facilitator.id) == await busy(world, world.room.id) == [BUSY]
    assert (karims.read, karims.error, karims.fetched_at, karims.covers_until) == (1, None, NOW, NOW + 396 * DAY)
    assert karims.next_at == NOW + HOUR
    found = await external_calendars.of_person(world.db, world.facilitator.id, by=world.manager, now=NOW)
    assert found.calendars == [karims]


async def test_who_leads_adds_his_own_and_nobody_elses(world: World) -> None:
    samira = await world.staff(Role.FACILITATOR, world.agency, "Samira")

    assert await added(world, BUSY, by=world.facilitator)
    assert await refused(added(world, BUSY, by=samira)) is NotAllowed
    assert await refused(added(world, BUSY, by=world.facilitator, room_id=world.room.id)) is NotAllowed


async def test_who_neither_leads_nor_assists_has_none(world: World) -> None:
    assert await refused(added(world, staff_id=world.adviser.id, by=world.adviser)) is NotFound
    assert await refused(added(world, staff_id=world.manager.id)) is NotFound


async def test_another_agencys_people_and_rooms_are_not_found(world: World) -> None:
    calendar = await added(world, BUSY)
    elsewhere = await world.another_agency()
    sonia = await world.staff(Role.MANAGER, elsewhere, "Sonia")
    deeds: list[Callable[[Staff], Awaitable[object]]] = [
        lambda by: added(world, by=by),
        lambda by: added(world, by=by, room_id=world.room.id),
        lambda by: external_calendars.of_person(world.db, world.facilitator.id, by=by, now=NOW),
        lambda by: external_calendars.of_room(world.db, world.room.id, by=by, now=NOW),
        lambda by: external_calendars.show(world.db, calendar.id, by=by, now=NOW),
        lambda by: external_calendars.rename(world.db, calendar.id, "x", by=by, now=NOW),
        lambda by: external_calendars.remove(world.db, calendar.id, by=by, now=NOW),
        lambda by: calendar_refreshes.refresh(world.db, copier(None), calendar.id, by=by, now=NOW),
    ]

    for deed in deeds:
        assert await refused(deed(sonia)) is NotFound
        assert await refused(deed(world.adviser)) is NotAllowed
    assert await refused(added(world, agency_id=elsewhere.id)) is NotFound


async def test_a_file_is_read_once_and_never_looked_for_again(world: World) -> None:
    wished = a_diary(world, url=None)

    found = await external_calendars.add(world.db, copier("?"), wished, by=world.manager, now=NOW, content=diary(BUSY))

    assert (found.url, found.next_at, found.where) == (None, None, "")
    assert await busy(world, world.facilitator.id) == [BUSY]
    assert await calendar_refreshes.refreshing(copier("?"))(world.db, in_days(30)) == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-calendar"),
        (b"<html>", "web-page"),
        (b"\0\1\2" * 99, "not-a-calendar"),
        (diary(BUSY)[:-9], "cut-off"),
    ],
)
async def test_what_is_no_calendar_is_said_beside_the_file(world: World, content: bytes, code: str) -> None:
    wished = a_diary(world, url=None)

    deed = external_calendars.add(world.db, copier("?"), wished, by=world.manager, now=NOW, content=content)

    assert await wrong(deed) == {"file": code}
    assert await busy(world, world.facilitator.id) == []


async def test_what_cannot_be_had_is_said_beside_the_address_and_nothing_is_kept(world: World) -> None:
    often = diary(BUSY).replace(b"UID:0", b"UID:0\r\nRRULE:FREQ=SECONDLY")
    for answer, code in [("not-there", "not-there"), ("not-public", "not-public"), (often, "too-often")]:
        deed = external_calendars.add(world.db, copier(answer), a_diary(world), by=world.manager, now=NOW)
        assert await wrong(deed) == {"url": code}

    found = await external_calendars.of_person(world.db, world.facilitator.id, by=world.manager, now=NOW)
    assert found.calendars == []


@pytest.mark.parametrize(
    ("known", "fields"),
    [
        ({"name": " "}, {"name": "required"}),
        ({"name": "x" * 61}, {"name": "too-long"}),
        ({"url": "http://agenda.example.org/"}, {"url": "not-a-calendar-address"}),
        ({"url": "https://10.0.0.1/a.ics"}, {"url": "not-a-calendar-address"}),
        ({"url": "https://a.example/" + "x" * 2000}, {"url": "too-long"}),
        ({"url": ""}, {"url": "required"}),
    ],
)
async def test_a_name_and_an_address_are_needed(world: World, known: dict[str, str], fields: dict[str, str]) -> None:
    assert await wrong(added(world, **known)) == fields


async def test_nobody_needs_more_than_a_few(world: World) -> None:
    for _ in range(MOST_OF_HOLDER):
        await added(world)

    assert await wrong(added(world)) == {"name": "too-many-calendars"}
    assert await added(world, room_id=world.room.id)


async def test_a_calendar_is_renamed_and_removed_with_what_it_said(world: World) -> None:
    calendar = await added(world, BUSY)

    after = await external_calendars.rename(world.db, calendar.id, " Outlook ", by=world.manager, now=NOW)
    assert after == replace(calendar, name="Outlook")
    assert await wrong(external_calendars.rename(world.db, calendar.id, "", by=world.manager, now=NOW)) == {
        "name": "required"
    }
    await external_calendars.remove(world.db, calendar.id, by=world.manager, now=NOW)

    assert await busy(world, world.facilitator.id) == []
    assert await refused(external_calendars.show(world.db, calendar.id, by=world.manager, now=NOW)) is NotFound


async def test_the_address_is_in_no_log_and_no_audit(world: World, caplog: pytest.LogCaptureFixture) -> None:
    calendar: ExternalCalendar = await added(world, BUSY)
    await calendar_refreshes.refresh(world.db, copier("not-there"), calendar.id, by=world.manager, now=in_days(1))
    await external_calendars.remove(world.db, calendar.id, by=world.manager, now=NOW)

    async with world.db.reading() as tx:
        lines = await tx.rows(external_calendars.audit.audit.select())
    ours = [line for line in lines if line.noun == "external_calendar"]
    assert [line.action for line in ours] == ["added", "refreshed", "removed"]
    assert "secret" not in f"{[line.details for line in ours]} {calendar!r} {caplog.text}"
    assert calendar.where == "agenda.example.org" and calendar.url == URL
