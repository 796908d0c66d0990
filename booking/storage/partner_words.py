"""Partners found by the beginnings of words: a piece of an index, however many partners there are."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, or_, select

from booking.domain.partners import Partner
from booking.storage.database import Tx
from booking.storage.finding import LAST, MOST_IN_ORDER, has_word
from booking.storage.tables import partner_agencies, partner_words, partners

_WORDS = partner_words.c


async def keep(tx: Tx, partner: Partner) -> None:
    """Write the words of a partner anew."""
    await tx.run(delete(partner_words).where(_WORDS.partner_id == partner.id))
    await keep_new(tx, [partner])


async def keep_new(tx: Tx, new: Iterable[Partner]) -> None:
    """Write the words of partners who have none yet."""
    rows = [
        {"partner_id": one.id, "word": word, "search": one.found_by}
        for one in new
        for word in sorted(set(one.found_by.split()))
    ]
    if rows:
        await tx.run(insert(partner_words), rows)


def find(words: Sequence[str], agency_ids: Collection[UUID] | None, most: int) -> Select[Any]:
    """Those in use that let one of these agencies in (None is any): id, name, commune; by name."""
    leading = max(words, key=len)
    others = (has_word(_WORDS.search, word) for word in words if word != leading)
    some = (
        select(_WORDS.partner_id)
        .where(and_(_WORDS.word >= leading, _WORDS.word < leading + LAST), *others)
        .order_by(_WORDS.word)
        .limit(MOST_IN_ORDER)
        .subquery()
    )
    found = select(partners.c.id, partners.c.name, partners.c.commune).where(
        partners.c.id.in_(select(some.c.partner_id)), partners.c.archived_at.is_(None), *_lets_in(agency_ids)
    )
    return found.order_by(partners.c.search, partners.c.id).limit(most)


def _lets_in(agency_ids: Collection[UUID] | None) -> list[ColumnElement[bool]]:
    if agency_ids is None:
        return []
    own = partner_agencies.c.partner_id == partners.c.id
    return [or_(~exists().where(own), exists().where(own, partner_agencies.c.agency_id.in_(agency_ids)))]
