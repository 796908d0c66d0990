"""What a few words find besides people: sessions to come, workshops, agencies, partners; one question for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, text

from booking.domain.sessions import SessionState
from booking.storage import partner_words
from booking.storage.database import Tx
from booking.storage.finding import has_word
from booking.storage.shapes import made
from booking.storage.tables import agencies, sessions, workshops

# A cycle that began longer ago is over; what begins later is found in the agenda.
BEGUN, AHEAD = timedelta(days=60), timedelta(days=180)
# Said exactly as the partial index says it.
_IS_OPEN = text("sessions.state = 'open'")

Where = Collection[UUID] | None


@dataclass(frozen=True, slots=True)
class Named:
    """A workshop, an agency or a partner: what its address needs, what it is called, and in which town it is."""

    key: UUID | str
    name: str
    commune: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNamed:
    """A session by its workshop, its place and its start."""

    id: UUID
    state: SessionState
    starts_at: datetime
    free: int
    workshop_title: str
    agency_name: str
    time_zone: str


async def find_sessions(
    tx: Tx, words: Sequence[str], where: Where, drafts_of: Collection[UUID], now: datetime, most: int
) -> list[SessionNamed]:
    """Those of these agencies (None is any) that are not over, by start; drafts of ``drafts_of``, too.

    Each word begins one of the workshop's, or one of the agency's.
    """
    c = sessions.c
    found = (
        select(
            c.id,
            c.state,
            c.starts_at,
            (c.capacity + c.allowance - c.taken - c.kept).label("free"),
            workshops.c.title.label("workshop_title"),
            agencies.c.name.label("agency_name"),
            agencies.c.time_zone,
        )
        .join_from(sessions, workshops, workshops.c.id == c.workshop_id)
        .join(agencies, agencies.c.id == c.agency_id)
        .where(c.starts_at > now - BEGUN, c.starts_at < now + AHEAD, c.ends_at > now)
        .where(_shown(drafts_of), *(_is_about(word) for word in words))
        .where(*([] if where is None else [c.agency_id.in_(where)]))
    )
    return [made(SessionNamed, row) for row in await tx.rows(found.order_by(c.starts_at, c.id).limit(most))]


def _shown(drafts_of: Collection[UUID]) -> Any:
    c = sessions.c
    drafts = and_(c.state == SessionState.DRAFT, c.agency_id.in_(drafts_of))
    return or_(_IS_OPEN, drafts) if drafts_of else _IS_OPEN


def _is_about(word: str) -> ColumnElement[bool]:
    taught = select(workshops.c.id).where(has_word(workshops.c.search, word))
    there = select(agencies.c.id).where(has_word(agencies.c.search, word))
    return or_(sessions.c.workshop_id.in_(taught), sessions.c.agency_id.in_(there))


async def find_workshops(tx: Tx, words: Sequence[str], most: int) -> list[Named]:
    """Those of the catalogue that are in use, by title."""
    c = workshops.c
    are_meant = (c.archived_at.is_(None), *(has_word(c.search, word) for word in words))
    rows = await tx.rows(select(c.id, c.title).where(*are_meant).order_by(c.title).limit(most))
    return [Named(row.id, row.title) for row in rows]


async def find_agencies(tx: Tx, words: Sequence[str], where: Where, most: int) -> list[Named]:
    """Of these agencies (None is any), by name."""
    c = agencies.c
    own = [] if where is None else [c.id.in_(where)]
    found = select(c.slug, c.name, c.commune).where(*own, *(has_word(c.search, word) for word in words))
    return [Named(row.slug, row.name, row.commune) for row in await tx.rows(found.order_by(c.search, c.id).limit(most))]


async def find_partners(tx: Tx, words: Sequence[str], where: Where, most: int) -> list[Named]:
    """Those that let in one of these agencies (None is any), by name."""
    rows = await tx.rows(partner_words.find(words, where, most))
    return [Named(row.id, row.name, row.commune) for row in rows]
