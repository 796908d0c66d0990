"""What outcomes, next steps, and reasons for not being reached are called on screen."""

from booking.domain.reaching import Unreached
from booking.domain.referrals import Outcome, Step

OUTCOMES = {
    Outcome.WISHES_OTHER: "Demande une autre date",
    Outcome.OFFERED: "Place proposée",
    Outcome.HELD: "Place retenue",
    Outcome.COMING: "À venir",
    Outcome.WAITING: "En attente",
    Outcome.NOT_MARKED: "Présence non notée",
    Outcome.CAME: "Venue en partie",
    Outcome.FINISHED: "Terminée",
    Outcome.ABSENT: "Absente",
    Outcome.CANCELLED: "Annulée",
}
# The colour of each, which never says anything alone.
TAGS = {
    Outcome.WISHES_OTHER: "warn",
    Outcome.OFFERED: "warn",
    Outcome.HELD: "info",
    Outcome.COMING: "info",
    Outcome.WAITING: "wait",
    Outcome.FINISHED: "good",
    Outcome.CAME: "good",
    Outcome.ABSENT: "bad",
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
    Unreached.PHONE_REFUSED: "Numéro refusé par l’opérateur",
    Unreached.EMAIL_REFUSED: "Adresse e-mail refusée",
    Unreached.LAST_FAILED: "Le dernier message n’est pas parti",
}
