"""All that is held about a person, to read: sections of facts and of lists."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

IDENTITY, WAYS, NEEDS = "Identité", "Contacts", "À savoir"
PLACES, PRESENCES, WAITS = "Inscriptions", "Présences", "Attentes d’un atelier"
MESSAGES, TEXTS, ANSWERS = "Messages", "Textes des messages encore gardés", "SMS reçus de la personne"
REFUSALS, PAPERS, LOOKS = "Refus d’être contactée", "Papiers remis", "Consultations de la fiche"
# What stands on the left of a fact, and over a column.
LAST, FIRST, IDENTIFIER, BORN, SINCE = "Nom", "Prénom", "Identifiant", "Année de naissance", "Connue depuis le"
PHONE, EMAIL, ADDRESS, PREFERRED, LANGUAGE = "Téléphone", "E-mail", "Adresse", "Moyen préféré", "Langue de l’aide"
WHEN, WHAT, WHERE, STATE, HOW, SAID, END = "Quand", "Quoi", "Où", "État", "Comment", "Texte", "Fin"
YES, NOTHING = "oui", "rien"


@dataclass(frozen=True, slots=True)
class Section:
    """``facts`` are pairs of label and value; ``rows`` stand under ``head``."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPaper:
    """Who it is about, who holds it, when it was made."""

    name: str
    agency: str
    dated: str
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self)
