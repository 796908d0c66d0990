"""What programs are told, in the words of whoever chooses it."""

from booking.domain.webhooks import CHOICES, TEST, DeliveryState, Why

EVENTS = {
    TEST: "Essai",
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
    "wait.joined": "Une personne attend la prochaine place d’un atelier",
    "referral.proposed": "Une orientation est proposée",
    "referral.accepted": "La personne accepte une orientation",
    "referral.sent": "Un partenaire est prévenu d’une orientation",
    "referral.met": "Le partenaire a vu la personne",
    "referral.closed": "Une orientation est terminée",
    "referral.cancelled": "Une orientation est annulée",
    "referral.answered": "Un partenaire répond",
    "referral.changed": "Une étape d’une orientation est annulée",
    "wait.left": "Une personne n’attend plus",
    "attendance.marked": "Une présence est notée",
    "session.published": "Une session est publiée",
    "session.changed": "Une session est changée",
    "session.confirmed": "Une session est confirmée",
    "session.cancelled": "Une session est annulée",
    "workshop.added": "Un atelier est ajouté",
    "workshop.changed": "Un atelier est changé",
}
# What the choices of a form are about, by the beginning of their names.
HEADINGS = {
    "booking": "Inscriptions",
    "wait": "Attente d’un atelier",
    "attendance": "Présence",
    "session": "Sessions",
    "referral": "Orientations",
    "workshop": "Catalogue",
}
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
    Why.FAILING: "L’autre logiciel n’a pas répondu pendant cinq jours. Les envois sont arrêtés.",
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


def groups() -> dict[str, list[str]]:
    """The choices by what they are about: a heading, and names of events."""
    about = {heading: [one for one in CHOICES if one.startswith(f"{noun}.")] for noun, heading in HEADINGS.items()}
    return {heading: names for heading, names in about.items() if names}
