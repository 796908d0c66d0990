"""What libical, the reader of Evolution, KOrganizer and Cyrus, finds in the calendar on standard input.

    python tests/readers/libical.py path/of/libical.so.3 < ateliers.ics

Any component, property or value that it does not take is told on standard error, and the program fails.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from ctypes import c_char_p, c_int, c_long, c_void_p

NUMBERS = "year month day hour minute second is_date is_daylight"


class Time(ctypes.Structure):
    """A struct icaltimetype of libical 3."""

    _fields_ = (*((name, c_int) for name in NUMBERS.split()), ("zone", c_void_p))


FUNCTIONS = {
    "icalparser_parse_string": (c_void_p, c_char_p),
    "icalcomponent_string_to_kind": (c_int, c_char_p),
    "icalcomponent_get_first_component": (c_void_p, c_void_p, c_int),
    "icalcomponent_get_next_component": (c_void_p, c_void_p, c_int),
    "icalcomponent_count_errors": (c_int, c_void_p),
    "icalcomponent_as_ical_string": (c_char_p, c_void_p),
    "icalrestriction_check": (c_int, c_void_p),
    "icalcomponent_get_dtstart": (Time, c_void_p),
    "icalcomponent_get_dtend": (Time, c_void_p),
    "icalcomponent_get_uid": (c_char_p, c_void_p),
    "icalcomponent_get_sequence": (c_int, c_void_p),
    "icalcomponent_get_summary": (c_char_p, c_void_p),
    "icalcomponent_get_description": (c_char_p, c_void_p),
    "icalcomponent_get_location": (c_char_p, c_void_p),
    "icalcomponent_get_status": (c_int, c_void_p),
    "icalproperty_status_to_string": (c_char_p, c_int),
    "icaltime_as_timet_with_zone": (c_long, Time, c_void_p),
}


def loaded(path: str) -> ctypes.CDLL:
    """The library, told what its functions take and give."""
    lib = ctypes.CDLL(path)
    for name, (result, *arguments) in FUNCTIONS.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


def events(lib: ctypes.CDLL, calendar: int) -> Iterator[int]:
    """The entries, in their order."""
    kind = lib.icalcomponent_string_to_kind(b"VEVENT")
    found = lib.icalcomponent_get_first_component(calendar, kind)
    while found:
        yield found
        found = lib.icalcomponent_get_next_component(calendar, kind)


def said(lib: ctypes.CDLL, event: int) -> dict[str, object]:
    """One entry; its times as the definitions of zones in the calendar itself tell them."""
    times = {"start": lib.icalcomponent_get_dtstart(event), "end": lib.icalcomponent_get_dtend(event)}
    words = ("uid", "summary", "description", "location")
    found = {word: getattr(lib, f"icalcomponent_get_{word}")(event) for word in words}
    return {
        **{name: lib.icaltime_as_timet_with_zone(time, time.zone) for name, time in times.items()},
        **{word: (value or b"").decode() for word, value in found.items()},
        "sequence": lib.icalcomponent_get_sequence(event),
        "status": lib.icalproperty_status_to_string(lib.icalcomponent_get_status(event)).decode(),
    }


def main(path: str) -> None:
    lib = loaded(path)
    calendar = lib.icalparser_parse_string(sys.stdin.buffer.read())
    if not calendar:
        sys.exit("libical finds no calendar")
    lib.icalrestriction_check(calendar)  # adds an X-LIC-ERROR for each rule that is not kept
    if lib.icalcomponent_count_errors(calendar):
        sys.exit(lib.icalcomponent_as_ical_string(calendar).decode())
    json.dump([said(lib, event) for event in events(lib, calendar)], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
