"""What programs are told, in the words of whoever chooses it."""

from booking.domain.webhooks import TEST, DeliveryState, Why

# The choices by what they are about, in the order of a form.
GROUPS = {
    "Inscriptions": {
        "booking.booked": "Une personne est inscrite",
        "booking.held": "Une place est retenue",
        "booking.offered": "Une place est proposée",
        "booking.confirmed": "Une place retenue ou proposée est confirmée",
        "booking.waitlisted": "Une personne est mise en liste d’attente",
        "booking.promoted": "Une personne en attente reçoit une place",
        "booking.moved": "Une inscription est déplacée",
        "booking.cancelled": "Une inscription est annulée",
        "booking.restored": "Une annulation est reprise",
        "booking.lapsed": "Une place retenue, proposée ou attendue est perdue",
        "booking.coming": "Une personne dit qu’elle vient",
        "booking.wishes_other": "Une personne demande une autre date",
    },
    "Attente d’un atelier": {
        "wait.joined": "Une personne attend la prochaine place d’un atelier",
        "wait.left": "Une personne n’attend plus",
    },
    "Présence": {
        "attendance.marked": "Une présence est notée",
    },
    "Sessions": {
        "session.published": "Une session est publiée",
        "session.changed": "Une session est changée",
        "session.confirmed": "Une session est confirmée",
        "session.cancelled": "Une session est annulée",
    },
    "Catalogue": {
        "workshop.added": "Un atelier est ajouté",
        "workshop.changed": "Un atelier est changé",
    },
}
EVENTS = {TEST: "Essai"} | {name: said for group in GROUPS.values() for name, said in group.items()}
STATES = {
    DeliveryState.PLANNED: "Prévu",
    DeliveryState.SENDING: "En cours",
    DeliveryState.DELIVERED: "Reçu",
    DeliveryState.DEAD: "Abandonné",
}
TAGS = {
    DeliveryState.PLANNED: "info",
    DeliveryState.SENDING: "info",
    DeliveryState.DELIVERED: "good",
    DeliveryState.DEAD: "bad",
}
WHY_PAUSED = {
    Why.BY_HAND: "Les envois sont en pause.",
    Why.GONE: "L’autre logiciel a répondu qu’il n’existe plus (410). Les envois sont arrêtés.",
    Why.FAILING: "L’autre logiciel n’a pas répondu pendant des jours. Les envois sont arrêtés.",
}
ERRORS = {
    "timeout": "Pas de réponse en 10 secondes",
    "no-answer": "Pas de réponse",
    "no-such-name": "Ce nom n’existe pas",
    "not-public": "Cette adresse n’est pas sur Internet",
    "bad-certificate": "Le certificat n’est pas valable",
    "too-large": "Le message est trop long",
    "worker-vanished": "L’envoi a été interrompu",
}
