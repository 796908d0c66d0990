"""Questions and rules on the page: read by everybody who asks them, tried, and written anew by the network."""

from booking.domain.staff import Role
from booking.services import questionnaires
from tests.given import World
from tests.web.given import Browser, Browsers, text

HERE = "/diagnostic/brouillon"


async def agnes(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))


async def test_a_manager_reads_the_rules_in_plain_french_and_writes_none(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)

    shown = text(await marion.get("/diagnostic"))

    assert "Prévenir par appel quand « Avez-vous un téléphone ? » : Oui, à touches" in shown
    assert "Préparer une nouvelle version" not in shown
    assert (await marion.post(HERE)).status_code == 403
    assert (await marion.get(f"{HERE}/questions/phone")).status_code == 403


async def test_made_up_answers_show_which_rules_they_meet(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)

    tried = text(await marion.get("/diagnostic/essai?q.phone=none"))
    crossed = await marion.get("/diagnostic/essai?q.alone=search&q.alone=nothing")

    assert "Règles qui s’appliquent Offre solidaire : téléphone" in tried
    assert "Ces réponses ne vont pas ensemble : Que faites-vous sans aide ?" in text(crossed)


async def test_a_new_question_with_its_rule_is_written_and_published(world: World, browsers: Browsers):
    browser = await agnes(world, browsers)
    await browser.post(HERE)
    question = {"text": "Avez-vous une tablette ?", "answer_0": "Oui", "answer_1": "Non", "active": "1", "edition": "0"}
    rule = {"when.avez-vous-une-tablette": "non", "then": "workshop:beginner", "theme": "Tablette", "active": "1"}

    kept = await browser.after(await browser.post(f"{HERE}/questions/nouvelle", question))
    sent = await browser.post(f"{HERE}/regles/nouvelle", rule | {"why": "Pas de tablette.", "edition": "1"})
    published = await browser.after(await browser.post(f"{HERE}/changer", {"faire": "publier", "edition": "2"}))

    assert "Avez-vous une tablette ?" in text(kept)
    assert sent.status_code == 303
    assert "C’est publié." in text(published)
    now = await questionnaires.current(world.db, by=world.adviser)
    assert now.rules[-1].then.key == "workshop:beginner:Tablette"


async def test_a_rule_without_conditions_is_refused_with_what_was_typed(world: World, browsers: Browsers):
    browser = await agnes(world, browsers)
    await browser.post(HERE)

    refused = await browser.post(f"{HERE}/regles/nouvelle", {"then": "offer:equipment", "why": "Sans raison."})

    assert refused.status_code == 422
    assert "Cochez au moins une case." in text(refused)
    assert 'value="Sans raison."' in refused.text and 'value="offer:equipment" selected' in refused.text
