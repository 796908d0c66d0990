"""The menu: everything in it opens, and is called on its page what it is called in the menu."""

import html

import pytest

from booking.domain.staff import Role
from booking.web import menus
from tests.given import World, an_agency, somebody
from tests.web.given import Browsers, text
from tests.web.rights import TABLE

ROLES = [*Role]
# In the order of the table of rights.
COLUMNS = [Role.ADVISER, Role.FACILITATOR, Role.ASSISTANT, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR]
ON_A_PHONE = 7


def let_in(role: Role) -> set[str]:
    """The pages that let this role in, by the table of rights."""
    column = COLUMNS.index(role)
    lines = [line.split() for line in TABLE.read_text().splitlines() if " GET /" in line and " API " not in line]
    return {path for own, *_, path in lines if own[column] == "+"}


def titles(answer_text: str) -> str:
    """What the page calls itself, in its title and in its heading."""
    (title,) = [part.partition("</title>")[0] for part in answer_text.split("<title>")[1:]]
    heading = answer_text.partition("<h1")[2].partition("</h1>")[0].partition(">")[2]
    return html.unescape(f"{title}\n{heading}").replace("\u202f", " ")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_page_is_called_what_the_menu_calls_it(world: World, browsers: Browsers):
    everybody = await world.staff(Role.ADMINISTRATOR, None, "Odile"), world.facilitator
    called: dict[str, str] = {}

    for who in everybody:
        browser = await browsers.of(who)
        offered = {one.path: one.title for section in menus.everything(who) for one in section.entries}
        new = {path: await browser.get(path) for path in offered.keys() - called.keys()}
        called |= {path: titles(answer.text) for path, answer in new.items()}
        shown = text(await browser.get("/menu"))
        assert all(title in shown for title in offered.values())

    assert called.keys() == menus.TITLES.keys()
    assert [path for path, title in menus.TITLES.items() if title not in called[path]] == []


@pytest.mark.parametrize("role", ROLES)
def test_everything_in_the_menu_of_a_role_opens(role: Role):
    place = None if role is Role.ADMINISTRATOR else an_agency()

    offered = {one.path for section in menus.everything(somebody(role, place)) for one in section.entries}

    assert offered and offered <= let_in(role)


@pytest.mark.parametrize("role", ROLES)
def test_what_one_does_daily_fits_a_phone_and_stands_in_the_menu(role: Role):
    who = somebody(role, None if role in (Role.ADMINISTRATOR, Role.AUDITOR) else an_agency())

    daily = [one.path for one in menus.daily(who)]

    assert 3 <= len(daily) < ON_A_PHONE
    assert {*daily} <= {one.path for section in menus.everything(who) for one in section.entries}


def test_a_page_below_another_leads_back_to_the_nearest_above():
    manager, facilitator = somebody(Role.MANAGER, an_agency()), somebody(Role.FACILITATOR, an_agency())

    def above(path: str) -> str | None:
        entry = menus.above(path, manager)
        return entry and entry.path

    assert above("/salles/1/modifier") == "/salles"
    assert above("/orientations/delais") == "/orientations"
    assert above("/agences/1/ouverture") is None and above("/menu") is None
    assert menus.above("/personnes/1", facilitator) is None
