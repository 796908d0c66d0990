"""News of meetings for other sites and for readers of news: what is common to Atom and JSON Feed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from calendars.lines import clean

# Neither XML 1.0 (2.2) nor anybody has a use for these.
NO_CHARACTERS = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One meeting: stable ``id``, the page where it stands, and its calendar file if there is one."""

    id: UUID
    url: str
    title: str
    text: str
    updated_at: datetime
    tags: Sequence[str] = ()
    calendar: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFeed:
    """A list of meetings; ``author`` is the agency, never a person."""

    id: UUID
    title: str
    description: str
    language: str
    home: str
    address: str
    author: str
    updated_at: datetime
    items: Sequence[Item]


def plain(text: str) -> str:
    """The text without signs that cannot stand in XML."""
    return NO_CHARACTERS.sub("", clean(text))
