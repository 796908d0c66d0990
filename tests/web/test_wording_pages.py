"""The texts of an agency on their pages: tried out, kept, taken back, and read again as they were said."""

from booking.delivery.deliveries import Deliveries
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from booking.domain.staff import Role
from booking.services import to_do
from booking.services.sending import send_due
from booking.storage import outbox
from tests.given import NOW, SITE, World
from tests.outside import Provider
from tests.web.given import Browsers, text

GOOD = "Rappel de {agence}: {atelier}, {date}, {lieu}. Code {code}"


def address(world: World, which: str = "reminder/sms/fr") -> str:
    return f"/agences/{world.agency.id}/textes/{which}"


async def test_a_manager_finds_the_texts_from_the_settings_and_sees_what_is_changed(
    world: World, browsers: Browsers
) -> None:
    marion = await browsers.of(world.manager)
    assert (
        f'href="/agences/{world.agency.id}/textes"' in (await marion.get(f"/agences/{world.agency.id}/reglages")).text
    )
    await marion.post(address(world), {"body": GOOD, "seen": "0", "faire": "enregistrer"})

    page = await marion.get(f"/agences/{world.agency.id}/textes")

    assert f'href="{address(world)}"' in page.text and "par Marion" in text(page)


async def test_a_text_is_tried_out_before_it_is_kept(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)

    tried = await marion.post(address(world), {"body": GOOD + " À bientôt", "seen": "0", "faire": "apercu"})
    kept = await marion.get(address(world))

    assert "Rappel de Grenoble Bastille: Ordinateur 1," in text(tried) and "A bientot" in text(tried)
    assert "Certains signes sont remplacés" in text(tried)
    assert "texte d’origine" in text(kept) and "A bientot" not in text(kept)


async def test_what_is_wrong_is_named_with_what_would_do_and_nothing_is_lost(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)

    answer = await marion.post(address(world), {"body": GOOD + " {dte} www.ailleurs.fr", "seen": "0"})

    assert answer.status_code == 422
    assert "{dte} n’existe pas pour ce message. Vouliez-vous {date}" in text(answer)
    assert "www.ailleurs.fr est l’adresse d’un autre site" in text(answer)
    assert "{dte} www.ailleurs.fr</textarea>" in answer.text


async def test_a_kept_text_is_shown_and_the_original_comes_back(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)

    kept = await marion.after(await marion.post(address(world), {"body": GOOD, "seen": "0"}))
    back = await marion.after(await marion.post(address(world), {"seen": "1", "faire": "version-0"}))

    assert "Les prochains messages disent ce texte" in text(kept) and "Version 1" in text(kept)
    assert "disent le texte d’origine" in text(back) and "Reprendre cette version" in text(back)


async def test_two_who_write_at_once_do_not_overwrite_each_other(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)
    await marion.post(address(world), {"body": GOOD, "seen": "0"})

    answer = await marion.post(address(world), {"body": GOOD + " Merci", "seen": "0"})

    assert answer.status_code == 412 and "Merci</textarea>" in answer.text


async def test_arabic_is_written_from_right_to_left(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)

    page = await marion.get(address(world, "reminder/mail/ar"))

    assert 'dir="rtl" lang="ar"' in page.text and "نحن في انتظاركم في ورشتكم." in page.text


async def test_nobody_else_writes_texts_and_there_are_no_others(world: World, browsers: Browsers) -> None:
    nadia, marion = await browsers.of(world.adviser), await browsers.of(world.manager)

    assert (await nadia.get(address(world))).status_code == 403
    assert (await marion.get("/textes")).status_code == 403
    for which in ("nothing/sms/fr", "reminder/fax/fr", "reminder/sms/de", "invitation/mail/fr"):
        assert (await marion.get(address(world, which))).status_code == 404


async def test_an_administrator_writes_for_the_whole_network(world: World, browsers: Browsers) -> None:
    agnes = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
    await agnes.post("/textes/reminder/sms/fr", {"body": GOOD, "seen": "0"})

    page = await (await browsers.of(world.manager)).get(f"/agences/{world.agency.id}/textes")

    assert "texte du réseau" in text(page) and "modifié le" in text(await agnes.get("/textes"))


async def test_what_a_person_was_told_can_be_read_again(world: World, browsers: Browsers) -> None:
    nadia = await browsers.of(world.adviser)
    post = Provider(Channel.EMAIL)
    booking = await world.booked(await world.session(), await world.job_seeker(email="awa@example.org"))
    await send_due(world.db, Deliveries(post), NOW, site=SITE)
    async with world.db.reading() as tx:
        sent, *waiting = await outbox.of_booking(tx, booking.id)

    journal = await nadia.get(f"/messages?inscription={booking.id}")
    told = await nadia.get(f"/messages/{sent.id}/texte")
    unsaid = await nadia.get(f"/messages/{waiting[0].id}/texte")

    assert f"/messages/{sent.id}/texte" in journal.text
    assert post.taken[0].subject in told.text and "Vous avez une place dans un atelier." in text(told)
    assert "Rien n’a encore été dit" in text(unsaid)
    assert (await (await browsers.of(world.facilitator)).get(f"/messages/{sent.id}/texte")).status_code == 403


async def test_a_paper_that_was_handed_over_can_be_read_again_until_that_is_undone(
    world: World, browsers: Browsers
) -> None:
    nadia = await browsers.of(world.adviser)
    await world.booked(await world.session(), await world.job_seeker(language="ar"))
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    (item,) = [one for one in await to_do.to_do(world.db, by=world.adviser, now=NOW) if is_confirmation(one)]

    await to_do.done(world.db, item.message.id, "handed-over", by=world.adviser, now=NOW)
    told = text(await nadia.get(f"/messages/{item.message.id}/texte"))
    await to_do.undo(world.db, item.message.id, by=world.adviser, now=NOW)
    undone = text(await nadia.get(f"/messages/{item.message.id}/texte"))

    assert "confirmation/ar/1" in told and "لديكم مكان في ورشة." in told
    assert "Rien n’a encore été dit" in undone


def is_confirmation(item: to_do.ToDo) -> bool:
    return item.message.kind is MessageKind.CONFIRMATION
