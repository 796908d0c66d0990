"""A referral sends somebody to a partner: what for, what the partner may know, and what came of it.

Every step is kept. How a referral stands follows from its steps, so that one made by mistake can be undone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import ReferralOver, ReferralTold
from booking.domain.fields import Problems

FIRST_DAY_MET = date(2000, 1, 1)


class ReferralState(StrEnum):
    """``met`` is seen by the partner, who goes on; ``closed`` has an outcome."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SENT = "sent"
    MET = "met"
    CLOSED = "closed"
    CANCELLED = "cancelled"


RUNNING = frozenset({ReferralState.PROPOSED, ReferralState.ACCEPTED, ReferralState.SENT, ReferralState.MET})
# The partner has the person in hand, and something is still to come of it.
AT_PARTNER = frozenset({ReferralState.SENT, ReferralState.MET})


class Aid(StrEnum):
    """What somebody is sent for; never why he lacks it."""

    PHONE = "phone"
    PLAN = "plan"
    INTERNET = "internet"
    COMPUTER = "computer"
    SKILLS = "skills"
    PROCEDURES = "procedures"
    OTHER = "other"


class Shared(StrEnum):
    """What the partner may be told besides the name, if the person agrees."""

    PHONE = "phone"
    EMAIL = "email"


class Way(StrEnum):
    """How the partner hears of it: by a mail, or by the sheet that the person brings."""

    MAIL = "mail"
    PAPER = "paper"


class Outcome(StrEnum):
    """What came of it; the first four are help."""

    EQUIPPED = "equipped"
    TARIFF = "tariff"
    TRAINED = "trained"
    HELPED = "helped"
    NOT_COME = "not_come"
    NOT_REACHABLE = "not_reachable"
    NOT_ELIGIBLE = "not_eligible"
    REFUSED_BY_PERSON = "refused_by_person"
    REFUSED_BY_PARTNER = "refused_by_partner"
    OTHER = "other"

    @property
    def has_helped(self) -> bool:
        """Whether the person got something."""
        return self in (Outcome.EQUIPPED, Outcome.TARIFF, Outcome.TRAINED, Outcome.HELPED)


class Remark(StrEnum):
    """What a partner can add; from a list, so that nothing about anybody's health or life is written."""

    APPOINTMENT = "appointment"
    FULL = "full"
    PAPERS = "papers"
    INTERPRETER = "interpreter"
    ELSEWHERE = "elsewhere"
    CALL_US = "call_us"


class Deed(StrEnum):
    """A step. ``not-reached`` and ``remarked`` are news that change no state, ``undone`` takes a step back."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SENT = "sent"
    MET = "met"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NOT_REACHED = "not-reached"
    REMARKED = "remarked"
    REMINDED = "reminded"
    OVERDUE = "overdue"
    SEEN = "seen"
    UNDONE = "undone"


BECOMES = {
    Deed.ACCEPTED: ReferralState.ACCEPTED,
    Deed.SENT: ReferralState.SENT,
    Deed.MET: ReferralState.MET,
    Deed.CLOSED: ReferralState.CLOSED,
    Deed.CANCELLED: ReferralState.CANCELLED,
}
# From which states each step is possible.
FROM = {
    Deed.ACCEPTED: frozenset({ReferralState.PROPOSED}),
    Deed.SENT: frozenset({ReferralState.ACCEPTED}),
    Deed.MET: AT_PARTNER,
    Deed.CLOSED: RUNNING,
    Deed.CANCELLED: RUNNING,
    Deed.NOT_REACHED: AT_PARTNER,
    Deed.REMARKED: AT_PARTNER,
}
ANSWERS = (Deed.MET, Deed.CLOSED, Deed.NOT_REACHED, Deed.REMARKED)
# What only the clock or a glance writes: it can neither be undone nor does it stand before what can.
ASIDE = frozenset({Deed.REMINDED, Deed.OVERDUE, Deed.SEEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody did: staff, the partner behind his link, or the clock (neither). ``n`` counts those of a
    referral."""

    id: UUID
    referral_id: UUID
    n: int = 0
    deed: Deed
    at: datetime
    staff_id: UUID | None = None
    by_partner: bool = False
    way: Way | None = None
    outcome: Outcome | None = None
    met_on: date | None = None
    remark: Remark | None = None
    about_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a step: an outcome, the day they met, a remark."""

    deed: Deed
    outcome: Outcome | None = None
    met_on: date | None = None
    remark: Remark | None = None

    def checked(self, today: date) -> "Said":
        """This, if nothing is missing and nothing lies ahead; otherwise :class:`InvalidField`."""
        problems = Problems()
        if self.deed is Deed.CLOSED and self.outcome is None:
            problems.add("outcome", "required")
        if self.deed is Deed.MET and self.met_on is None:
            problems.add("met_on", "required")
        if self.met_on and not FIRST_DAY_MET <= self.met_on <= today:
            problems.add("met_on", "still-to-come" if self.met_on > today else "far-away")
        if self.deed is Deed.REMARKED and self.remark is None:
            problems.add("remark", "required")
        problems.refuse()
        return self if self.deed is Deed.CLOSED else replace(self, outcome=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """``aids`` is what for, ``shared`` what the person agreed to at ``agreed_at``.

    ``news_at`` is when the partner last said something that nobody has seen yet; ``due_at`` is when his silence is
    looked at next, ``overdue_at`` since when somebody should call him.
    """

    id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    partner_id: UUID
    diagnosis_id: UUID | None = None
    service: str = ""
    aids: tuple[Aid, ...] = ()
    shared: tuple[Shared, ...] = ()
    agreed_at: datetime | None = None
    state: ReferralState = ReferralState.PROPOSED
    way: Way | None = None
    outcome: Outcome | None = None
    met_on: date | None = None
    sent_at: datetime | None = None
    closed_at: datetime | None = None
    news_at: datetime | None = None
    due_at: datetime | None = None
    overdue_at: datetime | None = None
    reminders: int = 0
    version: int = 0
    created_by: UUID
    created_at: datetime
    changed_at: datetime

    @property
    def is_at_partner(self) -> bool:
        """Whether the partner has been told and has not said the last word."""
        return self.state in AT_PARTNER

    def checked(self) -> "Referral":
        """This referral, if it says what it must; otherwise :class:`InvalidField`."""
        problems = Problems()
        if not self.aids:
            problems.add("aids", "nothing-chosen")
        problems.refuse()
        return self

    def after(self, step: Step) -> "Referral":
        """As it stands once this has happened. Raises :class:`ReferralOver` where it cannot."""
        if step.deed in FROM and self.state not in FROM[step.deed]:
            raise ReferralOver(referral_id=self.id, state=self.state)
        return _after(self, step)


def _after(this: Referral, step: Step) -> Referral:
    state = BECOMES.get(step.deed, this.state)
    known = {
        "state": state,
        "way": step.way or this.way,
        "met_on": step.met_on or this.met_on,
        "changed_at": max(step.at, this.changed_at),
    }
    if step.deed is Deed.ACCEPTED:
        known["agreed_at"] = step.at
    if step.deed is Deed.SENT:
        known["sent_at"] = step.at
    if step.deed is Deed.CLOSED:
        known |= {"outcome": step.outcome, "closed_at": step.at}
    if step.deed is Deed.CANCELLED:
        known["closed_at"] = step.at
    return replace(this, **known)  # type: ignore[arg-type]


def undoable(steps: Sequence[Step], *, by_partner: bool = False) -> Step | None:
    """The last step, if a member of staff (or the partner) made it; the first one is cancelled instead."""
    gone = {step.about_id for step in steps if step.deed is Deed.UNDONE}
    left = [s for s in steps if s.deed not in (*ASIDE, Deed.UNDONE) and s.id not in gone]
    return left[-1] if len(left) > 1 and left[-1].by_partner is by_partner else None


def replayed(referral: Referral, steps: Iterable[Step]) -> Referral:
    """The referral as its steps make it, those that were undone left out."""
    steps = list(steps)
    gone = {step.about_id for step in steps if step.deed is Deed.UNDONE}
    was_agreed = any(step.deed is Deed.ACCEPTED and step.id not in gone for step in steps)
    anew = replace(
        referral,
        state=ReferralState.PROPOSED,
        way=None,
        outcome=None,
        met_on=None,
        sent_at=None,
        closed_at=None,
        agreed_at=referral.agreed_at if was_agreed else None,
        shared=referral.shared if was_agreed else (),
    )
    for step in steps:
        if step.id not in gone and step.deed is not Deed.UNDONE:
            anew = _after(anew, step)
    return anew


def must_be_undoable(referral: Referral, steps: Sequence[Step], *, has_left: bool) -> Step:
    """The step that is taken back. Raises :class:`ReferralOver` when there is none, :class:`ReferralTold` when the
    partner has had a mail already: then it can only be cancelled."""
    step = undoable(steps)
    if step is None:
        raise ReferralOver(referral_id=referral.id, state=referral.state)
    if step.deed in (Deed.SENT, Deed.CANCELLED) and has_left:
        raise ReferralTold(referral_id=referral.id)
    return step
