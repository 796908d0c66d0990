"""What an import says of the rows of a list of staff, on a page, to a program and to an operator alike."""

from booking.language import Translate
from booking.services.read_rows import Remark
from booking.services.row_files import UnreadableFile
from booking.services.staff_imports import Outcome
from booking.web.field_words import FIELDS
from booking.web.import_words import FILES, ROWS

OUTCOMES = {
    Outcome.INVITED: "Compte créé, lien envoyé par e-mail",
    Outcome.TO_PRINT: "Compte créé, lettre à imprimer",
    Outcome.GIVEN: "Rôle ajouté",
    Outcome.PROLONGED: "Date de fin changée",
    Outcome.KNOWN: "Déjà connu",
    Outcome.REFUSED: "Refusé",
}
TROUBLES = {
    "missing-columns": "Il manque une colonne : nom, rôles et agence sont nécessaires.",
    "no-header": "La première ligne doit nommer les colonnes : nom, roles, agence.",
}


def unreadable(error: UnreadableFile, say: Translate) -> str:
    """Why the whole file cannot be read, and what to do."""
    return say(TROUBLES.get(error.why) or FILES.get(error.why, FILES["binary"]))


def sentence(code: str, say: Translate) -> str:
    """What this code means."""
    return say(FIELDS.get(code) or ROWS.get(code, code))


def remark(one: Remark, say: Translate) -> str:
    """What is wrong with one row: the column, why, and what it says."""
    said = sentence(one.code, say) % {"said": one.said[:80]} if "%(said)s" in sentence(one.code, say) else ""
    said = said or f"{sentence(one.code, say)}{f' ({one.said[:80]})' if one.said else ''}"
    return f"{one.column}{say(' : ')}{said}" if one.column else said
