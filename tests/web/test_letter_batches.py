"""All letters that wait to be printed, as one file."""

import json

from booking.delivery.deliveries import Deliveries
from booking.domain.staff import Role
from booking.services import printing_letters
from booking.services.sending import send_due
from tests import papers
from tests.given import NOW, SITE, World
from tests.web.given import Browsers

PATH = "/a-faire/lettres.pdf"
POSTED = {"address": "1 rue des Alpes", "postcode": "38000", "commune": "Grenoble"}


async def three_letters(world: World) -> list[str]:
    session = await world.session()
    for name in ("Diallo", "Nguyễn", "Pełka"):
        await world.booked(session, await world.job_seeker(name, **POSTED))
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    return [one.case.person.name for one in await printing_letters.to_print(world.db, by=world.adviser, now=NOW)]


async def test_the_file_has_every_letter_in_the_order_of_the_page(world: World, browsers: Browsers) -> None:
    names = await three_letters(world)
    nadia = await browsers.of(world.adviser)

    answer = await nadia.get(PATH)
    found = papers.pages(answer.content)

    assert len(names) == 3 and 'filename="lettres-2026-10-19.pdf"' in answer.headers["content-disposition"]
    assert [name in page for name, page in zip(names, found, strict=True)] == [True] * 3
    assert PATH in (await nadia.get("/a-faire")).text


async def test_a_page_with_a_script_hears_how_far_it_is(world: World, browsers: Browsers) -> None:
    await three_letters(world)
    nadia = await browsers.of(world.adviser)

    answer = await nadia.get(PATH, headers={"X-Progress": "1"})
    said, cut, file = answer.content.partition(b"%PDF")
    *steps, last = [json.loads(line) for line in said.splitlines()]

    assert steps[0] == {"done": 0, "all": 3} and all(step["done"] < 3 for step in steps)
    assert last == {"length": len(cut + file)} and len(papers.pages(cut + file)) == 3
    assert "no-store" in answer.headers["cache-control"]


async def test_only_letters_of_ones_own_agencies_are_printed(world: World, browsers: Browsers) -> None:
    await three_letters(world)
    paul = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Paul"))
    zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))

    assert papers.pages((await paul.get(PATH)).content) == [""]
    assert [(await one.get(PATH)).status_code for one in (zoe, browsers.stranger())] == [403, 302]
