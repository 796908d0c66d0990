"""For who looks after a town's site: what to copy, and how it will look."""

import html
import re

import pytest

from booking.web.headers import ALWAYS
from tests.given import World, a_workshop
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

PAGE = "/agences/grenoble-bastille/integrer"


def to_copy(page: str) -> list[str]:
    """What stands in the fields from which one copies, as a person would paste it."""
    return [
        html.unescape(said) for said in re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    ]


async def test_what_is_copied_is_a_frame_a_link_and_the_addresses_of_each_form(world: World, browsers: Browsers):
    page = (await browsers.stranger().get(PAGE)).text

    assert to_copy(page) == [
        '<iframe src="https://ateliers.example/agences/grenoble-bastille/prochains" title="Prochains ateliers – '
        'Grenoble Bastille" width="100%" height="640" loading="lazy" style="border:0"></iframe>',
        '<a href="https://ateliers.example/agences/grenoble-bastille">Prochains ateliers – Grenoble Bastille</a>',
        "https://ateliers.example/agences/grenoble-bastille/prochains.json",
        "https://ateliers.example/agences/grenoble-bastille/prochains.atom",
        "https://ateliers.example/ical/agences/grenoble-bastille/ateliers.ics",
        "webcal://ateliers.example/ical/agences/grenoble-bastille/ateliers.ics",
    ]


async def test_the_choices_are_in_what_is_copied_and_in_the_preview(world: World, browsers: Browsers):
    await world.session()
    stranger = browsers.stranger()

    page = (await stranger.get(f"{PAGE}?nombre=3&atelier={world.workshop.id}&couleur=red&theme=sombre&langue=en")).text

    query = f"?nombre=3&atelier={world.workshop.id}&couleur=red&theme=sombre&langue=en"
    frame, _, feed, *_ = to_copy(page)
    assert html.unescape(re.findall(r'src="([^"]*)"', frame)[0]).endswith(f"/prochains{query}")
    assert 'title="Next workshops' in frame or "Grenoble Bastille" in frame
    assert feed.endswith(f"/prochains.json?nombre=3&atelier={world.workshop.id}&langue=en")
    (preview,) = re.findall(r'<iframe class="preview" src="([^"]*)"', page)
    assert (await stranger.get(html.unescape(preview))).status_code == 200


async def test_only_our_own_pages_are_framed_there_and_nobody_frames_it(world: World, browsers: Browsers):
    policy = (await browsers.stranger().get(PAGE)).headers["content-security-policy"]

    assert policy == f"{ALWAYS['content-security-policy']}; frame-src 'self'"


async def test_the_workshops_on_offer_are_those_to_come(world: World, browsers: Browsers):
    other = a_workshop("Jamais donné")
    await world.session()

    page = text(await browsers.stranger().get(PAGE))

    assert world.workshop.title in page and other.title not in page


async def test_the_agency_and_its_settings_lead_there(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)

    for path in ("/agences/grenoble-bastille", f"/agences/{world.agency.id}/reglages"):
        assert f'href="{PAGE}"' in (await marion.get(path)).text


async def test_an_agency_that_publishes_nothing_has_nothing_to_copy(world: World, browsers: Browsers):
    hidden = await world.another_agency("Lyon", publishes=False)
    admin = await browsers.of(world.manager)

    assert (await admin.get("/agences/lyon/integrer")).status_code == 404
    assert (await browsers.stranger().get("/agences/inconnue/integrer")).status_code == 404 and hidden


@pytest.mark.parametrize(
    "query", ["?nombre=x", "?atelier=%00", "?couleur=%22%3E", "?langue=%ff", "?nombre=999999999999"]
)
async def test_a_choice_that_nobody_offers_is_none(world: World, browsers: Browsers, query: str):
    page = await browsers.stranger().get(PAGE + query)

    assert page.status_code == 200 and '">"' not in page.text


async def test_a_name_cannot_leave_its_attribute(world: World, browsers: Browsers):
    await world.another_agency('"Phare"<b>')

    page = (await browsers.stranger().get('/agences/"phare"<b>/integrer')).text

    assert "<b>" not in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert 'title="Prochains ateliers – &quot;Phare&quot;&lt;b&gt;"' in to_copy(page)[0]
