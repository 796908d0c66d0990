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


class UnknownDepartment(ValueError):
    """No French department has this number."""


def territory_of(department: str) -> str:
    """The holiday territory; raises UnknownDepartment."""
    return _keeps(department)[0]


def zone_of(department: str) -> str:
    """The time zone; raises UnknownDepartment."""
    return _keeps(department)[1]


def _keeps(department: str) -> tuple[str, str]:
    if department in OVERSEAS:
        return OVERSEAS[department]
    if department not in MAINLAND:
        raise UnknownDepartment(department)
    return ALSACE_MOSELLE if department in GERMAN_LAW else METROPOLE, "Europe/Paris"
