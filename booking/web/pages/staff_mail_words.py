"""What mails to staff are called on screen."""

from booking.domain.staff_messages import StaffMessageKind

NAMES = {
    StaffMessageKind.ROSTER: "Qui vient demain",
    StaffMessageKind.DIGEST: "La semaine en chiffres",
    StaffMessageKind.DECISIONS: "Les décisions en attente",
    StaffMessageKind.CALLS: "Les appels à faire",
    StaffMessageKind.INVITED: "L’invitation à choisir un mot de passe",
    StaffMessageKind.FORGOTTEN: "Le lien pour changer de mot de passe",
    StaffMessageKind.PASSWORD_CHANGED: "L’annonce d’un mot de passe changé",
    StaffMessageKind.FACTOR_CHANGED: "L’annonce d’un second facteur changé",
}
HINTS = {
    StaffMessageKind.ROSTER: "La veille à 18 h. De nouveau le matin à 7 h 30, si la liste a changé.",
    StaffMessageKind.DIGEST: "Le lundi à 7 h 30 : présences, séances de la semaine, ce qui attend.",
    StaffMessageKind.DECISIONS: "Le matin à 8 h, s’il y a du nouveau ou si cela attend depuis deux jours.",
    StaffMessageKind.CALLS: "Le matin à 8 h 15 : combien de personnes à appeler, jamais leurs noms.",
}
EMPTY = {
    StaffMessageKind.ROSTER: "Personne n’est attendu demain dans vos ateliers.",
    StaffMessageKind.DIGEST: "Rien à dire cette semaine.",
    StaffMessageKind.DECISIONS: "Aucune décision n’attend.",
    StaffMessageKind.CALLS: "Personne n’est à appeler.",
}
REASONS = {
    "refused": "l’adresse est refusée",
    "gave-up": "trop d’essais sans succès",
    "no-words": "le texte n’a pas pu être écrit",
}
