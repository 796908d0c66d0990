"""What is said about messages on screen: why one did not leave, how a try ended, what a deed came to."""

from booking.domain.messages import MessageState

REASONS = {
    "changed": "ce n’est plus vrai",
    "too-late": "trop tard pour être utile",
    "has-other-place": "la personne a déjà une autre place",
    "not-expected": "la personne n’est pas attendue à cette séance",
    "enough-today": "la personne a déjà reçu trois messages ce jour-là",
    "later-due": "un rappel plus récent le remplace",
    "outside-hours": "les envois attendent une heure convenable",
    "queued": "beaucoup de messages partent, celui-ci attend son tour",
    "resting": "ce moyen est en panne, il sera essayé plus tard",
    "failed": "l’envoi n’a pas marché, il sera essayé encore",
    "gave-up": "trop d’essais sans succès",
    "refused": "l’adresse ou le numéro a été refusé",
    "in-doubt": "on ne sait pas si le message est arrivé",
    "every-way-failed": "aucun moyen n’a marché",
    "by-text-only": "utile par SMS seulement",
    "by-mail-only": "utile par e-mail seulement",
    "on-paper-already": "le papier remis suffit",
    "not-wanted": "la personne ne veut pas de message par ce moyen",
    "undelivered": "le fournisseur n’a pas pu le remettre",
    "nothing-to-say": "il n’y a plus rien à dire",
    "on-his-page": "un agent le voit sur la page de ses formations",
    "no-words": "le texte n’a pas pu être écrit",
    "stopped": "arrêté par une personne de l’équipe",
    "reached": "personne jointe",
    "message-left": "message laissé",
    "not-reached": "personne n’a répondu",
    "posted": "posté",
    "handed-over": "remis en main propre",
}
TRIES = {
    "accepted": "parti",
    "failed": "n’a pas marché",
    "refused": "refusé",
    "gave_up": "abandonné",
    "in_doubt": "sans réponse sûre",
    "not-reached": "pas joint",
}
# The sentence that leads to the time.
WHEN = {
    MessageState.PLANNED: "part le",
    MessageState.CLAIMED: "part le",
    MessageState.SENDING: "part en ce moment, prévu le",
    MessageState.ACCEPTED: "parti le",
    MessageState.DELIVERED: "reçu, parti le",
    MessageState.TO_DO: "à faire depuis le",
    MessageState.DONE: "fait le",
    MessageState.SUPERSEDED: "remplacé, était prévu le",
    MessageState.CANCELLED: "retiré, était prévu le",
    MessageState.EXPIRED: "n’est pas parti, était prévu le",
    MessageState.COALESCED: "regroupé, était prévu le",
    MessageState.SUPPRESSED: "n’est pas parti, était prévu le",
    MessageState.DEAD: "a échoué, était prévu le",
}
LEFT = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.DONE)
TAGS = {
    MessageState.DEAD: "bad",
    MessageState.EXPIRED: "bad",
    MessageState.SUPPRESSED: "warn",
    MessageState.TO_DO: "warn",
    MessageState.ACCEPTED: "good",
    MessageState.DELIVERED: "good",
    MessageState.DONE: "good",
    MessageState.PLANNED: "info",
}
# What the journal sorts its states into, in the order of interest.
GROUPS = {
    "echecs": (MessageState.DEAD, MessageState.EXPIRED, MessageState.SUPPRESSED),
    "a-faire": (MessageState.TO_DO,),
    "attente": (MessageState.PLANNED, MessageState.CLAIMED, MessageState.SENDING),
    "dits": (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.DONE),
    "retires": (MessageState.SUPERSEDED, MessageState.CANCELLED, MessageState.COALESCED),
}
GROUP_NAMES = {
    "echecs": "Non reçus",
    "a-faire": "À faire par une personne",
    "attente": "En attente",
    "dits": "Dits ou envoyés",
    "retires": "Retirés",
}
DEEDS = {
    "stop": "Arrêter",
    "send-now": "Envoyer maintenant",
    "plan-again": "Prévoir à nouveau",
    "resend": "Renvoyer",
}
PATHS = {"stop": "arreter", "send-now": "envoyer", "plan-again": "prevoir", "resend": "renvoyer"}
