"""The next version of the questionnaire is written in a draft, published, and changes no more."""

from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, QuestionnairePublished, StaleEdit
from booking.domain.first_questionnaire import SHIPPED
from booking.domain.phrases import Phrase
from booking.domain.questionnaires import Answer, Question
from booking.domain.staff import Role, Staff
from booking.services import diagnoses, questionnaire_drafts, questionnaires
from tests.given import NOW, World

TABLET = Question(
    code="tablet", text=Phrase("Avez-vous une tablette ?"), answers=(Answer(code="yes", text=Phrase("Oui")),)
)


@pytest.fixture
async def agnes(world: World) -> Staff:
    """Who administers the network."""
    return await world.staff(Role.ADMINISTRATOR, None, "Agnès")


async def test_a_network_begins_with_what_is_shipped(world: World) -> None:
    found = await questionnaires.versions(world.db, by=world.adviser)

    assert (found.current, found.draft, found.every) == (SHIPPED, None, [SHIPPED])


async def test_a_draft_counts_for_nobody_until_it_is_published(world: World, agnes: Staff) -> None:
    about = {"by": agnes, "now": NOW}
    await questionnaire_drafts.begin(world.db, **about)
    await questionnaire_drafts.write_question(world.db, TABLET, seen=0, **about)
    before = await questionnaires.current(world.db, by=world.adviser)

    await questionnaire_drafts.publish(world.db, seen=1, **about)

    after = await questionnaires.current(world.db, by=world.adviser)
    assert (before.version, len(before.questions)) == (1, 9)
    assert (after.version, after.question("tablet"), after.published_at) == (2, TABLET, NOW)
    assert after.rules == SHIPPED.rules


async def test_old_answers_keep_their_wording(world: World, agnes: Staff) -> None:
    person = await world.job_seeker()
    made = await diagnoses.answer(world.db, person.id, {"phone": ["none"]}, by=world.adviser, now=NOW)
    about = {"by": agnes, "now": NOW}
    await questionnaire_drafts.begin(world.db, **about)
    reworded = replace(SHIPPED.questions[0], text=Phrase("Quel téléphone ?"))
    await questionnaire_drafts.write_question(world.db, reworded, seen=0, **about)
    await questionnaire_drafts.publish(world.db, seen=1, **about)

    kept = await diagnoses.show(world.db, made.id, by=world.adviser)

    assert kept.questionnaire.question("phone").text.french == "Avez-vous un téléphone ?"


async def test_two_who_write_the_draft_notice_each_other(world: World, agnes: Staff) -> None:
    about = {"by": agnes, "now": NOW}
    await questionnaire_drafts.begin(world.db, **about)
    await questionnaire_drafts.write_question(world.db, TABLET, seen=0, **about)

    with pytest.raises(StaleEdit):
        await questionnaire_drafts.move(world.db, "tablet", seen=0, **about)


async def test_there_is_one_draft_and_whoever_begins_again_goes_on_with_it(world: World, agnes: Staff) -> None:
    first = await questionnaire_drafts.begin(world.db, by=agnes, now=NOW)

    again = await questionnaire_drafts.begin(world.db, by=agnes, now=NOW)

    assert again == first


async def test_questions_and_rules_are_moved_and_taken_out(world: World, agnes: Staff) -> None:
    about = {"by": agnes, "now": NOW}
    await questionnaire_drafts.begin(world.db, **about)

    await questionnaire_drafts.move(world.db, "plan", seen=0, **about)
    draft = await questionnaire_drafts.remove(world.db, "no-phone", seen=1, **about)

    assert [one.code for one in draft.questions][:2] == ["plan", "phone"]
    assert draft.rule("no-phone") is None
    with pytest.raises(NotFound):
        await questionnaire_drafts.remove(world.db, "no-phone", seen=2, **about)


async def test_what_a_rule_speaks_of_can_not_be_taken_out(world: World, agnes: Staff) -> None:
    about = {"by": agnes, "now": NOW}
    await questionnaire_drafts.begin(world.db, **about)
    phone = SHIPPED.questions[0]

    with pytest.raises(InvalidField):
        await questionnaire_drafts.remove(world.db, "phone", seen=0, **about)
    with pytest.raises(InvalidField):
        await questionnaire_drafts.write_question(world.db, replace(phone, answers=phone.answers[1:]), seen=0, **about)


async def test_what_was_published_or_given_up_is_written_no_more(world: World, agnes: Staff) -> None:
    about = {"by": agnes, "now": NOW}
    await questionnaire_drafts.begin(world.db, **about)
    await questionnaire_drafts.discard(world.db, **about)

    with pytest.raises(QuestionnairePublished):
        await questionnaire_drafts.write_question(world.db, TABLET, seen=0, **about)

    assert (await questionnaires.versions(world.db, by=agnes)).draft is None


async def test_only_who_plans_for_the_whole_network_writes_and_sees_the_draft(world: World, agnes: Staff) -> None:
    await questionnaire_drafts.begin(world.db, by=agnes, now=NOW)

    with pytest.raises(NotAllowed):
        await questionnaire_drafts.begin(world.db, by=world.manager, now=NOW)
    with pytest.raises(NotAllowed):
        await questionnaires.show(world.db, 2, by=world.manager)
    assert (await questionnaires.versions(world.db, by=world.manager)).draft is None


async def test_nobody_is_asked_by_a_draft(world: World, agnes: Staff) -> None:
    await questionnaire_drafts.begin(world.db, by=agnes, now=NOW)
    person = await world.job_seeker()

    with pytest.raises(NotFound):
        await diagnoses.answer(world.db, person.id, {"phone": ["none"]}, version=2, by=world.adviser, now=NOW)


async def test_made_up_answers_are_tried_and_nothing_is_kept(world: World) -> None:
    _, answers, found = await questionnaires.try_out(world.db, None, {"phone": ["none"]}, by=world.manager)

    assert answers == {"phone": ("none",)}
    assert [one.suggestion.key for one in found] == ["offer:solidarity_phone"]
