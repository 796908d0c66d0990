"""What is asked in a digital diagnosis, in versions: a draft is written, published, and then never changes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.phrases import NOTHING_SAID, Phrase
from booking.domain.suggestions import Answers, Rule

# Stand under every question, and alone.
UNKNOWN, UNSAID = "unknown", "unsaid"
ALWAYS = (UNKNOWN, UNSAID)
CODE = re.compile(r"[a-z0-9_-]{1,40}")
MOST_QUESTIONS, MOST_ANSWERS, MOST_RULES = 15, 9, 40
LONGEST_QUESTION, LONGEST_HELP, LONGEST_ANSWER, LONGEST_WHY = 120, 200, 60, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One possible answer; where several may be given, one that ``is_alone`` excludes the others (« rien »)."""

    code: str
    text: Phrase
    is_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An item of the questionnaire; who retires it (``is_active``) keeps it for the answers of before."""

    code: str
    text: Phrase
    help: Phrase = NOTHING_SAID
    answers: tuple[Answer, ...]
    takes_many: bool = False
    is_active: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """Whatever can be answered."""
        return (*(answer.code for answer in self.answers), *ALWAYS)

    @property
    def alone(self) -> frozenset[str]:
        """The answers beside which there is no other."""
        return frozenset((*ALWAYS, *(answer.code for answer in self.answers if answer.is_alone)))

    def checked(self) -> "Question":
        """This question, if it can be asked; otherwise :class:`InvalidField`."""
        problems = Problems()
        self.text.check(problems, "text", longest=LONGEST_QUESTION)
        self.help.check(problems, "help", longest=LONGEST_HELP, required=False)
        if not self.answers:
            problems.add("answers", "required")
        if len(self.answers) > MOST_ANSWERS:
            problems.add("answers", "too-many-answers")
        for n, answer in enumerate(self.answers):
            answer.text.check(problems, f"answer_{n}", longest=LONGEST_ANSWER)
        if len(set(self.codes)) < len(self.codes):
            problems.add("answers", "twice")
        if not all(CODE.fullmatch(code) for code in (self.code, *self.codes)):
            problems.add("code", "bad-code")
        problems.refuse()
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """Questions and rules of one version; ``edition`` counts the changes of a draft, ``published_at`` ends them."""

    id: UUID
    version: int
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...] = ()
    edition: int = 0
    created_at: datetime
    changed_at: datetime
    changed_by: UUID | None = None
    published_at: datetime | None = None

    @property
    def active(self) -> tuple[Question, ...]:
        """What is asked now, in order."""
        return tuple(question for question in self.questions if question.is_active)

    def question(self, code: str) -> Question | None:
        """The question of this name."""
        return next((question for question in self.questions if question.code == code), None)

    def rule(self, code: str) -> Rule | None:
        """The rule of this name."""
        return next((rule for rule in self.rules if rule.code == code), None)

    def checked(self) -> "Questionnaire":
        """This questionnaire, if people can be asked and its rules understood; otherwise :class:`InvalidField`."""
        problems = Problems()
        if not self.active:
            problems.add("questions", "required")
        if len(self.questions) > MOST_QUESTIONS:
            problems.add("questions", "too-many-questions")
        if len(self.rules) > MOST_RULES:
            problems.add("rules", "too-many-rules")
        for kind, parts in (("questions", self.questions), ("rules", self.rules)):
            if len({part.code for part in parts}) < len(parts):
                problems.add(kind, "twice")
        problems.refuse()
        for question in self.questions:
            question.checked()
        for rule in self.rules:
            self.check(rule)
        return self

    def check(self, rule: Rule) -> None:
        """Do nothing, or raise :class:`InvalidField` for a rule that these questions cannot meet, or that says little.

        A rule about a question that was retired stays, and no longer suggests anything.
        """
        problems = Problems()
        if not CODE.fullmatch(rule.code):
            problems.add("code", "bad-code")
        rule.why.check(problems, "why", longest=LONGEST_WHY)
        if not rule.when:
            problems.add("when", "nothing-chosen")
        for code, wanted in rule.when.items():
            question = self.question(code)
            if question is None or not wanted or set(wanted) - set(question.codes):
                problems.add("when", "unknown-choice")
        rule.then.check(problems)
        problems.refuse()

    def answered(self, said: Mapping[str, Sequence[str]]) -> Answers:
        """What was said, as it is kept: by question in order, open ones left out.

        Raises :class:`InvalidField` by question; ``answers`` is ``required`` where everything was left open.
        """
        problems = Problems()
        known = {question.code: question for question in self.active}
        for code in said.keys() - known.keys():
            problems.add(code, "unknown-choice")
        for code, question in known.items():
            _check_answers(problems, question, said.get(code, ()))
        problems.refuse()
        kept = {code: tuple(c for c in one.codes if c in said.get(code, ())) for code, one in known.items()}
        answers = {code: given for code, given in kept.items() if given}
        if not answers:
            raise InvalidField(fields={"answers": "required"})
        return answers


def _check_answers(problems: Problems, question: Question, given: Sequence[str]) -> None:
    if set(given) - set(question.codes):
        problems.add(question.code, "unknown-choice")
    if len(set(given)) > 1 and not question.takes_many:
        problems.add(question.code, "one-answer-only")
    if len(set(given)) > 1 and set(given) & question.alone:
        problems.add(question.code, "stands-alone")
