"""What the national schema of digital-mediation places calls our terms (LaMednum/standard-mediation-num 1.0.1)."""

from collections.abc import Mapping
from enum import StrEnum

from booking.domain.job_seekers import folded
from booking.domain.partner_terms import Access, Care, Fee, PartnerKind, Public, Roaming, Service, Support

SERVICES = {
    Service.PAPERWORK: "Aide aux démarches administratives",
    Service.EVERYDAY_TOOLS: "Maîtrise des outils numériques du quotidien",
    Service.WORK: "Insertion professionnelle via le numérique",
    Service.SAFETY: "Utilisation sécurisée du numérique",
    Service.PARENTING: "Parentalité et éducation avec le numérique",
    Service.LEISURE: "Loisirs et créations numériques",
    Service.UNDERSTANDING: "Compréhension du monde numérique",
    Service.ACCESS: "Accès internet et matériel informatique",
    Service.EQUIPMENT: "Acquisition de matériel informatique à prix solidaire",
}
# The schema has no word for these: our own lists have a column for them.
OFFERS = {
    Service.SOLIDARITY_PHONE: "Téléphone à prix solidaire",
    Service.SOLIDARITY_SIM: "Carte SIM à prix solidaire",
    Service.SOLIDARITY_INTERNET: "Internet à la maison à prix solidaire",
}
PUBLICS = {
    Public.YOUNG: "Jeunes",
    Public.STUDENTS: "Étudiants",
    Public.FAMILIES: "Familles et/ou enfants",
    Public.SENIORS: "Seniors",
    Public.WOMEN: "Femmes",
}
CARE = {
    Care.DEAFNESS: "Surdité",
    Care.MOBILITY: "Handicaps moteurs",
    Care.MENTAL: "Handicaps mentaux",
    Care.ILLITERACY: "Illettrisme",
    Care.ENGLISH: "Langues étrangères (anglais)",
    Care.LANGUAGES: "Langues étrangères (autres)",
    Care.SIGHT: "Déficience visuelle",
}
FEES = {Fee.FREE: "Gratuit", Fee.FREE_IF: "Gratuit sous condition", Fee.PAID: "Payant"}
ACCESS = {
    Access.WALK_IN: "Se présenter",
    Access.CALL: "Téléphoner",
    Access.MAIL: "Contacter par mail",
    Access.BOOK: "Prendre un RDV en ligne",
    Access.NO_PUBLIC: "Ce lieu n'accueille pas de public",
    Access.REFERRAL_MAIL: "Envoyer un mail avec une fiche de prescription",
}
SUPPORT = {
    Support.ALONE: "En autonomie",
    Support.ONE_TO_ONE: "Accompagnement individuel",
    Support.GROUP: "Dans un atelier collectif",
    Support.REMOTE: "À distance",
}
ROAMING = {Roaming.MOBILE: "Itinérant", Roaming.FIXED: "Fixe"}
# By field of a partner; the offers stand in a column of their own.
TERMS: Mapping[str, Mapping[StrEnum, str]] = {
    "services": SERVICES,
    "offers": OFFERS,
    "publics": PUBLICS,
    "care": CARE,
    "fees": FEES,
    "access": ACCESS,
    "support": SUPPORT,
    "roaming": ROAMING,
}
# How other lists, and the schema's codes of kinds of structures, call a kind.
KINDS = {
    PartnerKind.MISSION_LOCALE: "missionlocale ml",
    PartnerKind.CAF: "caf",
    PartnerKind.CPAM: "cpam assurancemaladie",
    PartnerKind.TRAINING: "afpa greta of cfa formation",
    PartnerKind.YOUTH: "cij pij bij crij",
    PartnerKind.FAMILY: "pif udaf",
    PartnerKind.FRANCE_SERVICES: "rfs franceservices",
    PartnerKind.SOCIAL: "ccas cias cs centresocial cd dept udtr mds",
    PartnerKind.LIBRARY: "bib bibliotheque mediatheque",
    PartnerKind.ASSOCIATION: "asso association asso_chomeur",
    PartnerKind.COMPANY: "tiers_lieux coop",
    PartnerKind.MEDIATION: "mediation essnum",
    PartnerKind.SOLIDARITY: "solidarity",
}
_KINDS = {word.replace("_", ""): kind for kind, words in KINDS.items() for word in words.split()}
_KINDS |= {kind.value.replace("_", ""): kind for kind in PartnerKind}


def plain(said: str) -> str:
    """A word by which two spellings are one: without accents, blanks, signs and capitals."""
    return folded(said).replace(" ", "")


_PLAIN = {name: {plain(word): term for term, word in terms.items()} for name, terms in TERMS.items()}


def term_of(name: str, said: str) -> StrEnum | None:
    """The term of this field that is meant; older lists add an explanation behind a colon or in parentheses."""
    known = _PLAIN[name]
    spellings = (said, said.partition(":")[0], said.partition(" (")[0])
    return next((known[plain(one)] for one in spellings if plain(one) in known), None)


def kind_of(said: str) -> PartnerKind | None:
    """The kind that a list means by one of its codes."""
    return _KINDS.get(plain(said))
