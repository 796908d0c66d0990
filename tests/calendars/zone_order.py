"""Five zones in one calendar of icalendar, printed in the order in which it defines them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

ZONES = ("Europe/Paris", "Indian/Reunion", "America/Miquelon", "Pacific/Tahiti", "America/Cayenne")

if __name__ == "__main__":
    calendar = Calendar()
    for zone in ZONES:
        event = Event()
        event.add("dtstart", datetime(2025, 6, 1, 9, tzinfo=ZoneInfo(zone)))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    print(*(str(defined["TZID"]) for defined in calendar.walk("VTIMEZONE")))
