"""Terms of booking: from when to when one may book a session, and until which meeting one may still join it."""

from dataclasses import dataclass, replace

from booking.domain.fields import Problems
from booking.domain.languages import LANGUAGES
from booking.domain.sessions import Session
from booking.domain.workshops import LONGEST_CUTOFF, Workshop

LONGEST_WINDOW, LAST_TO_JOIN = 730, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """``window_days`` before the first meeting until ``cutoff_hours`` before meeting ``join_until``; no window is any
    time."""

    window_days: int | None = None
    cutoff_hours: int = 0
    join_until: int = 1

    def checked(self) -> "Terms":
        """These terms, if somebody can keep them; otherwise :class:`InvalidField`."""
        problems = Problems()
        if self.window_days is not None:
            problems.between("window_days", self.window_days, 1, LONGEST_WINDOW)
        problems.between("cutoff_hours", self.cutoff_hours, 0, LONGEST_CUTOFF)
        problems.between("join_until", self.join_until, 1, LAST_TO_JOIN)
        problems.refuse()
        return self


def terms_of(what: Workshop | Session) -> Terms:
    """The terms that a workshop gives to its sessions, or that a session has."""
    return Terms(window_days=what.window_days, cutoff_hours=what.cutoff_hours, join_until=what.join_until)


def on_terms(session: Session, terms: Terms) -> Session:
    """The same session, to be booked on these terms."""
    return replace(session, window_days=terms.window_days, cutoff_hours=terms.cutoff_hours, join_until=terms.join_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How a session is booked: on ``terms`` of its own, or on its workshop's (None); in which ``languages`` somebody
    helps there."""

    terms: Terms | None = None
    languages: tuple[str, ...] = ()

    def checked(self) -> "Conditions":
        """These conditions, if a session can have them, each language once; otherwise :class:`InvalidField`."""
        if self.terms:
            self.terms.checked()
        problems = Problems()
        if set(self.languages) - set(LANGUAGES):
            problems.add("languages", "unknown-value")
        problems.refuse()
        return replace(self, languages=tuple(code for code in LANGUAGES if code in self.languages))


def on_conditions(session: Session, workshop: Workshop, conditions: Conditions) -> Session:
    """The same session, booked like this. Raises :class:`InvalidField`."""
    checked = conditions.checked()
    terms = checked.terms or terms_of(workshop)
    return replace(on_terms(session, terms), languages=checked.languages)


def conditions_of(session: Session, workshop: Workshop) -> Conditions:
    """How this session is booked."""
    own = terms_of(session)
    return Conditions(terms=None if own == terms_of(workshop) else own, languages=session.languages)
