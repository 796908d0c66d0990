"""What an import of sessions says of the rows of a file."""

from collections.abc import Sequence

from booking.language import Translate
from booking.services.row_files import UnreadableFile
from booking.services.session_imports import Outcome, Result
from booking.services.session_rows import SessionRemark
from booking.web.errors import FIELDS, REFUSALS

OUTCOMES = {
    Outcome.PLANNED: "Brouillon créé",
    Outcome.PUBLISHED: "Session publiée",
    Outcome.KNOWN: "Déjà planifiée",
    Outcome.REFUSED: "Refusée",
}
ROWS = {
    "agency-required": "L’agence manque.",
    "workshop-required": "L’atelier manque.",
    "begins-required": "L’heure de début manque.",
    "ends-required": "L’heure de fin ou la durée manque.",
    "no-such-day": "Ce n’est pas une date : « %(said)s ». Écrivez 24/11/2026.",
    "no-such-hour-written": "Ce n’est pas une heure : « %(said)s ». Écrivez 9:30.",
    "no-such-hour": "Cette heure n’existe pas : %(said)s. La nuit du changement d’heure la saute.",
    "no-such-number": "Ce n’est pas un nombre de places : « %(said)s ».",
    "no-such-state": "Cet état n’est pas à planifier : « %(said)s ». Écrivez brouillon ou ouverte.",
    "unknown-language": "Cette langue n’est pas connue : « %(said)s ». Écrivez des codes comme ar ou tr.",
    "unknown-agency": "Vous ne planifiez pas dans cette agence : « %(said)s ».",
    "unknown-workshop": "Cet atelier n’est pas au catalogue : « %(said)s ».",
    "unknown-room": "Cette salle n’est pas dans cette agence : « %(said)s ».",
    "unknown-person": "Cette personne n’anime ni n’assiste dans cette agence : « %(said)s ».",
    "one-session-two-words": "Les lignes de la session « %(said)s » ne disent pas la même agence et le même atelier.",
    "too-many-cells": "Plus de cellules que de colonnes : un séparateur de trop, ou des guillemets oubliés.",
    "unclosed-quote": "Des guillemets s’ouvrent et ne se referment pas : rien n’est lu après.",
    "broken-quotes": "Des guillemets sont mal placés.",
    "not-an-object": "Ce n’est pas un objet JSON.",
}
FILES = {
    "empty": "Le fichier est vide. Choisissez un fichier CSV ou JSON.",
    "no-rows": "Il n’y a aucune ligne sous l’en-tête.",
    "too-large": "Le fichier est trop grand : coupez-le en plusieurs.",
    "too-many-rows": "Il y a trop de lignes : coupez le fichier en plusieurs.",
    "binary": "Ce n’est pas du texte. Depuis un tableur, enregistrez au format « CSV UTF-8 ».",
    "broken-header": "Des guillemets de l’en-tête ne se referment pas.",
    "broken-json": "Le JSON n’est pas valide.",
    "not-a-list": "Le JSON doit être une liste d’objets.",
    "missing-session-columns": "Il manque une colonne : agence, atelier et début sont nécessaires.",
}


def unreadable(error: UnreadableFile, say: Translate) -> str:
    """Why the whole file cannot be read, and what to do."""
    return say(FILES.get(error.why, FILES["binary"]))


def remarks(result: Result, say: Translate) -> Sequence[str]:
    """What is wrong with one session of the file, a sentence each."""
    return list(dict.fromkeys(_remark(remark, say) for remark in result.remarks))


def _remark(remark: SessionRemark, say: Translate) -> str:
    if remark.code in ROWS:
        return say(ROWS[remark.code]) % {"said": remark.said[:80]}
    known = {kind.code(): words.title for kind, words in REFUSALS.items()}
    sentence = say(FIELDS.get(remark.code) or known.get(remark.code, remark.code))
    return f"{sentence} ({remark.said})" if remark.said else sentence
