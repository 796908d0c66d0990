"""What an import of school holidays says on its page."""

from booking.language import Translate
from booking.services.row_files import UnreadableFile

UNREADABLE = {
    "empty": "Le fichier est vide.",
    "no-rows": "Il n’y a aucune ligne sous l’en-tête.",
    "too-large": "Le fichier est trop grand.",
    "too-many-rows": "Il y a trop de lignes.",
    "binary": "Ce n’est pas du texte. Depuis un tableur, enregistrez au format « CSV UTF-8 ».",
    "broken-header": "Des guillemets de l’en-tête ne se referment pas.",
    "broken-json": "Le JSON n’est pas valide.",
    "not-a-list": "Le JSON doit être une liste d’objets.",
    "missing-columns": "Il manque une colonne : la zone, le nom, le premier jour ou le dernier.",
}
ZONES = {
    "A": "Zone A",
    "B": "Zone B",
    "C": "Zone C",
    "corse": "Corse",
    "guadeloupe": "Guadeloupe",
    "martinique": "Martinique",
    "guyane": "Guyane",
    "reunion": "La Réunion",
    "mayotte": "Mayotte",
    "saint-pierre-et-miquelon": "Saint-Pierre-et-Miquelon",
    "saint-barthelemy": "Saint-Barthélemy",
    "saint-martin": "Saint-Martin",
    "wallis-et-futuna": "Wallis-et-Futuna",
    "polynesie": "Polynésie française",
    "nouvelle-caledonie": "Nouvelle-Calédonie",
}
REMARKS = {
    "required": "Vide",
    "too-long": "Trop long",
    "bad-characters": "Caractères invisibles",
    "unknown-zone": "Ce n’est pas une zone : A, B, C, Corse ou un territoire",
    "not-a-day": "Ce n’est pas une date",
    "ends-before-it-starts": "La fin précède le début",
    "lasts-too-long": "Plus de quatre mois : sans doute une erreur de date",
    "too-many-cells": "Plus de cellules que de colonnes",
    "unclosed-quote": "Des guillemets s’ouvrent et ne se referment pas",
    "broken-quotes": "Guillemets mal placés",
    "not-an-object": "Ce n’est pas un objet",
}


def why_unreadable(error: UnreadableFile, say: Translate) -> str:
    """One sentence that says what is wrong with the whole file."""
    return say(UNREADABLE.get(error.why, UNREADABLE["binary"]))
