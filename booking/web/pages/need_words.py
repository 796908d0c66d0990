"""What waits for somebody, in words, and where it is done."""

from booking.domain.agencies import Phase
from booking.domain.needs import Need

ONE = {
    Need.TO_CALL: "appel à passer",
    Need.FAILED: "message n’est pas parti",
    Need.TO_RECALL: "personne à rappeler",
    Need.TO_CLOSE: "appel à clore",
    Need.DECLINED: "refus d’animer ou d’aider",
    Need.BUSY_ELSEWHERE: "séance à un moment déjà pris",
    Need.TOO_FEW: "session a trop peu de monde",
    Need.TO_PRINT: "papier à imprimer",
    Need.REFERRALS: "orientation à relancer ou à lire",
    Need.ABSENT: "personne absente sans excuse",
    Need.WAITING: "personne attend une place",
    Need.DRAFTS: "brouillon à publier",
    Need.LISTS: "liste à importer n’est pas finie",
    Need.OPENING: "changement d’étape prévu",
}
MANY = {
    Need.TO_CALL: "appels à passer",
    Need.FAILED: "messages ne sont pas partis",
    Need.TO_RECALL: "personnes à rappeler",
    Need.TO_CLOSE: "appels à clore",
    Need.DECLINED: "refus d’animer ou d’aider",
    Need.BUSY_ELSEWHERE: "séances à un moment déjà pris",
    Need.TOO_FEW: "sessions ont trop peu de monde",
    Need.TO_PRINT: "papiers à imprimer",
    Need.REFERRALS: "orientations à relancer ou à lire",
    Need.ABSENT: "personnes absentes sans excuse",
    Need.WAITING: "personnes attendent une place",
    Need.DRAFTS: "brouillons à publier",
    Need.LISTS: "listes à importer ne sont pas finies",
    Need.OPENING: "changements d’étape prévus",
}
WHERE = {
    Need.TO_CALL: "/a-faire#calls",
    Need.FAILED: "/messages?etat=echecs",
    Need.TO_RECALL: "/a-rappeler",
    Need.TO_CLOSE: "/presence#a-clore",
    Need.DECLINED: "/a-decider",
    Need.BUSY_ELSEWHERE: "/a-decider",
    Need.TOO_FEW: "/a-decider",
    Need.TO_PRINT: "/a-faire#papers",
    Need.REFERRALS: "/orientations?etat=a-voir",
    Need.ABSENT: "/a-rappeler#absents",
    Need.WAITING: "/sessions/plusieurs?etat=ouverte",
    Need.DRAFTS: "/sessions/plusieurs?etat=brouillon",
    Need.LISTS: "/imports",
    Need.OPENING: "/reseau",
}
PHASES = {
    Phase.PILOT: ("agence pilote", "agences pilotes"),
    Phase.OPEN: ("agence ouverte", "agences ouvertes"),
    Phase.CLOSED: ("agence fermée", "agences fermées"),
}
