"""The words of an agency, filled in: in a mail whole parts of ours too, in a short text never more than a few signs."""

from collections.abc import Mapping
from typing import Any

from booking.documents.spoken import apart
from booking.documents.templating import rendered
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.languages import ARABIC, FRENCH
from booking.domain.placeholders import allowed, fill, used
from booking.domain.wordings import Wording
from booking.language import typeset

# By the name of a placeholder: the fact, or the part of a template, that it stands for.
FACTS = {
    "atelier": "workshop",
    "date": "first",
    "jour": "first_day",
    "lieu": "agency",
    "adresse": "address",
    "acces": "directions",
    "apporter": "to_bring",
    "telephone": "phone",
    "agence": "home",
    "code": "code",
    "lien": "link",
    "avant": "until",
}
PARTS = {
    "details": "_session",
    "fin": "_end",
    "absence": "_absence",
    "autres_dates": "_alternatives",
    "annulation": "_cancelled",
    "seances_annulees": "_cycle",
    "suite_annulee": "_gone",
    "place_gardee": "_stays",
    "changement": "_moved",
    "place": "_seat",
    "fin_attente": "_ended",
    "raison": "_reason",
    "suite": "_another",
}
SHORT_FACTS = {
    "atelier": "title",
    "date": "when",
    "seances": "meetings",
    "lien": "link",
    "avant": "until",
    "annulation": "party",
    "place_gardee": "stays",
    "fin_attente": "ended",
    "date_annulee": "gone",
    "date_manquee": "gone",
    "suite": "next",
}


def is_known(own: Wording) -> bool:
    """Whether everything in it can still be filled in; a release may have dropped a name, and our words are better than
    none."""
    return set(used(own.subject + own.body)) <= set(allowed(own.kind, own.form))


def own_mail(own: Wording, case: Case, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body; ``facts`` are those of the templates, in the language of the wording."""

    def value(name: str) -> str:
        if name in PARTS:
            return rendered(PARTS[name], own.language, facts).strip("\n")
        if name in ("prenom", "nom"):
            said = case.person.first_name if name == "prenom" else case.person.last_name.upper()
            return apart(said, own.language)
        if name == "date_manquee":
            return str(facts["gone"][0] if facts["gone"] else facts["first"])
        return str(facts["room"] or "") if name == "salle" else str(facts[FACTS[name]])

    set_as = typeset if own.language == FRENCH else str
    return fill(set_as(own.subject), value).replace("\n", " ").strip(), fill(set_as(own.body), value)


def own_text(own: Wording, case: Case, facts: Mapping[str, str]) -> str:
    """A short text on one line; ``facts`` are those of short texts, in the language of the wording."""
    rooms = {case.rooms.get(meeting.room_id) for meeting in case.session.meetings if meeting.room_id}
    phone = case.home.phone or case.agency.phone
    more = {
        "lieu": case.agency.name,
        "adresse": f"{case.agency.address} {case.agency.commune}".strip(),
        "salle": (rooms.pop() or "") if len(rooms) == 1 else "",
        # Groups of digits would change places between words of Arabic.
        "telephone": phone.replace(" ", "") if own.language == ARABIC else phone,
        "agence": case.home.name,
        "code": spaced(case.booking.code),
    }
    said = fill(own.body, lambda name: more[name] if name in more else facts[SHORT_FACTS[name]])
    return " ".join(said.split())
