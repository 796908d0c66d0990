"""The guides: for a role its main topics, in the order of a day, with pictures of what one sees.

``./dev guides`` makes the pictures and writes the guides once more for docs/guides.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guide:
    """What it is called, and its topics."""

    title: str
    topics: tuple[str, ...]


TITLES = {
    "conseiller": "Guide pour conseiller",
    "animateur": "Guide pour animer",
    "responsable": "Guide pour une personne responsable",
}
TELLS = {
    "conseiller": ("placer", "papier", "deplacer", "a-faire", "suivi"),
    "animateur": ("appel", "sans-inscription", "sans-reseau", "emargement"),
    "responsable": ("planifier", "changer", "annuler-session", "a-decider", "statistiques"),
}
GUIDES: Mapping[str, Guide] = {slug: Guide(title, TELLS[slug]) for slug, title in TITLES.items()}
# What each picture shows, for whoever does not see it.
PICTURES = {
    "placer": "La page « Placer » : la personne à gauche, les sessions à droite.",
    "papier": "La ligne ouverte après l’inscription.",
    "appel": "La feuille d’appel, avec un geste par personne.",
    "sans-inscription": "La page où l’on cherche qui est venu sans inscription.",
    "planifier": "Les dates proposées pour une série, et leur calendrier.",
    "annuler-session": "La page qui demande pourquoi la session est annulée.",
    "a-decider": "La liste « À décider ».",
}
WIDTH, HEIGHT = 1040, 560
