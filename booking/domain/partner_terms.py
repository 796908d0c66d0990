"""What a partner is and does, in the closed lists of the national schema of digital-mediation places, version 1.0.1.

Ours is what the schema has no word for: the kind of a partner, and the solidarity offers of the charity.
"""

from enum import StrEnum


class PartnerKind(StrEnum):
    """What sort of place it is."""

    MEDIATION = "mediation"
    SOLIDARITY = "solidarity"
    MISSION_LOCALE = "mission_locale"
    CAF = "caf"
    CPAM = "cpam"
    TRAINING = "training"
    YOUTH = "youth"
    FAMILY = "family"
    FRANCE_SERVICES = "france_services"
    SOCIAL = "social"
    LIBRARY = "library"
    ASSOCIATION = "association"
    COMPANY = "company"
    OTHER = "other"


class Service(StrEnum):
    """What one finds there; of the solidarity offers the schema knows equipment only."""

    PAPERWORK = "paperwork"
    EVERYDAY_TOOLS = "everyday_tools"
    WORK = "work"
    SAFETY = "safety"
    PARENTING = "parenting"
    LEISURE = "leisure"
    UNDERSTANDING = "understanding"
    ACCESS = "access"
    EQUIPMENT = "equipment"
    SOLIDARITY_PHONE = "solidarity_phone"
    SOLIDARITY_SIM = "solidarity_sim"
    SOLIDARITY_INTERNET = "solidarity_internet"


class Public(StrEnum):
    """For whom the place is, where it is not for everybody."""

    YOUNG = "young"
    STUDENTS = "students"
    FAMILIES = "families"
    SENIORS = "seniors"
    WOMEN = "women"


class Care(StrEnum):
    """Whose needs it can meet."""

    DEAFNESS = "deafness"
    MOBILITY = "mobility"
    MENTAL = "mental"
    ILLITERACY = "illiteracy"
    ENGLISH = "english"
    LANGUAGES = "languages"
    SIGHT = "sight"


class Fee(StrEnum):
    """What it costs."""

    FREE = "free"
    FREE_IF = "free_if"
    PAID = "paid"


class Access(StrEnum):
    """How one comes to it."""

    WALK_IN = "walk_in"
    CALL = "call"
    MAIL = "mail"
    BOOK = "book"
    NO_PUBLIC = "no_public"
    REFERRAL_MAIL = "referral_mail"


class Support(StrEnum):
    """How one is helped."""

    ALONE = "alone"
    ONE_TO_ONE = "one_to_one"
    GROUP = "group"
    REMOTE = "remote"


class Roaming(StrEnum):
    """Whether the place moves."""

    MOBILE = "mobile"
    FIXED = "fixed"
