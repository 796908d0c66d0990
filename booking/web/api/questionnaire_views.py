"""The questionnaire of diagnoses as programs read and write it."""

from datetime import datetime
from typing import Annotated

import msgspec

from booking.domain.phrases import Phrase
from booking.domain.questionnaires import (
    LONGEST_WHY,
    MOST_QUESTIONS,
    MOST_RULES,
    Answer,
    Question,
    Questionnaire,
)
from booking.domain.suggestions import Kind, Rule, Suggested, Suggestion
from booking.domain.workshops import Level

Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_-]{1,40}$", examples=["phone"])]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_WHY)]
Version = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
# By the code of each question, the codes of what was answered.
Said = Annotated[
    dict[str, Annotated[list[str], msgspec.Meta(max_length=20)]],
    msgspec.Meta(examples=[{"phone": ["basic"], "help": ["form", "cv"]}]),
]


class PhraseView(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A sentence in French and, if somebody translated it, in English."""

    fr: Text
    en: Text = ""

    @classmethod
    def of(cls, phrase: Phrase) -> "PhraseView":
        """The view of this sentence."""
        return cls(fr=phrase.french, en=phrase.english)

    def phrase(self) -> Phrase:
        """What it says."""
        return Phrase(self.fr, self.en)


class AnswerView(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One answer; ``is_alone`` excludes the others of its question."""

    code: Code
    text: PhraseView
    is_alone: bool = False


class QuestionView(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A question; ``unknown`` and ``unsaid`` can always be answered, too."""

    code: Code
    text: PhraseView
    help: PhraseView
    answers: list[AnswerView]
    takes_many: bool = False
    is_active: bool = True

    @classmethod
    def of(cls, one: Question) -> "QuestionView":
        """The view of this question."""
        answers = [AnswerView(code=a.code, text=PhraseView.of(a.text), is_alone=a.is_alone) for a in one.answers]
        said = {"text": PhraseView.of(one.text), "help": PhraseView.of(one.help), "answers": answers}
        return cls(code=one.code, takes_many=one.takes_many, is_active=one.is_active, **said)  # type: ignore[arg-type]

    def question(self) -> Question:
        """What it says."""
        return Question(
            code=self.code,
            text=self.text.phrase(),
            help=self.help.phrase(),
            answers=tuple(Answer(code=a.code, text=a.text.phrase(), is_alone=a.is_alone) for a in self.answers),
            takes_many=self.takes_many,
            is_active=self.is_active,
        )


class SuggestionView(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is suggested: a service of partners, a channel, or workshops of a level (and of a theme, if it is known)."""

    kind: Kind
    what: str = ""
    level: Level | None = None

    @classmethod
    def of(cls, one: Suggestion) -> "SuggestionView":
        """The view of this suggestion."""
        return cls(kind=one.kind, what=one.what, level=one.level)


class RuleView(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """When each question of ``when`` got one of these answers, ``then`` is suggested, because of ``why``."""

    code: Code
    when: Said
    then: SuggestionView
    why: PhraseView
    is_active: bool = True

    @classmethod
    def of(cls, one: Rule) -> "RuleView":
        """The view of this rule."""
        when = {asked: list(wanted) for asked, wanted in one.when.items()}
        then, why = SuggestionView.of(one.then), PhraseView.of(one.why)
        return cls(code=one.code, when=when, then=then, why=why, is_active=one.is_active)

    def rule(self) -> Rule:
        """What it says."""
        return Rule(
            code=self.code,
            when={asked: tuple(wanted) for asked, wanted in self.when.items()},
            then=Suggestion(kind=self.then.kind, what=self.then.what, level=self.then.level),
            why=self.why.phrase(),
            is_active=self.is_active,
        )


class QuestionnaireBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Every question and every rule, in order."""

    questions: Annotated[list[QuestionView], msgspec.Meta(max_length=MOST_QUESTIONS)]
    rules: Annotated[list[RuleView], msgspec.Meta(max_length=MOST_RULES)]


class QuestionnaireView(msgspec.Struct, kw_only=True):
    """One version; a draft has no ``published_at``."""

    version: int
    published_at: datetime | None
    questions: list[QuestionView]
    rules: list[RuleView]

    @classmethod
    def of(cls, one: Questionnaire) -> "QuestionnaireView":
        """The view of this version."""
        return cls(
            version=one.version,
            published_at=one.published_at,
            questions=[QuestionView.of(question) for question in one.questions],
            rules=[RuleView.of(rule) for rule in one.rules],
        )


class SuggestedView(msgspec.Struct, kw_only=True):
    """A suggestion by its name, and every reason that the rules give."""

    key: str
    suggestion: SuggestionView
    why: list[PhraseView]

    @classmethod
    def of(cls, one: Suggested) -> "SuggestedView":
        """The view of this suggestion."""
        why = [PhraseView.of(phrase) for phrase in one.why]
        return cls(key=one.suggestion.key, suggestion=SuggestionView.of(one.suggestion), why=why)
