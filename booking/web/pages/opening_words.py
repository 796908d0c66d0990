"""The points of an opening, in words; and where each is done."""

from booking.domain.openings import Item

TITLES = {
    Item.ROOMS: "Salles",
    Item.HOURS: "Horaires et fermetures",
    Item.DIRECTIONS: "Pour venir",
    Item.MANAGERS: "Responsable",
    Item.ADVISERS: "Conseillers",
    Item.FACILITATORS: "Animation",
    Item.TRAINED: "Personnel formé",
    Item.TEXTS: "Textes des lettres et des messages",
    Item.POLICY: "Règles des messages",
    Item.PARTNERS: "Partenaires proches",
    Item.SESSIONS: "Premières sessions",
    Item.CALENDAR: "Lien d’agenda",
    Item.LETTER: "Lettre d’essai",
}
HINTS = {
    Item.ROOMS: "Une salle au moins, avec ses places et ses postes.",
    Item.HOURS: "Les horaires d’une salle, ou une fermeture à venir.",
    Item.DIRECTIONS: "L’arrêt de bus, l’entrée, l’étage.",
    Item.MANAGERS: "Une personne au moins a ce rôle.",
    Item.ADVISERS: "Une personne au moins a ce rôle.",
    Item.FACILITATORS: "Une personne au moins anime ici.",
    Item.TRAINED: "Une personne de l’agence a suivi une formation.",
    Item.TEXTS: "Un texte écrit par l’agence. Sinon, les textes communs servent.",
    Item.POLICY: "Quand les rappels partent. Sinon, les règles communes servent.",
    Item.PARTNERS: "Un partenaire dans le département.",
    Item.SESSIONS: "Une session à venir, même en brouillon.",
    Item.CALENDAR: "Quelqu’un est abonné à l’agenda de l’agence.",
    Item.LETTER: "Une lettre imprimée, glissée dans une enveloppe à fenêtre.",
}
DEEDS = {
    Item.ROOMS: "Ajouter une salle",
    Item.HOURS: "Dire les horaires",
    Item.DIRECTIONS: "Écrire le chemin",
    Item.MANAGERS: "Donner un rôle",
    Item.ADVISERS: "Donner un rôle",
    Item.FACILITATORS: "Donner un rôle",
    Item.TRAINED: "Voir les formations",
    Item.TEXTS: "Écrire un texte",
    Item.POLICY: "Choisir les règles",
    Item.PARTNERS: "Voir les partenaires",
    Item.SESSIONS: "Planifier une session",
    Item.CALENDAR: "Créer un lien",
    Item.LETTER: "Imprimer la lettre d’essai",
}
PLACES = {
    Item.ROOMS: "/salles?agence={slug}",
    Item.HOURS: "/salles?agence={slug}",
    Item.DIRECTIONS: "/agences/{id}/reglages",
    Item.MANAGERS: "/equipe/roles?agence={slug}",
    Item.ADVISERS: "/equipe/roles?agence={slug}",
    Item.FACILITATORS: "/equipe/roles?agence={slug}",
    Item.TRAINED: "/formations",
    Item.TEXTS: "/agences/{id}/textes",
    Item.POLICY: "/agences/{id}/messages",
    Item.PARTNERS: "/partenaires",
    Item.SESSIONS: "/sessions/planifier?agence={slug}",
    Item.CALENDAR: "/agendas/nouveau?quoi=agency&lequel={id}",
    Item.LETTER: "/agences/{id}/ouverture/lettre.pdf",
}
# From so many of a hundred on.
SHARES = {
    100: "Tout est prêt.",
    75: "Presque tout est prêt.",
    50: "La moitié est prête, ou un peu plus.",
    25: "Moins de la moitié est prête.",
    0: "L’ouverture commence.",
}


def share(percent: int) -> str:
    """So much in words."""
    return next(said for least, said in SHARES.items() if percent >= least)
