import pytest

from calendars.holidays import TERRITORIES
from calendars.territories import MAINLAND, OVERSEAS, UnknownDepartment, territory_of, zone_of


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
