"""An agency's calendar over HTTP: whole for who has nothing, 304 for who has it, and nothing said of subscribers."""

import pytest

from booking.services import scheduling
from tests.given import NOW, SITE, World, in_days
from tests.web.programs import Programs, running

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

FEED = "/ical/agences/grenoble-bastille/ateliers.ics"


async def test_a_calendar_is_served_with_its_headers(world: World, programs: Programs) -> None:
    await world.session()

    answer = await programs.nobody()("GET", FEED)

    assert answer.status_code == 200
    assert answer.text.count("BEGIN:VEVENT") == 1
    told = {name: answer.headers.get_list(name) for name in HEADERS}
    assert told == {name: [value] for name, value in HEADERS.items()}
    assert answer.headers["etag"].startswith('"')
    assert "set-cookie" not in answer.headers


HEADERS = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, no-cache",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "content-disposition": 'inline; filename="ateliers.ics"',
    "last-modified": "Mon, 19 Oct 2026 08:00:00 GMT",
}


async def test_asking_for_the_head_answers_without_a_body(world: World, programs: Programs) -> None:
    whole = await programs.nobody()("GET", FEED)

    head = await programs.nobody()("HEAD", FEED)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == whole.headers


async def test_who_has_it_is_told_so(world: World, programs: Programs) -> None:
    whole = await programs.nobody()("GET", FEED)
    tag, since = whole.headers["etag"], whole.headers["last-modified"]

    for condition in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": since},
        {"If-None-Match": tag, "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        again = await programs.nobody()("GET", FEED, headers=condition)

        assert (again.status_code, again.content) == (304, b""), condition
        assert (again.headers["etag"], again.headers["last-modified"]) == (tag, since)
        assert again.headers["cache-control"] == "private, no-cache"
        assert "content-disposition" not in again.headers


@pytest.mark.parametrize("condition", ["", '"', "W/", "é", '"a', "Mon"])
async def test_a_condition_that_says_nothing_is_no_condition(world: World, programs: Programs, condition: str) -> None:
    headers = {name: condition.encode() for name in ("If-None-Match", "If-Modified-Since")}

    assert (await programs.nobody()("GET", FEED, headers=headers)).status_code == 200


async def test_a_change_is_seen_at_once(world: World, programs: Programs) -> None:
    session = await world.session()
    before = await programs.nobody()("GET", FEED)
    await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=in_days(0, 1))

    after = await programs.nobody()("GET", FEED, headers={"If-None-Match": before.headers["etag"]})

    assert after.status_code == 200
    assert "STATUS:CANCELLED" in after.text
    assert after.headers["last-modified"] > before.headers["last-modified"]


async def test_a_booking_wakes_no_subscriber(world: World, programs: Programs) -> None:
    session = await world.session()
    before = await programs.nobody()("GET", FEED)
    await world.booked(session)

    again = await programs.nobody()("GET", FEED, headers={"If-None-Match": before.headers["etag"]})

    assert again.status_code == 304


async def test_midnight_makes_it_another_calendar(world: World, programs: Programs) -> None:
    tag = (await programs.nobody()("GET", FEED)).headers["etag"]

    async with running(world, at=in_days(1)) as tomorrow:
        again = await tomorrow.nobody()("GET", FEED, headers={"If-None-Match": tag})

    assert again.status_code == 200


async def test_nothing_else_is_asked_of_a_client(world: World, programs: Programs) -> None:
    bare = programs.http.build_request("GET", FEED)
    for name in ("accept", "user-agent", "accept-encoding"):
        del bare.headers[name]

    assert (await programs.http.send(bare)).status_code == 200


@pytest.mark.parametrize("slug", ["inconnue", "%00", "..%2f", "%ff", "a" * 3000])
async def test_an_unknown_calendar_is_not_found(world: World, programs: Programs, slug: str) -> None:
    answer = await programs.nobody()("GET", f"/ical/agences/{slug}/ateliers.ics")

    assert answer.status_code == 404


async def test_an_agency_that_publishes_nothing_has_no_calendar(world: World, programs: Programs) -> None:
    await world.another_agency("Lyon", publishes=False)

    unpublished = await programs.nobody()("GET", "/ical/agences/lyon/ateliers.ics")
    unknown = await programs.nobody()("GET", "/ical/agences/inconnue/ateliers.ics")

    assert (unpublished.status_code, unpublished.content) == (404, unknown.content)
    assert unpublished.headers["content-type"] == "text/plain; charset=utf-8"


async def test_an_empty_calendar_holds_one_entry_that_says_so(world: World, programs: Programs) -> None:
    answer = await programs.nobody()("GET", FEED)

    assert answer.text.count("BEGIN:VEVENT") == 1
    assert "Aucun atelier programmé" in answer.text
    assert NOW.strftime("%Y%m%d") in answer.text
