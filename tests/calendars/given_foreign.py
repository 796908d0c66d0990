"""Calendars that somebody else wrote: as they are in the world, good and bad."""

from datetime import UTC, datetime, timedelta

from calendars.importing import Imported, busy_times

BEGINS = datetime(2026, 10, 19, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=396)
HERE = "Europe/Paris"


def event(*lines: str, uid: str = "1", kind: str = "VEVENT") -> str:
    """One entry."""
    return "\r\n".join([f"BEGIN:{kind}", f"UID:{uid}", *lines, f"END:{kind}", ""])


def calendar(*parts: str, head: str = "") -> bytes:
    """A file with these entries."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{''.join(parts)}END:VCALENDAR\r\n".encode()


def read(*parts: str, head: str = "", zone: str = HERE) -> Imported:
    """What is read of it from the 19th of October 2026 on."""
    return busy_times(calendar(*parts, head=head), zone, BEGINS, ENDS)


def times(*parts: str, head: str = "", zone: str = HERE) -> list[str]:
    """When somebody is busy, in UTC: the day, and from when to when."""
    return [said(one.starts_at, one.ends_at) for one in read(*parts, head=head, zone=zone).times]


def said(starts_at: datetime, ends_at: datetime) -> str:
    """10-20 07:00–08:00"""
    last = f"{ends_at:%H:%M}" if starts_at.date() == ends_at.date() else f"{ends_at:%m-%d %H:%M}"
    return f"{starts_at:%m-%d %H:%M}–{last}"
