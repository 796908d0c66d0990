"""What a file in the making is called on screen."""

from booking.domain.exports import Export, ExportState, Format
from booking.language import Translate

DONE = {
    "demande": "Le fichier est long : il se prépare. Vous pouvez quitter cette page et revenir.",
    "supprime": "L’export est supprimé.",
}
STATES = {
    ExportState.WAITING: "En attente",
    ExportState.RUNNING: "En préparation",
    ExportState.DONE: "Prêt",
    ExportState.FAILED: "Échec",
}
FORMATS = {Format.XLSX: "Excel", Format.CSV: "CSV", Format.ZIP: "ZIP"}


def progress(one: Export, say: Translate) -> str:
    """How far it is, in words."""
    if one.state is ExportState.RUNNING and one.format is Format.ZIP:
        return say("%(n)s tables sur %(all)s") % {"n": one.meetings_done, "all": one.meetings_total}
    if one.state is ExportState.RUNNING:
        return say("%(n)s séances sur %(all)s") % {"n": one.meetings_done, "all": one.meetings_total}
    return say(STATES[one.state])
