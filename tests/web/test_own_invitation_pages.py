"""One's own page about invitations, and what a manager sees of them on the page of the team."""

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import PermanentFailure
from booking.domain.messages import SETTLING
from booking.services import own_invitations
from booking.services.inviting_by_mail import send_due
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider
from tests.web.given import Browsers, text

MAIL = {"email": "karim@example.org", "takes": "1"}


async def led(world: World):
    return await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))


async def test_a_facilitator_asks_for_his_sessions_and_sees_them_leave(world: World, browsers: Browsers) -> None:
    session, karim = await led(world), await browsers.of(world.facilitator)
    assert "Mes invitations" in text(await karim.get("/agendas"))

    page = text(await karim.after(await karim.post("/mes-invitations", MAIL)))

    assert "Vos séances à venir partent dans dix minutes environ" in page
    assert world.workshop.title in page and "Va partir" in page
    await send_due(world.db, Deliveries(Provider()), NOW + SETTLING, site=SITE)
    assert "Envoyé" in text(await karim.get("/mes-invitations"))
    assert str(session.id) in (await karim.get("/mes-invitations")).text


async def test_the_address_is_called_neither_optional_nor_needed_before_he_chooses(world, browsers) -> None:
    karim = await browsers.of(world.facilitator)

    before = text(await karim.get("/mes-invitations"))
    refused = await karim.post("/mes-invitations", {"email": "", "takes": "1"})

    assert "(facultatif)" not in before
    assert refused.status_code == 422 and "(facultatif)" not in text(refused) and "checked" in refused.text


async def test_he_ends_it_on_the_same_page(world: World, browsers: Browsers) -> None:
    karim = await browsers.of(world.facilitator)
    await karim.post("/mes-invitations", MAIL)

    page = text(await karim.after(await karim.post("/mes-invitations", {"email": MAIL["email"]})))

    assert "Plus rien n’est envoyé" in page
    own = await own_invitations.show(world.db, by=world.facilitator, now=NOW)
    assert not own.choice.takes_invitations and own.choice.email == MAIL["email"]


async def test_what_was_typed_stays_beside_what_is_wrong(world: World, browsers: Browsers) -> None:
    karim = await browsers.of(world.facilitator)

    wrong = await karim.post("/mes-invitations", {"email": "karim@", "takes": "1"})
    missing = await karim.post("/mes-invitations", {"email": "", "takes": "1"})

    assert (wrong.status_code, missing.status_code) == (422, 422)
    assert 'value="karim@"' in wrong.text and "Cette adresse n’est pas complète" in text(wrong)
    assert "Ce champ est obligatoire" in text(missing)


async def test_a_manager_sees_who_gets_them_and_what_does_not_arrive(world: World, browsers: Browsers) -> None:
    await led(world)
    karim, marion = await browsers.of(world.facilitator), await browsers.of(world.manager)
    assert "Reçoit ses séances" not in text(await marion.get("/equipe"))

    await karim.post("/mes-invitations", MAIL)
    refusing = Deliveries(Provider(failures=[PermanentFailure("no such user")]))
    await send_due(world.db, refusing, NOW + SETTLING, site=SITE)
    page = text(await marion.get("/equipe"))

    assert "Reçoit ses séances dans son agenda" in page
    assert "1 séance n’a pas pu lui être envoyée" in page
    assert MAIL["email"] not in page
