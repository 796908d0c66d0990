from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from calendars.holidays import TERRITORIES, UnknownTerritory, holidays, is_often_worked
from calendars.territories import MAINLAND, OVERSEAS, territory_of

FIXED = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
AFTER_EASTER = [1, 39, 50]
ABOLITION_DAYS = {
    "mayotte": (4, 27),
    "martinique": (5, 22),
    "guadeloupe": (5, 27),
    "saint-martin": (5, 27),
    "guyane": (6, 10),
    "saint-barthelemy": (10, 9),
    "reunion": (12, 20),
}
every_year = pytest.mark.parametrize("year", range(2024, 2036))


def national(year):
    return {date(year, *day) for day in FIXED} | {easter(year) + timedelta(days) for days in AFTER_EASTER}


@every_year
@pytest.mark.parametrize("territory", ["", "metropole", "saint-pierre-et-miquelon"])
def test_the_whole_country_rests_on_eleven_days(territory, year):
    assert set(holidays(territory, year)) == national(year)
    assert len(national(year)) == 11


@every_year
def test_alsace_and_moselle_also_rest_on_good_friday_and_26_december(year):
    own = {easter(year) - timedelta(days=2), date(year, 12, 26)}

    assert set(holidays("alsace-moselle", year)) == national(year) | own


@every_year
@pytest.mark.parametrize(("territory", "day"), ABOLITION_DAYS.items())
def test_a_territory_overseas_remembers_the_abolition_of_slavery(territory, day, year):
    days = holidays(territory, year)

    assert set(days) == national(year) | {date(year, *day)}
    assert "Abolition de l'esclavage" in days[date(year, *day)]


@pytest.mark.parametrize(
    ("territory", "day"),
    [("nouvelle-caledonie", (9, 24)), ("polynesie", (3, 5)), ("wallis-et-futuna", (7, 29))],
)
def test_the_pacific_rests_on_its_own_days_too(territory, day):
    assert national(2025) | {date(2025, *day)} <= set(holidays(territory, 2025))


def test_holidays_have_french_names_in_order_of_the_year():
    assert list(holidays("metropole", 2025).values()) == [
        "Jour de l'an",
        "Lundi de Pâques",
        "Fête du Travail",
        "Fête de la Victoire",
        "Ascension",
        "Lundi de Pentecôte",
        "Fête nationale",
        "Assomption",
        "Toussaint",
        "Armistice",
        "Noël",
    ]


def test_two_holidays_on_one_day_are_both_named():
    assert holidays("guyane", 2030)[date(2030, 6, 10)] == "Lundi de Pentecôte; Abolition de l'esclavage"


def test_nobody_changes_the_holidays_of_others():
    with pytest.raises(TypeError):
        holidays("metropole", 2025)[date(2025, 3, 3)] = "Pont"


def test_a_territory_nobody_knows_is_refused():
    with pytest.raises(UnknownTerritory, match="atlantide"):
        holidays("atlantide", 2025)


@every_year
@pytest.mark.parametrize("territory", sorted(TERRITORIES))
def test_every_territory_rests_on_the_eleven_days_of_the_country(territory, year):
    assert national(year) <= set(holidays(territory, year))


@every_year
def test_three_departments_rest_on_good_friday_and_26_december_and_no_other_of_the_mainland(year):
    own = {easter(year) - timedelta(days=2), date(year, 12, 26)}
    resting = {department for department in MAINLAND if own <= set(holidays(territory_of(department), year))}

    assert resting == {"57", "67", "68"}


@every_year
@pytest.mark.parametrize("department", ["971", "972", "973", "974", "976", "977", "978"])
def test_a_department_overseas_rests_on_its_own_day_of_abolition_alone(department, year):
    territory = OVERSEAS[department][0]

    assert set(holidays(territory, year)) - national(year) == {date(year, *ABOLITION_DAYS[territory])} - national(year)


@every_year
def test_pentecost_monday_alone_is_often_worked(year):
    worked = [day for day in holidays("metropole", year) if is_often_worked(day)]

    assert worked == [easter(year) + timedelta(days=50)]
    assert holidays("metropole", year)[worked[0]] == "Lundi de Pentecôte"
    assert worked[0].weekday() == 0
