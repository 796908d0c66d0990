"""The little language of texts: words between braces, from a closed list, are filled in when a message leaves."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from booking.domain.messages import MessageKind
from booking.domain.wordings import WordingForm

_PLACE = re.compile(r"\{\s*([^{}\n]*?)\s*\}")
# In a mail some stand for a whole part, as we write it: ``details`` is what, when and where.
IN_MAIL = (
    *("prenom", "nom", "atelier", "date", "jour", "lieu", "adresse", "acces", "salle", "apporter", "telephone"),
    *("agence", "code", "lien", "details", "absence", "raison", "autres_dates", "fin"),
)
IN_SMS = ("atelier", "date", "seances", "lieu", "adresse", "salle", "telephone", "agence", "code", "lien")
# A phone lies on tables, and is lent.
PRIVATE_IN_SMS = ("prenom", "nom", "raison")
OF_KIND = {
    MessageKind.CONFIRMATION: {WordingForm.MAIL: ("place",)},
    MessageKind.SEAT_OFFERED: {WordingForm.MAIL: ("avant",), WordingForm.SMS: ("avant",)},
    MessageKind.SESSION_MOVED: {WordingForm.MAIL: ("place_gardee",), WordingForm.SMS: ("place_gardee",)},
    MessageKind.BOOKING_MOVED: {WordingForm.MAIL: ("changement",)},
    MessageKind.BOOKING_CANCELLED: {WordingForm.MAIL: ("annulation",), WordingForm.SMS: ("annulation",)},
    MessageKind.SESSION_CANCELLED: {WordingForm.MAIL: ("seances_annulees",)},
    MessageKind.SESSION_CUT_SHORT: {WordingForm.MAIL: ("suite_annulee",), WordingForm.SMS: ("date_annulee",)},
    MessageKind.WAIT_ENDED: {WordingForm.MAIL: ("fin_attente",), WordingForm.SMS: ("fin_attente",)},
    MessageKind.NO_NOTED: {WordingForm.SMS: ("place_gardee",)},
    MessageKind.ABSENCE_FOLLOWUP: {
        WordingForm.MAIL: ("date_manquee", "suite"),
        WordingForm.SMS: ("date_manquee", "suite"),
    },
}
# Without these the message says something else, or nothing; of each group one is enough.
_NEEDED_OF_KIND = {
    (MessageKind.SEAT_OFFERED, WordingForm.MAIL): ("avant",),
    (MessageKind.SEAT_OFFERED, WordingForm.SMS): ("avant",),
    (MessageKind.BOOKING_CANCELLED, WordingForm.MAIL): ("annulation",),
    (MessageKind.BOOKING_CANCELLED, WordingForm.SMS): ("annulation",),
    (MessageKind.SESSION_CUT_SHORT, WordingForm.MAIL): ("suite_annulee",),
    (MessageKind.WAIT_ENDED, WordingForm.SMS): ("fin_attente",),
}
# The date of which these speak.
_DATES = {MessageKind.SESSION_CUT_SHORT: "date_annulee", MessageKind.ABSENCE_FOLLOWUP: "date_manquee"}


def allowed(kind: MessageKind, form: WordingForm) -> tuple[str, ...]:
    """What may stand between braces in such a text."""
    usual = IN_SMS if form is WordingForm.SMS else IN_MAIL
    return (*usual, *OF_KIND.get(kind, {}).get(form, ()))


def needed(kind: MessageKind, form: WordingForm) -> list[tuple[str, ...]]:
    """What must: one of each group."""
    own = _NEEDED_OF_KIND.get((kind, form))
    extra = [own] if own else []
    date = _DATES.get(kind, "date")
    if form is WordingForm.SMS:
        return [(date,), ("lieu", "adresse"), ("code",), *extra]
    says_all = ("details", "annulation") if kind is MessageKind.BOOKING_CANCELLED else ("details",)
    if kind is MessageKind.WAIT_ENDED:
        return [("fin_attente", "date")]
    date = date if kind is MessageKind.ABSENCE_FOLLOWUP else "date"
    return [(date, *says_all), ("lieu", *says_all), *extra]


def used(said: str) -> list[str]:
    """What stands between braces, in its order."""
    return _PLACE.findall(said)


def has_stray_brace(said: str) -> bool:
    """Whether a brace opens or closes nothing."""
    return bool(re.search(r"[{}]", _PLACE.sub("", said)))


def nearest(name: str, among: Iterable[str]) -> str:
    """What was probably meant; empty when nothing is like it."""
    found = get_close_matches(name.lower(), list(among), 1, 0.5)
    return found[0] if found else ""


def fill(said: str, value: Callable[[str], str]) -> str:
    """The text with every name replaced, once: what is filled in is not read again.

    A line that holds nothing but what comes out empty goes away as a whole.
    """
    lines = []
    for line in said.split("\n"):
        filled = _PLACE.sub(lambda found: value(found[1]), line)
        if filled.strip() or not line.strip():
            lines.append(filled.rstrip())
    return "\n".join(lines)
