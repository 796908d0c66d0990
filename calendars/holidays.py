"""Public holidays of a territory, with their French names."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from dateutil.easter import easter
from holidays import country_holidays

# What the library calls the territories whose days it knows well; the others keep the national days and their own.
# It adds customs to Guadeloupe, Martinique and Saint-Martin, and moves the abolition day of Saint-Martin to the 28th.
SUBDIVISIONS = {
    "alsace-moselle": "57",
    "nouvelle-caledonie": "NC",
    "polynesie": "PF",
    "wallis-et-futuna": "WF",
}
ABOLITION_DAYS = {  # month and day; decree 83-1003 of 23 November 1983
    "mayotte": (4, 27),
    "martinique": (5, 22),
    "guadeloupe": (5, 27),
    "saint-martin": (5, 27),
    "guyane": (6, 10),
    "saint-barthelemy": (10, 9),
    "reunion": (12, 20),
}
NATIONAL_ONLY = {"", "metropole", "saint-pierre-et-miquelon"}
TERRITORIES = NATIONAL_ONLY | SUBDIVISIONS.keys() | ABOLITION_DAYS.keys()


class UnknownTerritory(ValueError):
    """No public holidays are known for this territory."""


def is_often_worked(day: date) -> bool:
    """Whether this is Pentecost Monday, on which many agencies are open (law 2008-351 left the choice to each)."""
    return day == easter(day.year) + timedelta(days=50)


@cache
def holidays(territory: str, year: int) -> Mapping[date, str]:
    """The days of the year in order; two on one day share its name. Raises UnknownTerritory."""
    if territory not in TERRITORIES:
        raise UnknownTerritory(territory)
    days = dict(country_holidays("FR", subdiv=SUBDIVISIONS.get(territory), years=year, language="fr"))
    if territory in ABOLITION_DAYS:
        day = date(year, *ABOLITION_DAYS[territory])
        days[day] = "; ".join(filter(None, [days.get(day), "Abolition de l'esclavage"]))
    return MappingProxyType(dict(sorted(days.items())))
