from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Timezone

from calendars.definitions import DEFINITIONS, UnknownZone, definition
from calendars.territories import OVERSEAS
from calendars.zones import wall

HOUR = timedelta(hours=1)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
HOURS = [FIRST + n * HOUR for n in range((LAST - FIRST) // HOUR)]
SEASONAL = ["Europe/Paris", "America/Miquelon"]


def onsets(zone):
    """Each onset as the instant, the offset from then on and its name, in order."""
    for observance in Timezone.from_ical(definition(zone)).subcomponents:
        before, after = observance["TZOFFSETFROM"].td, observance["TZOFFSETTO"].td
        rule = observance["RRULE"].to_ical().decode() if "RRULE" in observance else "FREQ=YEARLY;INTERVAL=99"
        for local in rrulestr(f"{rule};UNTIL=20370101T000000", dtstart=observance["DTSTART"].dt):
            yield (local - before).replace(tzinfo=UTC), after, observance["TZNAME"]


def offsets_by_the_hour(zone):
    known = sorted(onsets(zone))
    ends = [start for start, *_ in known[1:]] + [LAST]
    for (start, offset, _), end in zip(known, ends, strict=True):
        yield from [offset] * ((end - max(start, FIRST)) // HOUR)


@pytest.mark.parametrize("zone", DEFINITIONS)
def test_a_definition_tells_the_offset_of_every_hour_from_2024_to_2036(zone):
    assert list(offsets_by_the_hour(zone)) == [wall(hour, zone).utcoffset() for hour in HOURS]


@pytest.mark.parametrize("zone", DEFINITIONS)
def test_a_definition_names_its_seasons_as_the_zone_database_does(zone):
    for start, _, name in onsets(zone):
        assert wall(max(start, FIRST), zone).tzname() == name or start < FIRST


@pytest.mark.parametrize("zone", SEASONAL)
def test_a_foreign_reader_changes_the_clock_at_the_same_hour(zone):
    read = tzical(StringIO(definition(zone))).get()

    for start in [start for start, *_ in onsets(zone) if start >= FIRST]:
        # the doubled hour itself is where dateutil cannot follow
        for hour in (start - 2 * HOUR, start + HOUR):
            local = wall(hour, zone)
            assert local.replace(tzinfo=read).utcoffset() == local.utcoffset()


@pytest.mark.parametrize("zone", DEFINITIONS)
def test_a_definition_has_one_standard_and_at_most_one_daylight_by_rule_not_by_list(zone):
    said = definition(zone).split("\r\n")

    assert said[:2] == ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    assert said.count("BEGIN:STANDARD") == 1
    assert said.count("BEGIN:DAYLIGHT") == said.count("END:DAYLIGHT") == (zone in SEASONAL)
    assert sum(line.startswith("RRULE:") for line in said) == (2 if zone in SEASONAL else 0)
    assert "RDATE" not in definition(zone)


def test_the_clocks_of_paris_change_on_last_sundays():
    said = definition("Europe/Paris")

    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD" in said
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT" in said


def test_every_department_has_a_defined_zone():
    assert {zone for _, zone in OVERSEAS.values()} | {"Europe/Paris"} == set(DEFINITIONS)


def test_a_zone_without_a_definition_is_refused():
    with pytest.raises(UnknownZone, match="Europe/Berlin"):
        definition("Europe/Berlin")
