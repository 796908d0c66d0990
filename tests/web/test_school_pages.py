"""The page on which administrators bring the school calendar in."""

import pytest

from booking.domain.staff import Role
from booking.services import school_holidays
from booking.web.security import form_token
from tests.given import World
from tests.web.given import Browser, Browsers, text

ADDRESS = "/vacances-scolaires"
LIST = "zone,name,first_on,last_on\nA,Toussaint,2026-10-17,2026-11-01\nD,Hiver,2027-02-13,2027-02-28\n"


@pytest.fixture
async def agnes(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))


async def send(browser: Browser, content: str, action: str = "import", token: str | None = None):
    fields = {"form_token": form_token(browser.secret) if token is None else token, "action": action}
    return await browser.http.post(ADDRESS, data=fields, files={"file": ("vacances.csv", content, "text/csv")})


async def test_a_list_is_brought_in_and_the_report_names_the_bad_row(world: World, agnes: Browser):
    page = await send(agnes, LIST)

    assert page.status_code == 200
    assert "Import terminé" in text(page) and "Vacances nouvelles 1" in text(page) and "Lignes refusées 1" in text(page)
    assert "3 zone D Ce n’est pas une zone" in text(page)
    assert "Zone A (1) Toussaint, du samedi 17 octobre 2026 au dimanche 1er novembre 2026" in text(page)


async def test_a_try_writes_nothing(world: World, agnes: Browser):
    page = await send(agnes, LIST, "try")

    assert "Essai : rien n’est enregistré" in text(page)
    assert await school_holidays.every(world.db) == []


async def test_a_list_of_a_whole_country_for_ten_years_is_taken(world: World, agnes: Browser):
    rows = [f"{zone},Été {n},{2000 + n}-07-03,{2000 + n}-08-31" for n in range(90) for zone in "ABC"]
    long = "zone,name,first_on,last_on\n" + "\n".join(row + " " * 400 for row in rows)

    page = await send(agnes, long)

    assert len(long) > 100_000 and "Vacances nouvelles 270" in text(page)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "Le fichier est vide"),
        ("a;b\n1;2\n", "Il manque une colonne"),
        ("PK\x03\x04", "Ce n’est pas du texte"),
    ],
)
async def test_a_file_that_is_no_calendar_is_told(agnes: Browser, content: str, said: str):
    page = await send(agnes, content)

    assert page.status_code == 422 and said in text(page)


async def test_the_page_and_its_form_are_for_administrators(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)

    assert (await marion.get(ADDRESS)).status_code == 403
    assert (await send(marion, LIST)).status_code == 403
    assert "Vacances scolaires" not in (await marion.get("/salles")).text.split("</nav>")[1]


async def test_a_form_of_somebody_else_brings_nothing_in(world: World, agnes: Browser):
    assert (await send(agnes, LIST, token="")).status_code == 403
    assert await school_holidays.every(world.db) == []
