"""Two diagnoses of one person side by side: what was said before, and what is said today."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain.questionnaires import Question, Questionnaire
from booking.domain.suggestions import Answers


@dataclass(frozen=True, slots=True)
class Line:
    """One question; each side is worded by its own questionnaire, and None where it did not ask this."""

    code: str
    now: Question | None
    before: Question | None
    answered: Sequence[str]
    answered_before: Sequence[str]

    @property
    def has_changed(self) -> bool:
        """Whether both times something was said, and not the same."""
        return bool(self.answered and self.answered_before) and set(self.answered) != set(self.answered_before)


def compared(now: tuple[Questionnaire, Answers], before: tuple[Questionnaire, Answers] | None = None) -> list[Line]:
    """Each question that is asked now, then those that are asked no more and were answered before."""
    asked, answers = now
    former, said = before or (asked, {})
    asked_no_more = [one for one in former.questions if one.code in said and asked.question(one.code) is None]
    shown = [one for one in asked.questions if one.is_active or one.code in answers]
    return [
        Line(
            one.code,
            asked.question(one.code),
            former.question(one.code),
            answers.get(one.code, ()),
            said.get(one.code, ()),
        )
        for one in (*shown, *asked_no_more)
    ]
