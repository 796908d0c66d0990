"""What the pages about a person's data say in French."""

from booking.domain.erasures import Cause
from booking.domain.suppressions import Because

CAUSES = {Cause.ASKED: "La personne le demande", Cause.MISTAKE: "La fiche a été créée par erreur"}
# What becomes of each kind of row when a person is erased.
GOES = {
    "job_seekers": "Nom, contacts, besoins",
    "told_apart": "Fiches comparées",
    "sent_texts": "Textes des messages",
    "incoming_texts": "SMS reçus : numéro et texte",
    "disputes": "Litiges terminés",
}
STAYS = {
    "bookings": "Inscriptions, sans nom et sans motif",
    "attendance": "Présences, sans nom",
    "messages": "Messages comptés, sans contenu",
    "contact_suppressions": "Refus d’être contacté, sous forme d’empreinte",
    "audit": "Journal : ce qui a été fait, sans les mots",
    "evidence": "Preuves de remise, jusqu’à leur date de fin",
}
STAYS_BECAUSE = {
    "bookings": "Les statistiques restent justes.",
    "attendance": "Les statistiques restent justes.",
    "messages": "On sait combien de messages sont partis.",
    "contact_suppressions": "Cette adresse ne sera plus utilisée, même si elle revient.",
    "audit": "La loi demande de savoir qui a fait quoi.",
    "evidence": "Une convocation remise peut être contestée.",
}
BECAUSE = {
    Because.STOP: "La personne a refusé",
    Because.BOUNCED: "Les messages revenaient",
    Because.INVALID: "Le numéro n’existe pas",
    Because.COMPLAINED: "La personne s’est plainte",
}
# By which door it came, where nobody of the staff did it.
BY_ITSELF = {
    "page": "par sa page personnelle",
    "api": "par un programme",
    "command": "par une commande",
    "job": "par SMS ou par l’opérateur",
    "": "par un moyen inconnu",
}
FIELDS = {
    "email": "e-mail",
    "phone": "téléphone",
    "address": "adresse",
    "postcode": "code postal",
    "commune": "commune",
    "preferred": "moyen préféré",
}
WAYS = {
    "sheet": "la fiche",
    "api": "la fiche, par un programme",
    "data": "la page des données",
    "paper": "un papier avec ses coordonnées",
    "placing": "la fiche, pour la placer",
    "booking": "une inscription",
    "": "la fiche",
}
VIA = {"page": "par le site", "api": "par un programme", "command": "par une commande", "job": "par une tâche"}
