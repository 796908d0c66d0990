"""Freshness: whether the copy a subscriber keeps is still the feed (RFC 9110, sections 8.8 and 13)."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from calendars import zones

RENDERER = 1  # one more whenever the bytes of an unchanged feed change
ENTITY_TAG = re.compile('"[^"]*"')  # without its W/: the comparison is weak


def etag(version: int, today: date, *scope: object) -> str:
    """The strong tag of a feed, known before it is rendered; scope says which feed and for whom."""
    said = repr((RENDERER, version, today.isoformat(), *map(str, scope)))
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


def last_modified(changed_at: datetime, now: datetime, zone: str) -> datetime:
    """When the feed became what it is: its last change, or the midnight that moved its window."""
    return max(changed_at, zones.midnight(zones.today(now, zone), zone)).replace(microsecond=0)


def is_fresh(if_none_match: str | None, if_modified_since: str | None, etag: str, last_modified: datetime) -> bool:
    """Whether the answer is 304 Not Modified; If-Modified-Since counts only without If-None-Match."""
    if if_none_match is not None:
        return if_none_match.strip() == "*" or etag in ENTITY_TAG.findall(if_none_match)
    since = _date(if_modified_since or "")
    return since is not None and last_modified <= since


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
