"""A digital diagnosis: what somebody answered on a day, and what his adviser decided about each suggestion."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import DiagnosisStands
from booking.domain.fields import Problems
from booking.domain.suggestions import Answers, Kind

# So long a diagnosis can be taken back, because it was somebody else's; afterwards a new one is made.
UNDO_WITHIN = timedelta(minutes=10)
LONGEST_WORDS = 120


class Verdict(StrEnum):
    """What the adviser decided about a suggestion."""

    FOLLOWED = "followed"
    SET_ASIDE = "set_aside"


class Reason(StrEnum):
    """Why a suggestion was set aside."""

    DECLINED = "declined"
    ALREADY = "already"
    NOT_NOW = "not_now"
    TOO_FAR = "too_far"
    UNFITTING = "unfitting"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Answers as they were given, in the wording of their questionnaire; it never changes."""

    id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    questionnaire_id: UUID
    answers: Answers
    answered_at: datetime
    answered_by: UUID

    def is_fresh(self, now: datetime) -> bool:
        """Whether it can still be taken back."""
        return now - self.answered_at <= UNDO_WITHIN

    def must_be_fresh(self, now: datetime) -> None:
        """Do nothing, or raise :class:`DiagnosisStands`."""
        if not self.is_fresh(now):
            raise DiagnosisStands(diagnosis_id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was decided about one suggestion, named by its key; ``booking_id`` is the seat that came of it."""

    id: UUID
    diagnosis_id: UUID
    kind: Kind
    suggestion: str
    verdict: Verdict
    reason: Reason | None = None
    words: str = ""
    decided_at: datetime
    decided_by: UUID
    booking_id: UUID | None = None

    def checked(self) -> "Choice":
        """This choice, if its reason can stand; otherwise :class:`InvalidField`."""
        problems = Problems()
        if (self.verdict is Verdict.SET_ASIDE) != (self.reason is not None):
            problems.add("reason", "required" if self.reason is None else "unknown-choice")
        problems.text("words", self.words, longest=LONGEST_WORDS, required=self.reason is Reason.OTHER)
        problems.refuse()
        return self
