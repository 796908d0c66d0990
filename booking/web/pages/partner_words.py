"""What is said of partners and leaflets on screen."""

from datetime import datetime, timedelta

from booking.domain.leaflets import LeafletKind
from booking.domain.opening_hours import WHOLE_DAY, Period
from booking.domain.opening_times import Standing
from booking.domain.partner_terms import Access, Care, Fee, PartnerKind, Public, Roaming, Service, Support
from booking.language import Translate
from booking.web import moments

KINDS = {
    PartnerKind.MEDIATION: "Lieu de médiation numérique",
    PartnerKind.SOLIDARITY: "Offre solidaire",
    PartnerKind.MISSION_LOCALE: "Mission locale",
    PartnerKind.CAF: "Caisse d’allocations familiales",
    PartnerKind.CPAM: "Assurance maladie",
    PartnerKind.TRAINING: "Organisme de formation",
    PartnerKind.YOUTH: "Information jeunesse",
    PartnerKind.FAMILY: "Point info famille",
    PartnerKind.FRANCE_SERVICES: "France services",
    PartnerKind.SOCIAL: "Action sociale",
    PartnerKind.LIBRARY: "Bibliothèque",
    PartnerKind.ASSOCIATION: "Association",
    PartnerKind.COMPANY: "Tiers-lieu",
    PartnerKind.OTHER: "Autre",
}
SERVICES = {
    Service.PAPERWORK: "Aide aux démarches administratives",
    Service.EVERYDAY_TOOLS: "Outils numériques du quotidien",
    Service.WORK: "Recherche d’emploi avec le numérique",
    Service.SAFETY: "Internet en sécurité",
    Service.PARENTING: "Enfants et numérique",
    Service.LEISURE: "Loisirs et création",
    Service.UNDERSTANDING: "Comprendre le numérique",
    Service.ACCESS: "Accès à internet et à un ordinateur",
    Service.EQUIPMENT: "Ordinateur à prix solidaire",
    Service.SOLIDARITY_PHONE: "Téléphone à prix solidaire",
    Service.SOLIDARITY_SIM: "Carte SIM à prix solidaire",
    Service.SOLIDARITY_INTERNET: "Internet à la maison à prix solidaire",
}
PUBLICS = {
    Public.YOUNG: "Jeunes",
    Public.STUDENTS: "Étudiants",
    Public.FAMILIES: "Familles et enfants",
    Public.SENIORS: "Personnes âgées",
    Public.WOMEN: "Femmes",
}
CARE = {
    Care.DEAFNESS: "Surdité",
    Care.MOBILITY: "Handicap moteur",
    Care.MENTAL: "Handicap mental",
    Care.ILLITERACY: "Illettrisme",
    Care.ENGLISH: "Aide en anglais",
    Care.LANGUAGES: "Aide en d’autres langues",
    Care.SIGHT: "Déficience visuelle",
}
FEES = {Fee.FREE: "Gratuit", Fee.FREE_IF: "Gratuit sous condition", Fee.PAID: "Payant"}
ACCESS = {
    Access.WALK_IN: "Se présenter sur place",
    Access.CALL: "Téléphoner",
    Access.MAIL: "Écrire un e-mail",
    Access.BOOK: "Prendre rendez-vous en ligne",
    Access.NO_PUBLIC: "Ce lieu ne reçoit pas de public",
    Access.REFERRAL_MAIL: "Envoyer une fiche d’orientation par e-mail",
}
SUPPORT = {
    Support.ALONE: "Seul, en autonomie",
    Support.ONE_TO_ONE: "Avec quelqu’un, à deux",
    Support.GROUP: "En atelier collectif",
    Support.REMOTE: "À distance",
}
ROAMING = {Roaming.MOBILE: "Ce lieu se déplace", Roaming.FIXED: "Lieu fixe"}
# By field of a partner, for the boxes of a form.
TERMS = {
    "services": SERVICES,
    "publics": PUBLICS,
    "care": CARE,
    "fees": FEES,
    "access": ACCESS,
    "support": SUPPORT,
    "roaming": ROAMING,
}
LEAFLETS = {LeafletKind.TARIFF: "Tarifs", LeafletKind.LEAFLET: "Dépliant", LeafletKind.POSTER: "Affiche"}
ALL_DAY = Period(0, WHOLE_DAY)


def periods_said(periods: tuple[Period, ...], say: Translate, language: str) -> str:
    """``9 h – 12 h, 14 h – 18 h 30``."""
    if ALL_DAY in periods:
        return say("Toute la journée")
    return ", ".join(f"{_minute(one.opens, language)} – {_minute(one.closes, language)}" for one in periods)


def standing_said(standing: Standing, at: datetime, say: Translate, language: str) -> str:
    """Whether it is open now, and when that changes; empty where nobody knows."""
    if standing.is_open is None:
        return say("Jour férié : téléphonez avant d’y aller") if standing.is_holiday else ""
    if standing.until:
        return say("Ouvert jusqu’à %(hour)s") % {"hour": _clock(standing.until, language)}
    if standing.opens_at is None:
        return say("Fermé")
    return _opens(standing.opens_at, at, say, language)


def _opens(opens_at: datetime, at: datetime, say: Translate, language: str) -> str:
    hour, ahead = _clock(opens_at, language), opens_at.date() - at.date()
    if not ahead:
        return say("Fermé, ouvre à %(hour)s") % {"hour": hour}
    if ahead == timedelta(days=1):
        return say("Fermé, ouvre demain à %(hour)s") % {"hour": hour}
    form = moments.weekday if ahead < timedelta(days=7) else moments.day
    return say("Fermé, ouvre %(day)s à %(hour)s") % {"day": form(opens_at.date(), language=language), "hour": hour}


def _clock(at: datetime, language: str) -> str:
    return moments.clock(at.time(), language=language)


def _minute(minute: int, language: str) -> str:
    return _clock(datetime.min + timedelta(minutes=minute % WHOLE_DAY), language)  # noqa: DTZ901 - a time of any day
