"""What an import of school holidays tells the operator, in French."""

from booking.services.row_files import UnreadableFile
from booking.services.school_holidays import Report

SHOWN = 20
FIELDS = {
    "zone": "la zone (zone)",
    "name": "le nom (name)",
    "first_on": "le premier jour (first_on)",
    "last_on": "le dernier jour (last_on)",
}
REMARKS = {
    "required": "vide",
    "too-long": "{said} caractères, c’est trop",
    "bad-characters": "caractères invisibles",
    "unknown-zone": "« {said} » n’est pas une zone (A, B, C, Corse ou un territoire)",
    "not-a-day": "« {said} » n’est pas une date",
    "ends-before-it-starts": "la fin précède le début",
    "lasts-too-long": "plus de quatre mois : sans doute une erreur de date",
    "too-many-cells": "plus de cellules que de colonnes",
    "unclosed-quote": "des guillemets s’ouvrent et ne se referment pas",
    "broken-quotes": "guillemets mal placés",
    "not-an-object": "ce n’est pas un objet",
}


def what_is_missing(error: UnreadableFile) -> str:
    """The sentence for a list without the columns of a school calendar."""
    missing = " et pour ".join(FIELDS[name] for name in error.facts["missing"])
    return f"il manque une colonne pour {missing}. Colonnes trouvées : {', '.join(error.facts['columns'])}."


def report_of(name: str, report: Report, *, in_full: bool) -> str:
    """The whole report; of many remarks only the first, unless it is wanted in full."""
    shown = report.refusals if in_full else report.refusals[:SHOWN]
    more = len(report.refusals) - len(shown)
    lines = [
        f"{name} : {report.read} lignes lues",
        "Essai à blanc : rien n’est écrit." if report.is_dry_run else "",
        f"{report.new} nouvelles, {report.changed} modifiées, {report.unchanged} inchangées, "
        f"{report.set_aside} pour les seuls enseignants, {report.refused} refusées.",
        *(f"  ligne {one.line}, {one.column} : {REMARKS[one.code].format(said=one.said)}" for one in shown),
        f"  … et {more} autres (--all les montre)" if more else "",
    ]
    return "\n".join(filter(None, lines))
