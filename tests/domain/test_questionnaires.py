"""Questions and rules are data: what is asked, what may be answered, and what the answers suggest."""

from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField
from booking.domain.first_questionnaire import SHIPPED
from booking.domain.phrases import Phrase
from booking.domain.questionnaires import Answer, Question
from booking.domain.suggestions import Kind, Rule, Suggestion, fitting, suggested
from booking.domain.workshops import Audience, Level
from tests.given import a_workshop


def keys(**said: list[str]) -> list[str]:
    """What the shipped rules suggest."""
    return [one.suggestion.key for one in suggested(SHIPPED.rules, SHIPPED.answered(said))]


def faults(said: dict[str, list[str]]) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        SHIPPED.answered(said)
    return refused.value.facts["fields"]


def a_rule(**known: object) -> Rule:
    usual = {
        "code": "own",
        "when": {"phone": ("none",)},
        "then": Suggestion(kind=Kind.OFFER, what="equipment"),
        "why": Phrase("Parce que."),
    }
    return Rule(**(usual | known))


def test_the_shipped_questionnaire_can_stand_and_speaks_both_languages():
    checked = SHIPPED.checked()

    assert len(checked.active) == 9
    said = [q.text for q in checked.questions] + [a.text for q in checked.questions for a in q.answers]
    assert all(one.english for one in (*said, *(rule.why for rule in checked.rules)))


def test_every_shipped_rule_can_be_met_and_then_suggests():
    for rule in SHIPPED.rules:
        answers = SHIPPED.answered({asked: [wanted[0]] for asked, wanted in rule.when.items()})

        assert rule.then in [one.suggestion for one in suggested(SHIPPED.rules, answers)]


def test_who_has_no_phone_and_no_mail_is_offered_a_phone_and_written_to():
    assert keys(phone=["none"], email=["none"]) == ["offer:solidarity_phone", "channel:letter"]


def test_who_has_everything_is_suggested_nothing():
    assert keys(phone=["smartphone"], plan=["contract"], recharge=["no"], internet=["yes"], computer=["own"]) == []


def test_what_is_not_known_and_what_is_left_open_suggest_nothing():
    assert keys(phone=["unknown"], recharge=["unsaid"]) == []


def test_two_rules_for_one_thing_suggest_it_once_with_both_reasons():
    found = suggested(SHIPPED.rules, {"recharge": ("yes",), "data": ("no",), "plan": ("prepaid",)})

    assert [len(one.why) for one in found if one.suggestion.what == "solidarity_sim"] == [2]


def test_a_rule_that_is_switched_off_suggests_nothing():
    assert suggested([a_rule(is_active=False)], {"phone": ("none",)}) == []


def test_every_condition_of_a_rule_must_be_met():
    both = a_rule(when={"phone": ("none", "basic"), "email": ("none",)})

    assert both.holds({"phone": ("basic",), "email": ("none",)})
    assert not both.holds({"phone": ("basic",), "email": ("alone",)})


def test_answers_are_kept_in_the_order_of_the_questions_without_those_left_open():
    kept = SHIPPED.answered({"help": ["cv", "form"], "phone": ["basic"], "plan": []})

    assert list(kept.items()) == [("phone", ("basic",)), ("help", ("form", "cv"))]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"phone": ["satellite"]}, {"phone": "unknown-choice"}),
        ({"shoe-size": ["42"]}, {"shoe-size": "unknown-choice"}),
        ({"phone": ["basic", "smartphone"]}, {"phone": "one-answer-only"}),
        ({"help": ["form", "unknown"]}, {"help": "stands-alone"}),
        ({"alone": ["search", "nothing"]}, {"alone": "stands-alone"}),
        ({"phone": []}, {"answers": "required"}),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_question(said, fault):
    assert faults(said) == fault


def test_a_question_that_was_retired_is_asked_no_more():
    retired = replace(SHIPPED, questions=(replace(SHIPPED.questions[0], is_active=False), *SHIPPED.questions[1:]))

    with pytest.raises(InvalidField):
        retired.answered({"phone": ["none"]})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"when": {}}, "when"),
        ({"when": {"phone": ("satellite",)}}, "when"),
        ({"when": {"shoe-size": ("42",)}}, "when"),
        ({"why": Phrase("")}, "why"),
        ({"then": Suggestion(kind=Kind.OFFER, what="yacht")}, "then"),
        ({"then": Suggestion(kind=Kind.CHANNEL, what="email")}, "then"),
        ({"then": Suggestion(kind=Kind.WORKSHOP, what="Internet")}, "then"),
        ({"then": Suggestion(kind=Kind.PARTNER, what="paperwork", level=Level.BEGINNER)}, "then"),
    ],
)
def test_a_rule_that_nobody_could_follow_is_refused(wrong, field):
    with pytest.raises(InvalidField) as refused:
        SHIPPED.check(a_rule(**wrong))

    assert list(refused.value.facts["fields"]) == [field]


def test_a_question_needs_words_and_answers_of_different_names():
    twice = (Answer(code="a", text=Phrase("Un")), Answer(code="a", text=Phrase("Deux")))

    with pytest.raises(InvalidField) as refused:
        Question(code="q", text=Phrase(" "), answers=twice).checked()

    assert refused.value.facts["fields"] == {"text": "required", "answers": "twice"}


def test_a_phrase_that_nobody_translated_is_said_in_french():
    assert Phrase("Oui").said_in("en") == "Oui"
    assert Phrase("Oui", "Yes").said_in("en") == "Yes"


def test_a_theme_is_meant_whatever_its_accents_and_the_level_alone_where_no_workshop_has_it():
    phone, mouse = a_workshop("Smartphone", theme="Téléphone"), a_workshop("Souris", theme="Prise en main")
    for_staff = a_workshop("Repérage", theme="Téléphone", audience=Audience.STAFF)
    hard = a_workshop("Texte", theme="Téléphone", level=Level.ADVANCED)
    wanted = Suggestion(kind=Kind.WORKSHOP, level=Level.BEGINNER, what="telephone")

    assert fitting(wanted, [phone, mouse, for_staff, hard]) == [phone]
    assert fitting(replace(wanted, what="Poterie"), [phone, mouse, for_staff, hard]) == [phone, mouse]
