"""What a change changed, as the audit keeps it: the fields that are another now, before and after."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

# Counted by the machine: nobody changed them.
COUNTED = frozenset({"version", "sequence", "changed_at", "search", "taken", "waiting", "feed_version", "busy"})
LONGEST = 200


def changes(before: Any, after: Any, masked: Collection[str] = ()) -> dict[str, list[Any]]:
    """By field: before and after. Of ``masked`` fields it says that they changed, and nothing more."""
    names = [one.name for one in fields(before) if one.name not in COUNTED]
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return {name: [] if name in masked else [plain(old), plain(new)] for name, old, new in pairs if old != new}


def plain(value: Any) -> Any:
    """A value as JSON can hold it, and no longer than a line."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(str(plain(one)) for one in value)
    return str(value)[:LONGEST]
