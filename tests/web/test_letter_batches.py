"""All letters that wait to be printed, as one file."""

import json
import re

from booking.delivery.deliveries import Deliveries
from booking.domain.staff import Role
from booking.services import printing_letters
from booking.services.sending import send_due
from tests import papers
from tests.given import NOW, SITE, World
from tests.web.given import Browsers, text

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


async def test_only_the_chosen_letters_are_printed_and_a_choice_without_any_says_so(world: World, browsers: Browsers):
    names = await three_letters(world)
    nadia = await browsers.of(world.adviser)
    page = (await nadia.get("/a-faire")).text
    waiting = re.findall(r'name="ids" value="([0-9a-f-]+)"', page)

    some = papers.pages((await nadia.post(PATH, {"ids": [waiting[0], waiting[2]]})).content)
    none = await nadia.after(await nadia.post(PATH, {"ids": [str(world.agency.id)]}))

    assert 'formaction="/a-faire/lettres.pdf"' in page and len(waiting) == 3
    assert [name in page for name, page in zip((names[0], names[2]), some, strict=True)] == [True] * 2
    assert "rien de ce qui est coché ne s’imprime" in text(none)


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
