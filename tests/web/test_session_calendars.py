"""One session as a file: for staff any that was published, for everybody those of a public calendar."""

import re
from uuid import uuid4

import pytest

from booking.domain.staff import Role
from booking.storage import workshops
from tests.calendars.readers import READERS
from tests.given import NOW, World, a_workshop, in_days, meeting
from tests.web.given import Browsers
from tests.web.given_lists import PLACE, a_cycle, fetched, without
from tests.web.test_public_lists import cancelled

FEED = "/ical/agences/grenoble-bastille/ateliers.ics"


def public(session) -> str:
    return f"{PLACE}/sessions/{session.id}/ateliers.ics"


def entries(text: str) -> list[str]:
    return re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL)


async def test_everybody_takes_all_meetings_of_a_cycle_as_the_calendar_shows_them(world: World) -> None:
    session = await a_cycle(world, 1, 3, 8)
    await world.session(meeting(in_days(2)))

    file = await fetched(world, public(session))

    mine = [one for one in entries((await fetched(world, FEED)).text) if "séance" in one]
    assert entries(file.text) == mine and len(mine) == 3
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert file.headers["content-disposition"] == (
        'attachment; filename="premiers-pas-avec-l-ordinateur-2026-10-20.ics"'
    )


async def test_three_parsers_read_the_same_from_it(world: World) -> None:
    session = await a_cycle(world, 1, 3, 8)

    content = (await fetched(world, public(session))).content

    read = [reader(content) for reader in READERS]
    assert read[0] == read[1] == read[2]
    assert [one[:2] for one in read[0]] == [(m.starts_at, m.ends_at) for m in session.meetings]


async def test_what_is_cancelled_or_removed_says_so_until_the_end_of_its_day(world: World) -> None:
    session = await a_cycle(world, 1, 3, 8)
    await without(world, session, 3, now=NOW)

    stays = entries((await fetched(world, public(session))).text)
    assert ["STATUS:CANCELLED" in one for one in stays] == [False, False, True]

    await cancelled(world, session, in_days(0, 1))
    assert (await fetched(world, public(session))).text.count("STATUS:CANCELLED") == 3
    assert (await fetched(world, public(session), days=5)).text.count("STATUS:CANCELLED") == 1
    assert (await fetched(world, public(session), days=9)).status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_drafts_and_what_lies_elsewhere_are_not_found(world: World, method: str) -> None:
    draft, given_up = await world.draft(), await world.draft(meeting(in_days(3)))
    await cancelled(world, given_up)
    elsewhere = await world.another_agency("Lyon")
    boss = await world.staff(Role.MANAGER, elsewhere, "Rose")
    theirs = await world.session(agency_id=elsewhere.id, by=boss)

    for path in (
        *map(public, (draft, given_up, theirs)),
        f"{PLACE}/sessions/{uuid4()}/ateliers.ics",
        f"{PLACE}/sessions/x/ateliers.ics",
        f"/agences/%00/sessions/{theirs.id}/ateliers.ics",
    ):
        assert (await fetched(world, path, method)).status_code == 404, path
    assert (await fetched(world, f"/agences/lyon/sessions/{theirs.id}/ateliers.ics")).status_code == 200


async def test_who_publishes_nothing_gives_no_session_away(world: World) -> None:
    hidden = await world.another_agency("Lyon", publishes=False)
    boss = await world.staff(Role.MANAGER, hidden, "Rose")
    session = await world.session(agency_id=hidden.id, by=boss)

    answer = await fetched(world, f"/agences/lyon/sessions/{session.id}/ateliers.ics")
    unknown = await fetched(world, f"/agences/inconnue/sessions/{session.id}/ateliers.ics")

    assert (answer.status_code, answer.content) == (404, unknown.content)


async def test_who_has_it_is_told_so(world: World) -> None:
    session = await world.session()
    tag = (await fetched(world, public(session))).headers["etag"]

    assert (await fetched(world, public(session), if_none_match=tag)).status_code == 304
    await cancelled(world, session)
    assert (await fetched(world, public(session), if_none_match=tag)).status_code == 200


async def test_staff_take_any_published_session_and_its_page_offers_it(world: World, browsers: Browsers) -> None:
    session = await a_cycle(world, 1, 3)
    nadia = await browsers.of(world.adviser)

    page = await nadia.get(f"/sessions/{session.id}")
    file = await nadia.get(f"/sessions/{session.id}/ateliers.ics")

    assert f'href="/sessions/{session.id}/ateliers.ics"' in page.text
    assert len(entries(file.text)) == 2 and file.headers["cache-control"] == "no-store"
    assert file.headers["content-disposition"].startswith('attachment; filename="premiers-pas')


async def test_a_draft_has_no_file_even_for_who_plans_it(world: World, browsers: Browsers) -> None:
    draft = await world.draft()
    marion = await browsers.of(world.manager)

    assert (await marion.get(f"/sessions/{draft.id}/ateliers.ics")).status_code == 404
    assert "ateliers.ics" not in (await marion.get(f"/sessions/{draft.id}")).text


async def test_a_stranger_is_led_to_sign_in(world: World, browsers: Browsers) -> None:
    session = await world.session()

    answer = await browsers.stranger().get(f"/sessions/{session.id}/ateliers.ics")

    assert answer.status_code in (302, 303) and answer.headers["location"].startswith("/connexion")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Œuvre d’été : n°2 !", "oeuvre-d-ete-n-2-2026-11-02.ics"),
        ("القراءة", "atelier-2026-11-02.ics"),
        ('"; filename="x', "filename-x-2026-11-02.ics"),
        ("a" * 110, f"{'a' * 60}-2026-11-02.ics"),
    ],
)
async def test_the_file_has_a_name_that_every_computer_takes(world: World, title: str, name: str) -> None:
    other = a_workshop(title)
    async with world.db.transaction() as tx:
        await workshops.add(tx, other)
    session = await world.session(workshop_id=other.id)

    told = (await fetched(world, public(session))).headers["content-disposition"]

    assert told == f'attachment; filename="{name}"'
