"""Territories: which holidays and which clock a French department keeps."""

METROPOLE, ALSACE_MOSELLE = "metropole", "alsace-moselle"
GERMAN_LAW = {"57", "67", "68"}
MAINLAND = {f"{number:02}" for number in range(1, 96)} - {"20"} | {"2A", "2B"}
OVERSEAS = {
    "971": ("guadeloupe", "America/Guadeloupe"),
    "972": ("martinique", "America/Martinique"),
    "973": ("guyane", "America/Cayenne"),
    "974": ("reunion", "Indian/Reunion"),
    "975": ("saint-pierre-et-miquelon", "America/Miquelon"),
    "976": ("mayotte", "Indian/Mayotte"),
    "977": ("saint-barthelemy", "America/Guadeloupe"),
    "978": ("saint-martin", "America/Guadeloupe"),
    "986": ("wallis-et-futuna", "Pacific/Wallis"),
    "987": ("polynesie", "Pacific/Tahiti"),
    "988": ("nouvelle-caledonie", "Pacific/Noumea"),
}


# The school calendar's zones by academy (arrêté of 9 July 2024 and its predecessors since 2016); the rest is zone B.
SCHOOL_ZONE_A = set(
    "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90".split()
)
SCHOOL_ZONE_C = set("09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95".split())
CORSICA = {"2A", "2B"}


class UnknownDepartment(ValueError):
    """No French department has this number."""


def territory_of(department: str) -> str:
    """The holiday territory; raises UnknownDepartment."""
    return _keeps(department)[0]


def zone_of(department: str) -> str:
    """The time zone; raises UnknownDepartment."""
    return _keeps(department)[1]


def school_zone_of(department: str) -> str:
    """The zone of the school calendar: A, B, C, corse, or the territory overseas; raises UnknownDepartment."""
    territory = territory_of(department)
    if department in OVERSEAS or department in CORSICA:
        return territory if department in OVERSEAS else "corse"
    return "A" if department in SCHOOL_ZONE_A else "C" if department in SCHOOL_ZONE_C else "B"


def _keeps(department: str) -> tuple[str, str]:
    if department in OVERSEAS:
        return OVERSEAS[department]
    if department not in MAINLAND:
        raise UnknownDepartment(department)
    return ALSACE_MOSELLE if department in GERMAN_LAW else METROPOLE, "Europe/Paris"
