"""Zones as others name them."""

import pytest

from tests.calendars.given_foreign import event, read, times

NINE = ("20261020T090000", "20261120T090000")


def at(zone: str) -> tuple[str, ...]:
    start, later = NINE
    return (f"DTSTART;TZID={zone}:{start}", "DURATION:PT1H", f"RDATE;TZID={zone}:{later}")


def defined(name: str, *lines: str) -> str:
    """A zone like that of Paris, by its rules."""
    rules = [
        ("STANDARD", "19961027T030000", "+0200", "+0100", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        ("DAYLIGHT", "19810329T020000", "+0100", "+0200", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    ]
    parts = [
        f"BEGIN:{kind}\r\nDTSTART:{start}\r\nTZOFFSETFROM:{before}\r\nTZOFFSETTO:{after}\r\nRRULE:{rule}\r\nEND:{kind}\r\n"
        for kind, start, before, after, rule in rules
    ]
    return "".join(
        ["BEGIN:VTIMEZONE\r\n", f"TZID:{name}\r\n", *(f"{line}\r\n" for line in lines), *parts, "END:VTIMEZONE\r\n"]
    )


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Paris",
        "europe/paris",
        '"Europe/Paris"',
        "Romance Standard Time",
        "/freeassociation.sourceforge.net/Europe/Paris",
        "/mozilla.org/20050126_1/Europe/Paris",
        "Nowhere Known",
        "../../etc/passwd",
        "/etc/localtime",
        "",
    ],
)
def test_a_zone_is_known_by_many_names_and_an_unknown_one_is_the_usual(zone: str):
    assert times(event(*at(zone))) == ["10-20 07:00–08:00", "11-20 08:00–09:00"]


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", "09"), ("GMT", "09"), ("America/Argentina/Ushuaia", "12"), ("Tokyo Standard Time", "00")]
)
def test_other_zones_are_other_hours(zone: str, hour: str):
    assert times(event(*at(zone)))[0].startswith(f"10-20 {hour}:00")


def test_a_zone_that_the_calendar_describes_is_followed():
    found = times(defined("Chez nous"), event(*at("Chez nous")), zone="Indian/Reunion")

    assert found == ["10-20 07:00–08:00", "11-20 08:00–09:00"]


def test_a_description_says_which_place_it_means():
    place = defined("X", "X-LIC-LOCATION:Asia/Tokyo")

    assert times(place, event(*at("X")))[0].startswith("10-20 00:00")


def test_the_doubled_hour_is_meant_the_first_time():
    night = ("DTSTART;TZID={}:20261025T023000", "DURATION:PT15M")

    for zone in ("Europe/Paris", "Chez nous"):
        lines = [line.format(zone) for line in night]
        assert times(defined("Chez nous"), event(*lines)) == ["10-25 00:30–00:45"]


def test_the_skipped_hour_is_the_one_after():
    assert times(event("DTSTART;TZID=Europe/Paris:20270328T023000", "DURATION:PT15M")) == ["03-28 01:30–01:45"]


def test_dates_of_change_may_be_said_one_by_one():
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Y\r\nBEGIN:STANDARD\r\nDTSTART:20200101T000000\r\nRDATE:20261101T000000\r\n"
        "TZOFFSETFROM:+0500\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )

    assert times(zone, event(*at("Y"))) == ["10-20 06:00–07:00", "11-20 06:00–07:00"]


@pytest.mark.parametrize(
    "broken", ["TZOFFSETTO:+0100", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"]
)
def test_a_zone_that_is_not_understood_is_the_usual_one(broken: str):
    zone = defined("Z").replace(broken, broken.split(":", maxsplit=1)[0] + ":?")

    found = read(zone, event(*at("Z")))

    assert (len(found.times), found.problems) == (2, {})


def test_the_calendars_own_zone_comes_before_the_holders():
    floating = event("DTSTART:20261020T090000", "DURATION:PT1H")

    assert times(floating, zone="Indian/Reunion") == ["10-20 05:00–06:00"]
    assert times(floating, zone="Indian/Reunion", head="X-WR-TIMEZONE:Europe/Paris\r\n") == ["10-20 07:00–08:00"]
    assert times(floating, zone="Indian/Reunion", head="X-WR-TIMEZONE:?\r\n") == ["10-20 05:00–06:00"]
