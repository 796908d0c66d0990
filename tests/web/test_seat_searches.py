"""Looking for a seat: by date or by distance, with filters that the address keeps, and never a dead end."""

import pytest
from sqlalchemy import update

from booking.domain.agencies import Agency
from booking.domain.rooms import Room
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.domain.workshops import Level
from booking.services import scheduling
from booking.storage import agencies, tables
from tests.given import HOUR, NOW, World, a_workshop, in_days, meeting
from tests.web.given import Browser, Browsers, signed_in, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NEAR, FAR = {"latitude": 45.19, "longitude": 5.72}, {"latitude": 45.36, "longitude": 5.59}
HERE = {"latitude": 45.17, "longitude": 5.71}


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def at(world: World, agency: Agency, *meetings, **known) -> Session:
    return await world.session(*meetings, agency_id=agency.id, by=await odile(world), **known)


async def odile(world: World):
    """Somebody who plans everywhere."""
    world.people += 1
    return await world.staff(Role.MANAGER, None, f"Odile {world.people}")


async def located(world: World, browsers: Browsers) -> tuple[Browser, Agency, Agency, Agency]:
    """An adviser in Bastille, with an agency next door and one twenty kilometres away."""
    here = await world.another_agency("Bastille", **HERE)
    near = await world.another_agency("Île Verte", **NEAR)
    far = await world.another_agency("Voiron", **FAR)
    return await browsers.of(await world.staff(Role.ADVISER, here, "Inès")), here, near, far


async def room(world: World, name: str, **known: bool) -> Room:
    usual = {"seats": 9, "workstations": 9, "agency_id": world.agency.id}
    one = Room(id=world.room.id.__class__(int=hash(name) % 2**100), name=name, **(usual | known))
    async with world.db.transaction() as tx:
        await agencies.add_room(tx, one)
    return one


async def helping(world: World, session: Session, *languages: str) -> Session:
    """The session with somebody who helps in these languages."""
    async with world.db.transaction() as tx:
        await tx.run(update(tables.sessions).where(tables.sessions.c.id == session.id).values(languages=languages))
    return session


def shown(page, *sessions: Session) -> list[bool]:
    return [f'id="r-{session.id}"' in page.text for session in sessions]


async def test_the_nearest_come_first_agency_by_agency(world: World, browsers: Browsers):
    ines, here, near, far = await located(world, browsers)
    there, next_door, own = [await at(world, one, meeting(in_days(n))) for n, one in enumerate((far, near, here), 2)]

    page = await ines.get("/placer?tri=pres")

    places = [page.text.index(f'id="r-{session.id}"') for session in (own, next_door, there)]
    assert places == sorted(places)
    assert "Île Verte 2,4 km Toutes ses sessions" in text(page)


async def test_how_far_one_would_go_restricts(world: World, browsers: Browsers):
    ines, here, near, far = await located(world, browsers)
    found = [await at(world, one) for one in (here, near, far)]

    pages = [await ines.get(f"/placer?agence={scope}") for scope in ("5", "20", "toutes", "mienne")]

    assert [shown(page, *found) for page in pages] == [
        [True, True, False],
        [True, True, False],
        [True, True, True],
        [True, False, False],
    ]


async def test_half_of_the_day_is_by_the_clock_of_the_place(world: World, nadia: Browser):
    morning, afternoon = await world.session(), await world.session(meeting(in_days(14, hour=5)))
    both = await world.session(meeting(in_days(16)), meeting(in_days(17, hour=5)))

    pages = [await nadia.get(f"/placer?moment={half}") for half in ("matin", "apres-midi", "")]

    assert [shown(page, morning, afternoon, both) for page in pages] == [
        [True, False, False],
        [False, True, False],
        [True, True, True],
    ]


async def test_every_meeting_must_be_in_a_room_that_suits(world: World, nadia: Browser):
    accessible = await room(world, "Drac", has_step_free_access=True, has_hearing_loop=True)
    suits = await world.session(meeting(in_days(3), room_id=accessible.id))
    half = await world.session(meeting(in_days(4), room_id=accessible.id), meeting(in_days(5), room_id=world.room.id))
    nowhere = await world.session(meeting(in_days(6)))

    pages = [await nadia.get(f"/placer?{said}=1") for said in ("plainpied", "boucle")]

    assert [shown(page, suits, half, nowhere) for page in pages] == [[True, False, False]] * 2


async def test_level_and_workshop_restrict(world: World, nadia: Browser):
    hard = a_workshop("Tableur", level=Level.ADVANCED)
    await scheduling.add_workshop(world.db, hard, by=world.manager, now=NOW)
    easy_one, hard_one = await world.session(), await world.session(workshop_id=hard.id)

    pages = [await nadia.get(f"/placer?{said}") for said in ("niveau=advanced", f"atelier={hard.id}", "niveau=x")]

    assert [shown(page, easy_one, hard_one) for page in pages] == [[False, True], [False, True], [True, True]]


async def test_help_in_a_language_restricts_and_is_said(world: World, nadia: Browser):
    helped, other = await helping(world, await world.session(), "ar", "tr"), await world.session(meeting(in_days(15)))

    page = await nadia.get("/placer?aide=ar")

    assert shown(page, helped, other) == [True, False]
    assert "Aide en arabe" in text(page)
    assert shown(await nadia.get("/placer?aide=%25"), helped, other) == [True, True]


async def test_filters_stay_through_every_link_and_form(world: World, nadia: Browser):
    await world.session()
    person = await world.job_seeker()
    asked = f"/placer?personne={person.id}&moment=matin&niveau=beginner&tri=pres"

    page = (await nadia.get(asked)).text

    link = page.partition('id="f-loop-1" href="')[2].partition('"')[0]
    form = page.partition('action="/placer/inscrire"')[2].partition("</form>")[0]
    assert "moment=matin" in link and "niveau=beginner" in link and "boucle=1" in link
    assert 'name="moment" value="matin"' in form and 'name="tri" value="pres"' in form


async def test_when_nothing_fits_each_filter_can_be_let_go(world: World, nadia: Browser):
    await world.session()

    page = await nadia.get("/placer?moment=apres-midi&niveau=beginner")

    assert "Aucune place ne réunit tout cela. Retirez un filtre :" in text(page)
    assert "Sans la demi-journée" in text(page) and "Sans le niveau" in text(page)
    assert 'href="/placer"' in page.text.partition('class="empty"')[2]


async def test_one_session_is_asked_for_by_its_own_page(world: World, nadia: Browser):
    wanted, other = await world.session(), await world.session(meeting(in_days(15)))

    session_page = await nadia.get(f"/sessions/{wanted.id}")
    page = await nadia.get(f"/placer?seule={wanted.id}")

    assert f"/placer?seule={wanted.id}" in session_page.text
    assert shown(page, wanted, other) == [True, False]
    assert "Une seule session" in text(page)


async def test_what_the_person_has_at_that_time_is_said_before_anybody_tries(world: World, nadia: Browser):
    person = await world.job_seeker()
    booked = await world.booked(await world.session(), person)
    cycle = await world.session(meeting(in_days(11)), meeting(in_days(14, hour=1)))

    page = await nadia.get(f"/placer?personne={person.id}")

    row = page.text.partition(f'id="r-{cycle.id}"')[2].partition("</article>")[0]
    assert "Déjà pris à cette heure-là" in row and f"/inscriptions/{booked.id}" in row
    assert "/placer/inscrire" not in row


async def test_the_dates_of_a_cycle_are_all_there(world: World, nadia: Browser):
    await world.session(*(meeting(in_days(n)) for n in (7, 9, 14)))

    page = text(await nadia.get("/placer"))

    assert "3 séances, jusqu’au 2 novembre" in page
    assert "lundi 26 octobre, 9 h → 11 h mercredi 28 octobre, 9 h → 11 h lundi 2 novembre" in page


async def test_who_joins_late_is_told_with_which_meeting_he_begins(world: World):
    cycle = a_workshop("Cycle", join_until=2)
    await scheduling.add_workshop(world.db, cycle, by=world.manager, now=NOW)
    await world.session(meeting(in_days(1)), meeting(in_days(3)), meeting(in_days(5)), workshop_id=cycle.id)

    page = text(await later(world, in_days(2), "/placer"))

    assert "Déjà commencée : on entre à la séance 2 sur 3" in page
    assert "jeudi 22 octobre 10 h" in page


async def later(world: World, now, path: str):
    async with signed_in(world, world.adviser, now) as browser:
        return await browser.get(path)


async def test_what_suits_the_person_is_recommended_before_what_comes_first(world: World, nadia: Browser):
    accessible = await room(world, "Drac", has_hearing_loop=True)
    first = await world.session(meeting(in_days(2)))
    suits = await helping(world, await world.session(meeting(in_days(3), room_id=accessible.id)), "ar")
    person = await world.job_seeker(needs=frozenset({"hears_little"}), language="ar")

    page = await nadia.get(f"/placer?personne={person.id}&moment=matin")

    best = page.text.partition(f'id="r-{suits.id}"')[2].partition("</article>")[0]
    assert "Conseillé" in best and "boucle auditive, aide en arabe, le matin, dans son agence" in best
    assert "Conseillé" not in page.text.partition(f'id="r-{first.id}"')[2].partition("</article>")[0]


async def test_the_next_agencies_follow_on_the_next_page(world: World, browsers: Browsers):
    ines, here, *_ = await located(world, browsers)
    for n in range(30):
        await world.another_agency(f"Annexe {n}", latitude=45.17 + n / 1000, longitude=5.71)
    own = [await at(world, here, meeting(in_days(2 + n) + HOUR * n)) for n in range(6)]

    page = await ines.get("/placer?tri=pres")

    assert shown(page, *own) == [True] * 4 + [False] * 2, "a few of each, and a link to all of them"
    assert f"agence={here.id}" in page.text


@pytest.mark.parametrize(
    "asked", ["tri=x", "niveau=x", "moment=x", "aide=zzz", "seule=x", "agence=-5", "apres=9999999"]
)
async def test_what_is_written_wrong_restricts_nothing_it_should_not(world: World, nadia: Browser, asked: str):
    await world.session()

    assert (await nadia.get(f"/placer?{asked}&tri=pres")).status_code == 200
