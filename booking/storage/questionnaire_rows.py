"""Questions and rules as they are kept: JSON that says no more than it must."""

from typing import Any

from booking.domain.phrases import NOTHING_SAID, Phrase
from booking.domain.questionnaires import Answer, Question
from booking.domain.suggestions import Kind, Rule, Suggestion
from booking.domain.workshops import Level

Said = dict[str, Any]


def question_kept(question: Question) -> Said:
    """A question as it is kept."""
    return {
        "code": question.code,
        "text": _phrase_kept(question.text),
        "help": _phrase_kept(question.help),
        "answers": [_answer_kept(one) for one in question.answers],
        "many": question.takes_many,
        "active": question.is_active,
    }


def question_read(said: Said) -> Question:
    """The question of what was kept."""
    return Question(
        code=said["code"],
        text=_phrase_read(said["text"]),
        help=_phrase_read(said.get("help")),
        answers=tuple(
            Answer(code=one["code"], text=_phrase_read(one["text"]), is_alone=one.get("alone", False))
            for one in said["answers"]
        ),
        takes_many=said["many"],
        is_active=said["active"],
    )


def rule_kept(rule: Rule) -> Said:
    """A rule as it is kept."""
    return {
        "code": rule.code,
        "when": {asked: list(answers) for asked, answers in rule.when.items()},
        "then": {"kind": str(rule.then.kind), "what": rule.then.what, "level": rule.then.level},
        "why": _phrase_kept(rule.why),
        "active": rule.is_active,
    }


def rule_read(said: Said) -> Rule:
    """The rule of what was kept."""
    then = said["then"]
    level = Level(then["level"]) if then.get("level") else None
    return Rule(
        code=said["code"],
        when={asked: tuple(answers) for asked, answers in said["when"].items()},
        then=Suggestion(kind=Kind(then["kind"]), what=then["what"], level=level),
        why=_phrase_read(said["why"]),
        is_active=said["active"],
    )


def _answer_kept(answer: Answer) -> Said:
    said: Said = {"code": answer.code, "text": _phrase_kept(answer.text)}
    return said | {"alone": True} if answer.is_alone else said


def _phrase_kept(phrase: Phrase) -> Said:
    return {"fr": phrase.french, "en": phrase.english}


def _phrase_read(said: Said | None) -> Phrase:
    return Phrase(said["fr"], said.get("en", "")) if said else NOTHING_SAID
