"""Calendars elsewhere, by a program."""

import pytest
from sqlalchemy import insert

from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.storage.tables import staff_roles
from tests.given import NOW, World, in_days, meeting
from tests.given_diaries import URL, added, copier, diary
from tests.web.programs import Programs

BUSY = (in_days(14), in_days(14, 2))


def of_karim(world: World) -> str:
    return f"/agencies/{world.agency.id}/team/{world.facilitator.id}/external-calendars"


def of_room(world: World) -> str:
    return f"/agencies/{world.agency.id}/rooms/{world.room.id}/external-calendars"


async def test_it_is_added_read_named_and_removed(world: World, programs: Programs) -> None:
    programs.app.state["copier"] = copier(diary(BUSY))
    program = await programs.of(world.manager)
    for path in (of_karim(world), of_room(world)):
        added = await program("POST", path, {"name": "Google", "url": URL})
        where = added.headers["location"]

        assert added.status_code == 201 and added.json()["read"] == 1
        assert (await program("PUT", where, {"name": "Zimbra"})).json()["name"] == "Zimbra"
        assert (await program("POST", where)).json()["error"] is None
        listed = (await program("GET", path)).json()
        assert [one["host"] for one in listed["calendars"]] == ["agenda.example.org"]
        assert "secret" not in f"{added.text}{listed}"
        assert (await program("DELETE", where)).status_code == 204
        assert (await program("GET", where)).status_code == 404


async def test_the_text_of_one_is_read_too(world: World, programs: Programs) -> None:
    program = await programs.of(world.facilitator)

    added = await program("POST", of_karim(world), {"name": "Fichier", "content": diary(BUSY).decode()})

    assert (added.status_code, added.json()["host"], added.json()["next_at"]) == (201, "", None)


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"name": "x"}, "/url", "required"),
        ({"name": "x", "url": URL, "content": "y"}, "/url", "required"),
        ({"name": "x", "url": "https://192.168.0.1/"}, "/url", "not-a-calendar-address"),
        ({"name": "x", "url": URL}, "/url", "not-there"),
        ({"name": "x", "content": "<html>"}, "/file", "web-page"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_field(world, programs: Programs, body, pointer: str, code: str) -> None:
    programs.app.state["copier"] = copier("not-there")
    program = await programs.of(world.manager)

    refused = await program("POST", of_room(world), body)

    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [(pointer, code)]


async def test_what_it_stands_against_is_named(world: World, programs: Programs) -> None:
    session = await world.session(meeting(BUSY[0], facilitator_id=world.facilitator.id))
    await added(world, BUSY)
    program = await programs.of(world.manager)

    (clash,) = (await program("GET", of_karim(world))).json()["clashes"]

    assert (clash["session_id"], clash["is_room"]) == (str(session.id), False)


async def test_it_is_found_only_in_the_agency_of_the_person_or_the_room(world: World, programs: Programs) -> None:
    await added(world, BUSY)
    elsewhere = await world.another_agency()
    anna = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Anna"))

    for path in (of_karim(world), of_room(world)):
        there = path.replace(str(world.agency.id), str(elsewhere.id))
        assert (await anna("GET", path)).status_code == 200
        assert (await anna("GET", there)).status_code == 404
        assert (await anna("POST", there, {"name": "Google", "url": URL})).status_code == 404


async def test_nobody_adds_one_in_an_agency_out_of_sight(world: World, programs: Programs) -> None:
    elsewhere = await world.another_agency()
    async with world.db.transaction() as tx:
        await tx.run(
            insert(staff_roles).values(
                id=new_id(NOW), staff_id=world.facilitator.id, agency_id=elsewhere.id, role=Role.FACILITATOR
            )
        )
    program = await programs.of(world.manager)

    there = of_karim(world).replace(str(world.agency.id), str(elsewhere.id))

    assert (await program("GET", there)).status_code == 404
    assert (await program("POST", there, {"name": "Google", "url": URL})).status_code == 404


async def test_only_who_plans_there_or_leads_himself(world: World, programs: Programs) -> None:
    calendar = await added(world, BUSY)
    elsewhere = await world.another_agency()
    sonia = await programs.of(await world.staff(Role.MANAGER, elsewhere, "Sonia"))
    nadia = await programs.of(world.adviser)

    paths = [of_karim(world), of_room(world), f"/external-calendars/{calendar.id}"]
    assert [(await sonia("GET", path)).status_code for path in paths] == [404] * 3
    assert [(await nadia("GET", path)).status_code for path in paths] == [403] * 3
    assert (await nadia("DELETE", paths[2])).status_code == 403
