"""The page "Ce qui partira": by day and hour, for a session or a person."""

import pytest

from tests.given import World
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_the_page_of_a_session_leads_to_what_will_leave(world: World, browsers: Browsers) -> None:
    session, nadia = await world.session(), await browsers.of(world.adviser)
    booking = await world.booked(session, await world.job_seeker("Diallo", phone="06 12 34 56 78"))
    href = f"/sessions/{session.id}/messages-a-venir"
    own = f'href="{href}?personne={booking.job_seeker_id}"'

    page = text(await nadia.get(href))

    assert f'href="{href}"' in (await nadia.get(f"/sessions/{session.id}")).text
    assert own in (await nadia.get(f"/inscriptions/{booking.id}")).text
    assert "lundi 26 octobre 2026" in page and "Rappel à Aïssatou DIALLO" in page


async def test_what_reaches_nobody_stands_first(world: World, browsers: Browsers) -> None:
    session, nadia = await world.session(), await browsers.of(world.adviser)
    person = await world.job_seeker("Diallo")

    page = text(await nadia.get(f"/sessions/{session.id}/messages-a-venir?personne={person.id}"))

    assert "n’a pas de place ici. Voici ce qui partirait" in page
    assert page.index("Ces messages n’arriveront à personne") < page.index("papier remis en main propre")
    assert "le papier remis suffit" in page


async def test_who_tells_nobody_anything_does_not_see_it(world: World, browsers: Browsers) -> None:
    session, karim = await world.session(), await browsers.of(world.facilitator)

    assert (await karim.get(f"/sessions/{session.id}/messages-a-venir")).status_code == 403
    assert "messages-a-venir" not in (await karim.get(f"/sessions/{session.id}")).text
