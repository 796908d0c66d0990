"""Forms and addresses as no page of ours makes them, empty or full of what nobody means: no door breaks."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from booking.domain.identifiers import new_id
from booking.domain.links import proof
from booking.domain.staff import Role
from booking.storage import bookings
from booking.web import pages
from booking.web.pages import (
    PAGES,
    agenda_searches,
    followed,
    person_forms,
    plan_choices,
    plan_forms,
    schedules,
    seat_searches,
)
from tests.given import NOW, SITE, World
from tests.web.given import Browser, Browsers
from tests.web.operations import things

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
READ = re.compile(r'form\.(?:get|all|whole|choice|id|day|hour)\("([a-z_.]+)"')
# Every name that a page reads, and the rows of a session and of the planner, which have a number or a day behind a dot.
NAMES = sorted(
    {name for page in Path(pages.__file__).parent.glob("*.py") for name in READ.findall(page.read_text())}
    | {*person_forms.TYPED, *plan_forms.FIELDS, *plan_forms.SHAPES, *plan_forms.SEVERAL, *plan_forms.FLAGS}
    | {f"{name}.1" for name in (*schedules.FIELDS, "id")}
    | {f"{name}2026-11-24" for name in plan_choices.PREFIXES}
)
ASKED = re.compile(r'asked(?:\.get)?\("([a-z_]+)"')
# Every name that an address may have.
PARAMETERS = sorted(
    {name for page in Path(pages.__file__).parent.glob("*.py") for name in ASKED.findall(page.read_text())}
    | {
        *seat_searches.ADDRESS.values(),
        *followed.ADDRESS.values(),
        *agenda_searches.FILTERS.values(),
        "semaine",
        "mois",
    }
)
# What the world of the tests has none of: an id like any other, which leads nowhere.
NEVER_MADE = (
    "busy_time_id",
    "closure_id",
    "invitation_id",
    "issuer",
    "outage_id",
    "role_id",
    "sign_in_id",
    "suppression_id",
    "text_id",
    "token_id",
    "secret",
    "slug",
    "tongue",
    "topic",
    "guide",
)
# Whoever passed one of these is signed in no more: what came after it would be asked as by a stranger.
WAYS_OUT = ("/deconnexion", "/verrouiller")
# They tell for as long as somebody listens.
ENDLESS = "/direct"
ROUGH = {
    "too long": "A" * 800,
    "control characters": "a\x00b\u202ec",
    "far away": "9999-12-31",
    "huge": "99999999999999999999",
    "below nought": "-1",
    "half an id": "019a0000-0000-7000",
}


def doors(method: str = "POST") -> list[str]:
    """The address of every page that takes a form, with names where things stand; the way out comes last."""
    found = {route.path for router in PAGES for route in router.routes if method in route.methods}
    return sorted(found, key=lambda door: (door in WAYS_OUT, door))


@pytest.fixture
async def ids(world: World) -> dict[str, str]:
    """One of each noun, by the names that addresses give them."""
    found = await things(world, world.manager)
    async with world.db.reading() as tx:
        booking = await bookings.load(tx, UUID(found["booking_id"]))
    named = {"person_id": found["job_seeker_id"], "proof": proof(booking, SITE)}
    return dict.fromkeys(NEVER_MADE, str(new_id(NOW))) | found | named


@pytest.fixture
async def everybody(world: World, browsers: Browsers) -> list[Browser]:
    """Who may do most of all, and whoever looks after people."""
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    return [await browsers.of(one) for one in (odile, world.manager)]


async def broken_by(everybody: list[Browser], ids: dict[str, str], form: dict[str, object]) -> list[str]:
    """The doors that break when this form is sent to them."""
    addresses = [PARAMETER.sub(lambda name: ids[name[1]], door) for door in doors()]
    return [
        door
        for browser in everybody
        for door, address in zip(doors(), addresses, strict=True)
        if (await browser.post(address, form)).status_code >= 500
    ]


@SQLITE
async def test_an_empty_form_breaks_no_door(ids: dict[str, str], everybody: list[Browser]):
    assert await broken_by(everybody, ids, {}) == []


@SQLITE
@pytest.mark.parametrize("said", ROUGH.values(), ids=ROUGH)
async def test_a_rough_word_in_every_field_breaks_no_door(ids: dict[str, str], everybody: list[Browser], said: str):
    assert await broken_by(everybody[1:], ids, dict.fromkeys(NAMES, said)) == []


@SQLITE
async def test_things_of_ones_own_in_every_field_break_no_door(ids: dict[str, str], everybody: list[Browser]):
    for id in (ids["session_id"], ids["job_seeker_id"], ids["booking_id"], ids["workshop_id"]):
        assert await broken_by(everybody[1:], ids, dict.fromkeys(NAMES, id)) == []


@SQLITE
async def test_every_field_sent_twice_breaks_no_door(ids: dict[str, str], everybody: list[Browser]):
    assert await broken_by(everybody[1:], ids, {name: ["1", "2"] for name in NAMES}) == []


@SQLITE
@pytest.mark.parametrize("said", ROUGH.values(), ids=ROUGH)
async def test_a_rough_word_in_every_parameter_breaks_no_page(ids: dict[str, str], everybody: list[Browser], said: str):
    names = ids | dict.fromkeys(("slug", "token"), "inconnu")
    asked = dict.fromkeys(PARAMETERS, said)

    broken = [
        door
        for door in doors("GET")
        if not door.endswith(ENDLESS)
        and (await everybody[1].get(PARAMETER.sub(lambda name: names[name[1]], door), params=asked)).status_code >= 500
    ]

    assert broken == []


def test_the_doors_and_the_fields_are_all_there():
    assert len(doors()) > 60 and {"last_name", "capacity", "because", "weekdays"} <= set(NAMES)
    assert len(doors("GET")) > 60 and {"jour", "apres", "q", "semaine"} <= set(PARAMETERS)
