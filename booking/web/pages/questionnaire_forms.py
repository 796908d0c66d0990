"""A question or a rule as a form says it; names that no one sees are made of the words."""

from collections.abc import Collection, Iterable

from booking.domain.job_seekers import folded
from booking.domain.phrases import Phrase
from booking.domain.questionnaires import ALWAYS, MOST_ANSWERS, Answer, Question, Questionnaire
from booking.domain.suggestions import Kind, Rule, Suggestion
from booking.domain.workshops import Level
from booking.web.forms import Form

LONGEST_CODE = 30
# Before the code of a question in the name of a condition.
WHEN = "when."


def question_said(form: Form, code: str | None, draft: Questionnaire) -> Question:
    """The question of a form; a new one gets a name."""
    text = _phrase(form, "text")
    return Question(
        code=code or _named(text.french, [one.code for one in draft.questions]),
        text=text,
        help=_phrase(form, "help"),
        answers=tuple(_answers(form)),
        takes_many=bool(form.get("many")),
        is_active=bool(form.get("active")),
    )


def rule_said(form: Form, code: str | None, draft: Questionnaire) -> Rule:
    """The rule of a form; a new one gets a name."""
    why = _phrase(form, "why")
    asked = {question.code: tuple(form.all(WHEN + question.code)) for question in draft.questions}
    return Rule(
        code=code or _named(why.french, [one.code for one in draft.rules]),
        when={name: wanted for name, wanted in asked.items() if wanted},
        then=_suggestion(form.get("then"), " ".join(form.get("theme").split(" "))),
        why=why,
        is_active=bool(form.get("active")),
    )


def _answers(form: Form) -> Iterable[Answer]:
    known = {form.get(f"code_{n}") for n in range(MOST_ANSWERS)} | {*ALWAYS}
    for n in range(MOST_ANSWERS):
        text = _phrase(form, f"answer_{n}")
        if text.french.strip() or text.english.strip():
            code = form.get(f"code_{n}") or _named(text.french, known)
            known.add(code)
            yield Answer(code=code, text=text, is_alone=bool(form.get(f"alone_{n}")))


def _phrase(form: Form, name: str) -> Phrase:
    return Phrase(form.get(name).strip(), form.get(f"{name}_en").strip())


def _suggestion(key: str, theme: str) -> Suggestion:
    """What is meant by ``offer:equipment`` or ``workshop:beginner``; what is meant by nothing, no rule may suggest."""
    kind, _, what = key.partition(":")
    if kind == Kind.WORKSHOP and what in set(Level):
        return Suggestion(kind=Kind.WORKSHOP, level=Level(what), what=theme.strip())
    return Suggestion(kind=Kind(kind) if kind in set(Kind) else Kind.OFFER, what=what)


def _named(said: str, taken: Collection[str]) -> str:
    plain = "-".join(word for word in folded(said).split() if word.isascii())[:LONGEST_CODE].strip("-") or "question"
    return next(name for n in range(1, len(taken) + 2) if (name := plain if n == 1 else f"{plain}-{n}") not in taken)
