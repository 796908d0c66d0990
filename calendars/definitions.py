"""Zone definitions: what a feed tells its readers about the clocks of a zone (VTIMEZONE, RFC 5545, section 3.6.5).

They are written down, not derived, so that their bytes never move; a test holds them against the zone database.
Saint-Barthélemy and Saint-Martin keep the time of America/Guadeloupe.
"""

from calendars.lines import block, line


class UnknownZone(ValueError):
    """No definition of this zone is written down."""


def definition(zone: str) -> str:
    """The VTIMEZONE; raises UnknownZone."""
    if zone not in DEFINITIONS:
        raise UnknownZone(zone)
    return DEFINITIONS[zone]


def _observance(kind: str, start: str, before: str, after: str, name: str, rule: str = "") -> str:
    offsets = line("TZOFFSETFROM", before) + line("TZOFFSETTO", after)
    return block(kind, line("DTSTART", start), offsets, line("TZNAME", name), line("RRULE", rule))


def _zone(zone: str, *observances: str) -> str:
    return block("VTIMEZONE", line("TZID", zone), *observances)


def _fixed(zone: str, offset: str, name: str) -> str:
    return _zone(zone, _observance("STANDARD", "19700101T000000", offset, offset, name))


DEFINITIONS = {
    "Europe/Paris": _zone(  # Directive 2000/84/EC
        "Europe/Paris",
        _observance("STANDARD", "19961027T030000", "+0200", "+0100", "CET", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        _observance("DAYLIGHT", "19960331T020000", "+0100", "+0200", "CEST", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ),
    "America/Miquelon": _zone(  # on the days of its Canadian neighbours
        "America/Miquelon",
        _observance("STANDARD", "20071104T020000", "-0200", "-0300", "-03", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        _observance("DAYLIGHT", "20070311T020000", "-0300", "-0200", "-02", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
    ),
    "America/Guadeloupe": _fixed("America/Guadeloupe", "-0400", "AST"),
    "America/Martinique": _fixed("America/Martinique", "-0400", "AST"),
    "America/Cayenne": _fixed("America/Cayenne", "-0300", "-03"),
    "Indian/Reunion": _fixed("Indian/Reunion", "+0400", "+04"),
    "Indian/Mayotte": _fixed("Indian/Mayotte", "+0300", "EAT"),
    "Pacific/Noumea": _fixed("Pacific/Noumea", "+1100", "+11"),
    "Pacific/Tahiti": _fixed("Pacific/Tahiti", "-1000", "-10"),
    "Pacific/Wallis": _fixed("Pacific/Wallis", "+1200", "+12"),
}
