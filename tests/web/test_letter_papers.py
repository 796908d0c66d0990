"""Letters as PDF, one by one: what they say, who may print them, and in which language."""

from booking.domain.job_seekers import Need
from booking.domain.staff import Role
from booking.services import messages
from tests import papers
from tests.given import NOW, World
from tests.web.given import Browsers


async def printed(world: World, browsers: Browsers, asked: str = "", **person: object):
    booking = await world.booked(await world.session(), await world.job_seeker("Nguyễn", **person))
    nadia = await browsers.of(world.adviser)
    return booking, await nadia.get(f"/inscriptions/{booking.id}/papier.pdf{asked}")


async def test_the_pdf_says_what_the_database_knows(world: World, browsers: Browsers) -> None:
    booking, answer = await printed(world, browsers)
    letter = await messages.letter(world.db, booking.id, by=world.adviser, now=NOW)
    said = papers.text(answer.content)

    assert answer.headers["content-type"] == "application/pdf" and "no-store" in answer.headers["cache-control"]
    assert 'filename="lettre-aissatou-nguyen.pdf"' in answer.headers["content-disposition"]
    assert letter.case.workshop.title in said and "Bonjour Aïssatou NGUYỄN" in said
    assert f"texte {letter.words.template}" in said and booking.code in said.replace(" ", "")
    title, language, is_tagged = papers.facts(answer.content)
    assert title.startswith("Aïssatou NGUYỄN – Votre inscription") and language.startswith("fr") and is_tagged


async def test_another_language_and_large_print_can_be_asked_for(world: World, browsers: Browsers) -> None:
    _, english = await printed(world, browsers, "?langue=en")
    _, arabic = await printed(world, browsers, language="ar")
    _, usual = await printed(world, browsers)
    _, large = await printed(world, browsers, needs=frozenset({Need.SEES_LITTLE}))

    assert "You have a place in a workshop." in papers.text(english.content)
    assert "Vous avez une place dans un atelier." in papers.text(arabic.content)
    below = [
        max(y for _, y, run in papers.places(one.content) if "Vous avez une place" in run) for one in (usual, large)
    ]
    assert below[0] < below[1]


async def test_the_page_of_the_letter_leads_to_its_pdf(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session(), await world.job_seeker(language="ar"))
    nadia = await browsers.of(world.adviser)

    page = (await nadia.get(f"/inscriptions/{booking.id}/papier")).text

    assert f"/inscriptions/{booking.id}/papier.pdf?langue=fr&amp;gros=0" in page and "PDF en français" in page


async def test_a_letter_is_for_who_reaches_people_there(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session())
    paul = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Paul"))
    zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))

    path = f"/inscriptions/{booking.id}/papier.pdf"

    assert [(await one.get(path)).status_code for one in (paul, zoe, browsers.stranger())] == [404, 403, 302]
