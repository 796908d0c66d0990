"""What the pages of subscriptions say of kinds, details and ends."""

from booking.domain.subscriptions import Detail, FeedKind
from booking.services.subscriptions import Over

KINDS = {
    FeedKind.FACILITATOR: "Mes ateliers",
    FeedKind.ADVISER: "Les ateliers de mes demandeurs d’emploi",
    FeedKind.AGENCY: "Une agence",
    FeedKind.ROOM: "Une salle",
    FeedKind.WORKSHOP: "Un atelier",
    FeedKind.NETWORK: "Tout le réseau",
}
ABOUT = {
    FeedKind.FACILITATOR: "Les séances que vous animez, et celles où vous aidez.",
    FeedKind.ADVISER: "Les séances où vous avez inscrit quelqu’un. Aucun nom n’y figure.",
    FeedKind.AGENCY: "Toutes les séances d’une agence où vous travaillez.",
    FeedKind.ROOM: "Toutes les séances prévues dans une salle.",
    FeedKind.WORKSHOP: "Toutes les séances d’un atelier du catalogue, dans toutes les agences.",
    FeedKind.NETWORK: "Toutes les séances de toutes les agences. Il y en a beaucoup.",
}
# The names that services give, which nobody has chosen.
NAMED = {
    "Mes ateliers": "Mes ateliers",
    "Les ateliers de mes demandeurs d’emploi": "Les ateliers de mes demandeurs d’emploi",
    "Tous les ateliers du réseau": "Tous les ateliers du réseau",
}
WHICH = {FeedKind.AGENCY: "Quelle agence", FeedKind.ROOM: "Quelle salle", FeedKind.WORKSHOP: "Quel atelier"}
ICONS = {
    FeedKind.FACILITATOR: "star",
    FeedKind.ADVISER: "people",
    FeedKind.AGENCY: "pin",
    FeedKind.ROOM: "room",
    FeedKind.WORKSHOP: "book",
    FeedKind.NETWORK: "home",
}
# The richest first, as most people want it.
DETAILS = {
    Detail.PLACE: "Titre et lieu",
    Detail.TITLE: "Titre seul",
    Detail.BUSY: "Occupé, sans rien de plus",
}
EXPLAINED = {
    Detail.PLACE: "L’atelier, la salle, l’adresse et ce qu’il faut apporter.",
    Detail.TITLE: "Le nom de l’atelier, sans le lieu.",
    Detail.BUSY: "Seulement les heures prises. Pour un agenda que d’autres voient.",
}
OVER = {Over.REVOKED: "Retiré", Over.UNUSED: "Arrêté", Over.LEFT: "Arrêté"}
WHY_OVER = {
    Over.REVOKED: "Son lien ne montre plus aucune séance. Pendant un mois, vous pouvez le rétablir.",
    Over.UNUSED: "Personne ne l’a lu depuis six mois. Faites un nouveau lien pour le reprendre.",
    Over.LEFT: "Vous ne travaillez plus dans cette agence.",
}
CLIENTS = {
    "Google Agenda": "Google Agenda",
    "Apple Calendrier": "Apple Calendrier",
    "un navigateur": "un navigateur",
    "un autre programme": "un autre programme",
}
DONE = {
    "change": "L’agenda est enregistré. Les abonnés voient le changement à leur prochaine lecture.",
    "retabli": "L’agenda est rétabli. Son lien marche de nouveau.",
}
