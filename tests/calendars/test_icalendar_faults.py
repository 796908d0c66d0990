"""Why we write calendars ourselves: what icalendar still does wrong, and that our bytes do not.

Where the first half of such a test fails, the library was mended: see whether its bytes are good enough by now.
"""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from calendars.events import entry
from calendars.feeds import NotAColour, body
from tests.calendars.given import a_feed, a_meeting, lines
from tests.calendars.readers import by_vobject
from tests.calendars.test_definitions import onsets
from tests.calendars.zone_order import ZONES

TODAY = date(2025, 3, 10)
JUMP = datetime(2025, 3, 30, 1, tzinfo=UTC)


def theirs(**said) -> Calendar:
    calendar, event = Calendar(), Event()
    for name, value in said.items():
        event.add(name, value)
    calendar.add_component(event)
    return calendar


def ours(**said) -> bytes:
    return body(a_feed(), [entry(a_meeting(**said))], TODAY)


@pytest.fixture
def paris():
    """How icalendar defines the zone of Paris."""
    calendar = theirs(dtstart=datetime(2025, 6, 1, 9, tzinfo=ZoneInfo("Europe/Paris")))
    calendar.add_missing_timezones()
    (defined,) = calendar.walk("VTIMEZONE")
    return defined


def test_icalendar_lists_every_change_of_the_clocks_and_we_give_the_rule(paris):
    assert b"RDATE:" in paris.to_ical() and b"RRULE:" not in paris.to_ical()

    assert b"RDATE" not in ours() and ours().count(b"RRULE:") == 2
    assert len(ours()) < len(paris.to_ical())


def test_icalendar_begins_summer_an_hour_late_and_we_do_not(paris):
    summers = [part for part in paris.subcomponents if part.name == "DAYLIGHT"]
    begun = [day.dt - part["TZOFFSETFROM"].td for part in summers for day in part["RDATE"].dts]
    assert (JUMP + timedelta(hours=1)).replace(tzinfo=None) in begun
    assert JUMP.replace(tzinfo=None) not in begun

    assert JUMP in [start for start, offset, _ in onsets("Europe/Paris") if offset == timedelta(hours=2)]


def test_icalendar_orders_zones_by_chance_and_we_by_name():
    assert len({_defined_with_seed(seed) for seed in "123"}) > 1

    said = lines(body(a_feed(zones=ZONES), [entry(a_meeting())], TODAY).decode())
    assert [line for line in said if line.startswith("TZID:")] == [f"TZID:{zone}" for zone in sorted(ZONES)]


def _defined_with_seed(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.check_output([sys.executable, "-m", "tests.calendars.zone_order"], env=environment, text=True)


def test_icalendar_gives_a_calendar_another_name_each_time_and_we_give_it_none():
    assert Calendar.new()["UID"] != Calendar.new()["UID"]

    assert ours() == ours()
    assert [line[:4] for line in lines(ours().decode())].count("UID:") == 1, "that of the only entry"


@pytest.mark.parametrize("words", [r"C:\Nouveau", r"\N", r"serveur\Notes, \n"])
def test_icalendar_breaks_a_line_at_a_backslash_before_a_capital_n_and_we_do_not(words):
    assert str(Calendar.from_ical(theirs(summary=words).to_ical()).events[0]["SUMMARY"]) != words

    assert by_vobject(ours(summary=words))[0][3] == words


@pytest.mark.parametrize("control", "\x00\x01\x07\x1b\x7f")
def test_icalendar_lets_control_characters_pass_and_we_do_not(control):
    assert control.encode() in theirs(summary=f"Salle{control} 2").to_ical()

    assert "SUMMARY:Salle 2" in lines(ours(summary=f"Salle{control} 2").decode())


def test_icalendar_does_not_say_that_an_interval_is_a_duration_and_we_do():
    assert b"REFRESH-INTERVAL:PT1H" in Calendar.new(refresh_interval=timedelta(hours=1)).to_ical()

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines(ours().decode())


def test_icalendar_takes_a_number_for_the_name_of_a_colour_and_we_do_not():
    assert b"COLOR:#4682B4" in Calendar.new(color="#4682B4").to_ical()

    with pytest.raises(NotAColour):
        a_feed(colour_name="#4682B4")
    assert "COLOR:steelblue" in lines(ours().decode())
