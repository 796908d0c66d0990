"""What is said of a list that somebody brings in: its columns, how far it is, and what is wrong with a row."""

from collections.abc import Iterable

from booking.domain.imports import Import, ImportRow, ImportState, ListKind, RowOutcome, RowRemark
from booking.language import Translate
from booking.services.row_files import UnreadableFile
from booking.web.field_words import FIELDS as RULES
from booking.web.import_words import FILES, ROWS

KINDS = {ListKind.PEOPLE: "Personnes", ListKind.HISTORY: "Ateliers passés et présences"}
STATES = {
    ImportState.DRAFT: "À vérifier",
    ImportState.WAITING: "En attente",
    ImportState.RUNNING: "En cours",
    ImportState.CHECKED: "Vérifiée, rien n’est écrit",
    ImportState.DONE: "Importée",
    ImportState.STOPPED: "Arrêtée",
    ImportState.FAILED: "Échec",
}
OUTCOMES = {
    RowOutcome.NEW: "Nouvelles",
    RowOutcome.CHANGED: "Complétées",
    RowOutcome.UNCHANGED: "Déjà connues",
    RowOutcome.SET_ASIDE: "À décider",
    RowOutcome.REFUSED: "À corriger",
    RowOutcome.LEFT_OUT: "Laissées de côté",
}
FIELDS = {
    "identifier": "Identifiant",
    "last_name": "Nom",
    "first_name": "Prénom",
    "birth_year": "Naissance",
    "phone": "Téléphone",
    "email": "E-mail",
    "address": "Adresse",
    "postcode": "Code postal",
    "commune": "Commune",
    "preferred": "Moyen préféré",
    "language": "Langue de l’aide",
    "workshop": "Atelier",
    "day": "Date",
    "begins": "Début",
    "ends": "Fin",
    "minutes": "Durée",
    "key": "Numéro de session",
    "agency": "Agence",
    "mark": "Présence",
    "reason": "Motif de l’absence",
    "booked_on": "Inscrite le",
}
REMARKS = {
    "same-identifier": "L’identifiant « %(said)s » est déjà à la ligne %(instead)s. Gardez une seule des deux.",
    "identifier-taken": "Cet identifiant vient d’être donné à quelqu’un. Importez encore cette ligne.",
    "no-such-year": "« %(said)s » n’est pas une année de naissance. Écrivez 1971 ou 24/11/1971.",
    "no-such-channel": "« %(said)s » n’est pas un moyen. Écrivez SMS, e-mail, appel, courrier ou main.",
    "unknown-language": "« %(said)s » n’est pas une langue connue. Écrivez un code comme ar ou tr.",
    "differs": "La liste dit « %(said)s », la fiche dit « %(instead)s ».",
    "alike-identifier": "Même identifiant que %(instead)s.",
    "alike-name": "Même nom que %(instead)s.",
    "alike-swapped": "Nom et prénom inversés par rapport à %(instead)s.",
    "alike-phone": "Même téléphone que %(instead)s.",
    "alike-email": "Même e-mail que %(instead)s.",
    "alike-one_letter": "Une lettre de différence avec %(instead)s.",
    "person-required": "Dites qui : un identifiant, ou un nom et un prénom.",
    "nobody-known": "« %(said)s » n’a pas de fiche dans cette agence. Importez d’abord les personnes.",
    "several-people": "Plusieurs fiches pour « %(said)s ». Ajoutez l’identifiant.",
    "other-agency": "« %(said)s » n’est pas l’agence choisie, %(instead)s. Importez chaque agence à part.",
    "not-past": "Cette séance n’est pas terminée : « %(said)s ». Inscrivez plutôt la personne.",
    "session-goes-on": "Cette session continue. Inscrivez plutôt la personne.",
    "session-was-full": "Cette session est déjà complète : %(said)s places.",
    "was-elsewhere": "%(said)s était dans un autre atelier à cette heure.",
    "has-no-seat": "%(said)s était en attente, sans place.",
    "marked-otherwise": "La présence est déjà notée autrement. Corrigez-la sur la feuille de présence.",
    "no-such-mark": "« %(said)s » n’est pas une présence. Écrivez présent, en retard, absent excusé ou absent.",
    "no-such-meeting": "Cette session n’a pas de séance à cette heure.",
    "meetings-overlap": "Deux séances de cette session se chevauchent.",
    "too-many-meetings": "Une session a 40 séances au plus.",
}
TROUBLES = {
    "broke": "L’import s’est interrompu plusieurs fois. Ce qui est écrit reste ; vous pouvez reprendre.",
    "not-allowed": "La personne qui a demandé cet import n’en a plus le droit.",
}
FAULT_COLUMNS = ("Ligne", "À corriger")


def progress(one: Import, say: Translate) -> str:
    """How far it is, in words."""
    if one.state is ImportState.RUNNING:
        return say("%(n)s lignes sur %(all)s") % {"n": one.rows_done, "all": one.rows_total}
    return say(STATES[one.state])


def unreadable(error: UnreadableFile, say: Translate) -> str:
    """Why a list cannot be read, and what to do."""
    if error.why == "missing-list-columns":
        missing = ", ".join(say(FIELDS[name]) for name in error.facts["missing"])
        return say("Dites quelle colonne contient : %(missing)s.") % {"missing": missing}
    if error.why == "unknown-column":
        return say("Il n’y a pas de colonne « %(column)s ».") % {"column": error.facts["column"][:80]}
    return say(FILES.get(error.why, FILES["binary"]))


def sentence(remark: RowRemark, say: Translate) -> str:
    """What is wrong, and what to do."""
    words = REMARKS.get(remark.code) or ROWS.get(remark.code) or RULES.get(remark.code) or remark.code
    said = say(words)
    return said % {"said": remark.said, "instead": remark.instead} if "%(" in said else said


def sentences(row: ImportRow, say: Translate) -> Iterable[str]:
    """What is wrong with a row, each with its column."""
    return (f"{one.column} : {sentence(one, say)}" if one.column else sentence(one, say) for one in row.remarks)
