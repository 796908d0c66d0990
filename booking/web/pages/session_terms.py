"""How a session is booked, in its form: on the terms of its workshop or its own, with help in some languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain.languages import LANGUAGES
from booking.domain.sessions import Session
from booking.domain.terms import Conditions, Terms, conditions_of
from booking.domain.workshops import Workshop
from booking.web.forms import Form

NUMBERS = ("window_days", "cutoff_hours", "join_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTerms:
    """What stands in the form."""

    is_own: bool = False
    window_days: str = ""
    cutoff_hours: str = "0"
    join_until: str = "1"
    languages: Sequence[str] = ()

    def __str__(self) -> str:
        """For who compares two versions: only numbers and codes."""
        own = [f"{name} {getattr(self, name) or '–'}" for name in NUMBERS] if self.is_own else []
        return ", ".join([*own, *self.languages])


def typed(form: Form) -> TypedTerms:
    """What was typed; numbers stay as they are in the form of a page that never showed them."""
    said = {name: form.get(name) for name in NUMBERS if name in dict(form.pairs)}
    languages = [code for code in LANGUAGES if code in form.all("languages")]
    return TypedTerms(is_own=bool(form.get("own_terms")), languages=languages, **said)


def read(form: Form) -> Conditions:
    """The conditions that the form asks for; what cannot be read is noted in its problems."""
    said = typed(form)
    terms = None
    if said.is_own:
        numbers = {name: form.whole(name) for name in NUMBERS}
        for name in ("cutoff_hours", "join_until"):
            if numbers[name] is None:
                form.problems.add(name, "required")
        terms = Terms(
            window_days=numbers["window_days"],
            cutoff_hours=numbers["cutoff_hours"] or 0,
            join_until=1 if numbers["join_until"] is None else numbers["join_until"],
        )
    return Conditions(terms=terms, languages=tuple(said.languages))


def written(session: Session, workshop: Workshop) -> TypedTerms:
    """The conditions of a session as the form shows them."""
    is_own = conditions_of(session, workshop).terms is not None
    said = {name: getattr(session, name) for name in NUMBERS}
    shown = {name: "" if value is None else str(value) for name, value in said.items()}
    return TypedTerms(is_own=is_own, languages=session.languages, **shown)
