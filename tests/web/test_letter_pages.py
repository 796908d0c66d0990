"""The letter in the person's language, and in large print for who sees little."""

import re

from booking.domain.job_seekers import Need
from tests.given import World
from tests.web.given import Browsers, text


async def letter(world: World, browsers: Browsers, asked: str = "", **person: object) -> str:
    booking = await world.booked(await world.session(), await world.job_seeker(**person))
    nadia = await browsers.of(world.adviser)
    return (await nadia.get(f"/inscriptions/{booking.id}/papier{asked}")).text


async def test_a_letter_speaks_the_person_s_language_and_names_itself_in_french(
    world: World, browsers: Browsers
) -> None:
    page = await letter(world, browsers, language="ar")

    assert '<section class="said" lang="ar" dir="rtl">' in page and "<dt>الورشة</dt>" in page
    assert re.search(r'class="in-french" lang="fr" dir="ltr">Votre inscription', page)
    assert "confirmation/ar/1" in page


async def test_another_language_can_be_printed(world: World, browsers: Browsers) -> None:
    french = await letter(world, browsers, "?langue=fr", language="ar")
    english = await letter(world, browsers, "?langue=en")
    unknown = await letter(world, browsers, "?langue=xx")

    assert "Vous avez une place dans un atelier." in french and "in-french" not in french
    assert "You have a place in a workshop." in english
    assert "Vous avez une place dans un atelier." in unknown


async def test_who_sees_little_has_large_print_and_anybody_may(world: World, browsers: Browsers) -> None:
    usual = await letter(world, browsers)
    wished = await letter(world, browsers, "?gros=1")
    needed = await letter(world, browsers, needs=frozenset({Need.SEES_LITTLE}))

    assert ["letter large" in page for page in (usual, wished, needed)] == [False, True, True]
    assert "Gros caractères" in usual and "Caractères normaux" in needed


async def test_who_sees_or_hears_little_stands_on_the_roster(world: World, browsers: Browsers) -> None:
    needs = frozenset({Need.SEES_LITTLE, Need.HEARS_LITTLE})
    session = await world.session()
    await world.booked(session, await world.job_seeker(needs=needs))

    marion = await browsers.of(world.manager)
    page = text(await marion.get(f"/presence/{session.meetings[0].id}"))

    assert "Voit mal" in page and "Entend mal" in page
