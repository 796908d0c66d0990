"""What figures are called on screen, and how each is counted, in plain words."""

from booking.domain.figures import NONE
from booking.domain.job_seekers import Channel
from booking.domain.periods import Span
from booking.web.pages.phase_words import PHASES as PHASES  # noqa: PLC0414 - the template reads both from here

SPANS = {
    Span.WEEKS_4: "4 semaines",
    Span.WEEKS_12: "12 semaines",
    Span.MONTH: "Ce mois",
    Span.YEAR: "12 mois",
}
LEADING = {
    "fill": "Places remplies",
    "came": "Personnes venues",
    "absence": "Absences sans excuse",
    "wait": "Attente avant un atelier",
}
COUNTED = {
    "session": (
        "Une session compte le jour de sa première séance, à l’heure de son agence, dès qu’elle a commencé. "
        "Une session annulée ne compte pas. Une correction change les chiffres en quelques secondes."
    ),
    "fill": (
        "Places prises sur places offertes. Une place gardée pour une agence et jamais prise est vide. Une "
        "place ajoutée compte."
    ),
    "came": (
        "Personnes venues au moins une fois, comptées une fois par session. Les rattrapages et les salariés ne"
        " comptent pas."
    ),
    "absence": (
        "Personnes jamais venues, sans excuse, sur celles dont la présence est connue. Une feuille non remplie"
        " ne compte pas."
    ),
    "wait": (
        "Jours entre la demande et la première séance, en moyenne. La demande est l’entrée en liste d’attente,"
        " sinon l’inscription. Les personnes venues sans inscription ne comptent pas."
    ),
    "lost": "Places vides, et places des personnes qui ne sont jamais venues.",
    "cancelled": (
        "Inscriptions annulées, selon qui les a annulées. Un changement de session ou une place retenue puis "
        "rendue ne compte pas."
    ),
    "steps": (
        "Personnes dont la première étape est dans la période, et ce qu’elles ont fait depuis. On peut avoir "
        "une place sans diagnostic. Orientée : un conseil du diagnostic suivi, ou une orientation vers un "
        "partenaire. Terminé : venue à toutes les séances d’une session. Ces chiffres ne dépendent pas de "
        "l’atelier choisi."
    ),
    "reminded": (
        "Selon le dernier rappel parti. Seulement les personnes dont la présence est connue. 60 jours après la"
        " séance, le rappel compté ne change plus."
    ),
    "noticed": (
        "Selon le temps entre l’inscription et la première séance. Seulement les personnes dont la présence est connue."
    ),
    "reached": "Le dernier message parti sur la place : confirmation, changement ou rappel. Aucun : rien n’est parti.",
    "referrals": (
        "Orientations vers un partenaire faites dans la période, et ce qu’elles sont devenues depuis. Une "
        "orientation retirée ne compte pas. Ces chiffres ne dépendent pas de l’atelier choisi."
    ),
    "phases": "Les agences selon leur étape d’aujourd’hui, pas selon celle de la date de la session.",
    "trainings": "Formations de l’équipe et des volontaires. Elles ne comptent dans aucun autre chiffre.",
}
NOTES = {
    "hidden": (
        "n.c. : non communiqué. Un nombre de 1 à 4 personnes est caché, et parfois un autre, pour que personne "
        "ne soit reconnu."
    ),
}
STEPS = {
    "known": "Première étape",
    "diagnosed": "Diagnostic fait",
    "oriented": "Orientée",
    "seated": "Place prise",
    "attended": "Venue à une séance",
    "finished": "Atelier terminé",
}
REFERRED = {
    "made": "Proposées",
    "sent": "Envoyées au partenaire",
    "met": "Personne reçue",
    "helped": "Aide obtenue",
    "unhelped": "Terminées sans aide",
}
BY_CHANNEL = {
    Channel.SMS: "SMS",
    Channel.EMAIL: "E-mail",
    Channel.CALL: "Appel",
    Channel.LETTER: "Courrier",
    Channel.HAND: "Papier remis",
    NONE: "Aucun",
}
BY_NOTICE = {
    "day": "La veille ou le jour même",
    "days": "2 ou 3 jours avant",
    "week": "4 à 7 jours avant",
    "fortnight": "8 à 14 jours avant",
    "longer": "Plus de 14 jours avant",
}
TABLES = {
    "leading": "Chiffres principaux",
    "weeks": "Places par semaine",
    "months": "Places par mois",
    "agencies": "Remplissage par agence",
    "workshops": "Remplissage par atelier",
    "phases": "Pilotes et autres agences",
    "lost": "Places perdues",
    "cancelled": "Inscriptions annulées",
    "reminded": "Absences selon le rappel",
    "noticed": "Absences selon le délai",
    "reached": "Par quel moyen les personnes ont été prévenues",
    "steps": "Du diagnostic à l’atelier terminé",
    "referrals": "Orientations vers les partenaires",
    "trainings": "Formations de l’équipe",
}
HEADS = {
    "figure": "Chiffre",
    "now": "Période",
    "before": "Période d’avant",
    "week": "Semaine du",
    "month": "Mois",
    "agency": "Agence",
    "workshop": "Atelier",
    "phase": "Étape",
    "agencies": "Agences",
    "sessions": "Sessions",
    "places": "Places",
    "seats": "Places offertes",
    "seated": "Places prises",
    "came": "Personnes venues",
    "fill": "Remplissage",
    "absence": "Absences sans excuse",
    "wait": "Attente (jours)",
    "reminder": "Rappel",
    "notice": "Délai",
    "channel": "Moyen",
    "people": "Personnes",
    "absent": "Absentes sans excuse",
    "share": "Part",
    "step": "Étape",
}
LINES = {
    "sessions": "Sessions commencées",
    "called_off": "Sessions annulées",
    "seats": "Places offertes",
    "seated": "Places prises",
    "came": "Personnes venues",
    "finished": "Venues à toutes les séances",
    "absent": "Jamais venues, sans excuse",
    "excused": "Jamais venues, excusées",
    "unmarked": "Présence non renseignée",
    "walk_ins": "Venues sans inscription",
    "made_up": "Rattrapages",
    "empty": "Places vides",
    "lost": "Places perdues",
    "fill": "Places remplies",
    "absence": "Absences sans excuse",
    "wait": "Attente avant un atelier (jours)",
    "cancelled_person": "Par la personne",
    "cancelled_adviser": "Par le conseiller",
    "cancelled_service": "Par le service",
}
