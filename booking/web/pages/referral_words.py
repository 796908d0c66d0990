"""What is said of referrals on screen and on their sheets."""

from booking.domain.messages import MessageState
from booking.domain.partner_messages import PartnerMessageKind
from booking.domain.partner_terms import Service
from booking.domain.referrals import Aid, Deed, Outcome, ReferralState, Remark, Shared, Way

STATES = {
    ReferralState.PROPOSED: "Proposée",
    ReferralState.ACCEPTED: "Acceptée par la personne",
    ReferralState.SENT: "Partenaire prévenu",
    ReferralState.MET: "Personne reçue",
    ReferralState.CLOSED: "Terminée",
    ReferralState.CANCELLED: "Annulée",
}
# The colour of each, which never says anything alone.
TAGS = {
    ReferralState.PROPOSED: "wait",
    ReferralState.ACCEPTED: "wait",
    ReferralState.SENT: "info",
    ReferralState.MET: "info",
    ReferralState.CLOSED: "good",
    ReferralState.CANCELLED: "bad",
}
AIDS = {
    Aid.PHONE: "Un téléphone",
    Aid.PLAN: "Une carte SIM ou un forfait",
    Aid.INTERNET: "Internet à la maison",
    Aid.COMPUTER: "Un ordinateur",
    Aid.SKILLS: "Apprendre à se servir du numérique",
    Aid.PROCEDURES: "Une aide pour des démarches en ligne",
    Aid.OTHER: "Autre chose",
}
SHARED = {Shared.PHONE: "Son numéro de téléphone", Shared.EMAIL: "Son adresse e-mail"}
WAYS = {Way.MAIL: "par e-mail", Way.PAPER: "par la fiche que la personne apporte"}
OUTCOMES = {
    Outcome.EQUIPPED: "Équipée : téléphone, ordinateur ou connexion",
    Outcome.TARIFF: "A obtenu un tarif solidaire",
    Outcome.TRAINED: "Formée ou accompagnée",
    Outcome.HELPED: "Aidée pour ses démarches",
    Outcome.NOT_COME: "N’est pas venue",
    Outcome.NOT_REACHABLE: "N’a pas pu être jointe",
    Outcome.NOT_ELIGIBLE: "N’a pas droit à cette aide",
    Outcome.REFUSED_BY_PERSON: "N’a plus voulu",
    Outcome.REFUSED_BY_PARTNER: "Le partenaire ne peut pas l’aider : à reprendre",
    Outcome.OTHER: "Autre",
}
REMARKS = {
    Remark.APPOINTMENT: "Un rendez-vous est fixé",
    Remark.FULL: "Nous sommes complets : la personne attend",
    Remark.PAPERS: "Il manque un document",
    Remark.INTERPRETER: "Il faut un interprète",
    Remark.ELSEWHERE: "Un autre lieu conviendrait mieux",
    Remark.CALL_US: "Merci de nous appeler",
}
DEEDS = {
    Deed.PROPOSED: "Orientation proposée",
    Deed.ACCEPTED: "La personne est d’accord",
    Deed.SENT: "Partenaire prévenu",
    Deed.MET: "La personne a été reçue",
    Deed.CLOSED: "Orientation terminée",
    Deed.CANCELLED: "Orientation annulée",
    Deed.NOT_REACHED: "Le partenaire n’arrive pas à joindre la personne",
    Deed.REMARKED: "Remarque",
    Deed.REMINDED: "Partenaire relancé",
    Deed.OVERDUE: "Sans réponse : à relancer",
    Deed.SEEN: "Réponse lue",
    Deed.UNDONE: "Étape annulée",
}
MAILS = {
    PartnerMessageKind.SENT: "Annonce au partenaire",
    PartnerMessageKind.REMINDER: "Relance du partenaire",
    PartnerMessageKind.CANCELLED: "Annulation dite au partenaire",
}
MAIL_STATES = {
    MessageState.PLANNED: "va partir",
    MessageState.SENDING: "part en ce moment",
    MessageState.ACCEPTED: "parti",
    MessageState.SUPPRESSED: "inutile, pas envoyé",
    MessageState.CANCELLED: "retiré avant l’envoi",
    MessageState.EXPIRED: "pas parti à temps",
    MessageState.DEAD: "n’est pas arrivé",
}
# What somebody who comes for a service lacks, before anybody has ticked a box.
AIDS_OF = {
    Service.SOLIDARITY_PHONE: (Aid.PHONE,),
    Service.SOLIDARITY_SIM: (Aid.PLAN,),
    Service.SOLIDARITY_INTERNET: (Aid.INTERNET,),
    Service.EQUIPMENT: (Aid.COMPUTER,),
    Service.PAPERWORK: (Aid.PROCEDURES,),
    Service.EVERYDAY_TOOLS: (Aid.SKILLS,),
    Service.WORK: (Aid.SKILLS,),
    Service.UNDERSTANDING: (Aid.SKILLS,),
}
# What a partner may say himself, in this order.
SAYS = {
    Deed.MET: "Nous avons vu la personne, la suite est en cours",
    Deed.CLOSED: "C’est terminé : voici le résultat",
    Deed.NOT_REACHED: "Nous n’arrivons pas à la joindre",
    Deed.REMARKED: "Seulement une remarque",
}
ASKED = {"deed": "Votre réponse", "met_on": "Vue le", "outcome": "Résultat", "remark": "Remarque"}
DONE = {
    "proposee": "L’orientation est gardée comme proposition.",
    "envoyee": "C’est fait. Remettez la fiche à la personne.",
    "accord": "L’accord de la personne est noté.",
    "note": "C’est noté.",
    "annulee": "L’orientation est annulée. Un partenaire déjà prévenu reçoit un e-mail.",
    "retour": "La dernière étape est annulée.",
}
