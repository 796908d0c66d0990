"""The points of an opening, in words; and where each is done."""

from dataclasses import dataclass

from booking.domain.openings import Item


@dataclass(frozen=True, slots=True)
class PointWords:
    """What a point is called, what is looked for, and the page where it is done."""

    title: str
    hint: str
    does: str
    path: str


POINTS = {
    Item.ROOMS: PointWords(
        "Salles", "Une salle au moins, avec ses places et ses postes.", "Ajouter une salle", "/salles?agence={slug}"
    ),
    Item.HOURS: PointWords(
        "Horaires et fermetures",
        "Les horaires d’une salle, ou une fermeture à venir.",
        "Dire les horaires",
        "/salles?agence={slug}",
    ),
    Item.DIRECTIONS: PointWords(
        "Pour venir", "L’arrêt de bus, l’entrée, l’étage.", "Écrire le chemin", "/agences/{id}/reglages"
    ),
    Item.MANAGERS: PointWords(
        "Responsable", "Une personne au moins a ce rôle.", "Donner un rôle", "/equipe/roles?agence={slug}"
    ),
    Item.ADVISERS: PointWords(
        "Conseillers", "Une personne au moins a ce rôle.", "Donner un rôle", "/equipe/roles?agence={slug}"
    ),
    Item.FACILITATORS: PointWords(
        "Animation", "Une personne au moins anime ici.", "Donner un rôle", "/equipe/roles?agence={slug}"
    ),
    Item.TRAINED: PointWords(
        "Personnel formé", "Une personne de l’agence a suivi une formation.", "Voir l’équipe", "/equipe?agence={slug}"
    ),
    Item.TEXTS: PointWords(
        "Textes des lettres et des messages",
        "Un texte écrit par l’agence. Sinon, les textes communs servent.",
        "Écrire un texte",
        "/agences/{id}/textes",
    ),
    Item.POLICY: PointWords(
        "Règles des messages",
        "Quand les rappels partent. Sinon, les règles communes servent.",
        "Choisir les règles",
        "/agences/{id}/messages",
    ),
    Item.PARTNERS: PointWords(
        "Partenaires proches", "Un partenaire dans le département.", "Voir les partenaires", "/partenaires"
    ),
    Item.SESSIONS: PointWords(
        "Premières sessions",
        "Une session à venir, même en brouillon.",
        "Planifier une session",
        "/sessions/planifier?agence={slug}",
    ),
    Item.CALENDAR: PointWords(
        "Lien d’agenda",
        "Quelqu’un est abonné à l’agenda de l’agence.",
        "Créer un lien",
        "/agendas/nouveau?quoi=agency&lequel={id}",
    ),
    Item.LETTER: PointWords(
        "Lettre d’essai",
        "Une lettre imprimée, glissée dans une enveloppe à fenêtre.",
        "Imprimer la lettre d’essai",
        "/agences/{id}/ouverture/lettre.pdf",
    ),
}
# By how many of a hundred are done, from the fullest.
SHARES = (
    (100, "Tout est prêt."),
    (75, "Presque tout est prêt."),
    (50, "Plus de la moitié est prête."),
    (25, "Moins de la moitié est prête."),
    (0, "L’ouverture commence."),
)


def share(percent: int) -> str:
    """So much in words."""
    return next(said for least, said in SHARES if percent >= least)
