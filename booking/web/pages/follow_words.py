"""What outcomes, next steps, and reasons for not being reached are called on screen."""

from booking.domain.followed_bookings import Standing, Step
from booking.domain.reaching import Unreached

OUTCOMES = {
    Standing.WISHES_OTHER: "Demande une autre date",
    Standing.OFFERED: "Place proposée",
    Standing.HELD: "Place retenue",
    Standing.COMING: "À venir",
    Standing.WAITING: "En attente",
    Standing.NOT_MARKED: "Présence non notée",
    Standing.CAME: "Venue en partie",
    Standing.FINISHED: "Terminée",
    Standing.ABSENT: "Absente",
    Standing.CANCELLED: "Annulée",
}
# The colour of each, which never says anything alone.
TAGS = {
    Standing.WISHES_OTHER: "warn",
    Standing.OFFERED: "warn",
    Standing.HELD: "info",
    Standing.COMING: "info",
    Standing.WAITING: "wait",
    Standing.FINISHED: "good",
    Standing.CAME: "good",
    Standing.ABSENT: "bad",
}
STEPS = {
    Step.OFFER_OTHER_DATE: "Proposer une autre date",
    Step.CALL_FOR_ANSWER: "Appeler pour la réponse",
    Step.CONFIRM: "Confirmer la place",
    Step.HAND_PAPER: "Remettre le papier en main propre",
    Step.ASK_WHETHER_CAME: "Demander si la personne est venue",
    Step.OFFER_TO_CATCH_UP: "Proposer de rattraper ce qui manque",
    Step.OFFER_NEXT: "Proposer la suite",
    Step.CALL_ABSENT: "Appeler, puis proposer une autre date",
    Step.NOTHING: "Rien à faire",
}
REASONS = {
    Unreached.NO_WAY: "Ni téléphone, ni e-mail, ni adresse",
    Unreached.NOT_WANTED: "Ne veut plus d’e-mails, et n’a pas d’autre moyen",
    Unreached.PHONE_REFUSED: "Numéro refusé par l’opérateur",
    Unreached.EMAIL_REFUSED: "Adresse e-mail refusée",
    Unreached.LAST_FAILED: "Le dernier message n’est pas parti",
}
