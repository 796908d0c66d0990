import pytest

from calendars.holidays import TERRITORIES
from calendars.territories import (
    MAINLAND,
    OVERSEAS,
    SCHOOL_ZONE_A,
    SCHOOL_ZONE_C,
    UnknownDepartment,
    school_zone_of,
    territory_of,
    zone_of,
)


@pytest.mark.parametrize(
    ("department", "territory", "zone"),
    [
        ("38", "metropole", "Europe/Paris"),
        ("01", "metropole", "Europe/Paris"),
        ("2A", "metropole", "Europe/Paris"),
        ("57", "alsace-moselle", "Europe/Paris"),
        ("67", "alsace-moselle", "Europe/Paris"),
        ("68", "alsace-moselle", "Europe/Paris"),
        ("971", "guadeloupe", "America/Guadeloupe"),
        ("972", "martinique", "America/Martinique"),
        ("973", "guyane", "America/Cayenne"),
        ("974", "reunion", "Indian/Reunion"),
        ("975", "saint-pierre-et-miquelon", "America/Miquelon"),
        ("976", "mayotte", "Indian/Mayotte"),
        ("977", "saint-barthelemy", "America/Guadeloupe"),
        ("978", "saint-martin", "America/Guadeloupe"),
        ("986", "wallis-et-futuna", "Pacific/Wallis"),
        ("987", "polynesie", "Pacific/Tahiti"),
        ("988", "nouvelle-caledonie", "Pacific/Noumea"),
    ],
)
def test_a_department_keeps_its_holidays_and_its_clock(department, territory, zone):
    assert (territory_of(department), zone_of(department)) == (territory, zone)


@pytest.mark.parametrize("number", ["", "00", "1", "20", "96", "979", "999", "2C"])
def test_a_department_that_does_not_exist_is_refused(number):
    with pytest.raises(UnknownDepartment):
        zone_of(number)


def test_there_are_96_departments_on_the_mainland_and_holidays_for_all():
    assert len(MAINLAND) == 96
    assert {territory_of(department) for department in MAINLAND | OVERSEAS.keys()} == TERRITORIES - {""}


@pytest.mark.parametrize(
    ("zone", "departments"),
    [
        ("A", "38 69 01 33 63 21 25 87 86 73"),
        ("B", "13 06 59 67 68 57 44 35 14 76 45 37 51 80"),
        ("C", "75 93 94 77 78 91 92 95 31 34 66"),
        ("corse", "2A 2B"),
        ("guadeloupe", "971"),
        ("martinique", "972"),
        ("guyane", "973"),
        ("reunion", "974"),
        ("saint-pierre-et-miquelon", "975"),
        ("mayotte", "976"),
    ],
)
def test_a_department_keeps_the_school_holidays_of_its_zone(zone, departments):
    assert {school_zone_of(department) for department in departments.split()} == {zone}


def test_every_department_of_the_mainland_has_one_of_three_zones_and_corsica_its_own():
    assert {school_zone_of(department) for department in MAINLAND} == {"A", "B", "C", "corse"}
    assert not SCHOOL_ZONE_A & SCHOOL_ZONE_C
    assert MAINLAND >= SCHOOL_ZONE_A | SCHOOL_ZONE_C


def test_a_department_that_does_not_exist_has_no_school_holidays():
    with pytest.raises(UnknownDepartment):
        school_zone_of("99")
