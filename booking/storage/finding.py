"""People found by the beginning of a sign: one piece of an index, however many people there are."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, insert, or_, select

from booking.domain.bookings import BookingState
from booking.domain.finding import Sought, search_text, signs_of
from booking.domain.job_seekers import JobSeeker
from booking.storage.database import Tx
from booking.storage.tables import bookings, job_seeker_words, job_seekers

_WORDS = job_seeker_words.c
LAST = "\U0010ffff"
# Of very many who begin alike, so many are put in order: whoever finds too many says more.
MOST_IN_ORDER = 1000


async def keep(tx: Tx, person: JobSeeker) -> None:
    """Write the signs of a person anew, in the transaction that writes the person."""
    await forget(tx, person.id)
    await keep_new(tx, [person])


async def keep_new(tx: Tx, people: Iterable[JobSeeker]) -> None:
    """Write the signs of people who have none yet."""
    signs = [_of_person(person) | {"word": sign} for person in people for sign in sorted(signs_of(person))]
    if signs:
        await tx.run(insert(job_seeker_words), signs)


def _of_person(person: JobSeeker) -> dict[str, Any]:
    return {"job_seeker_id": person.id, "agency_id": person.agency_id, "search": search_text(person)}


async def forget(tx: Tx, job_seeker_id: UUID) -> None:
    """Nobody finds this person any more."""
    await tx.run(delete(job_seeker_words).where(_WORDS.job_seeker_id == job_seeker_id))


async def find(tx: Tx, agency_ids: Collection[UUID] | None, sought: Sought, most: int) -> list[UUID]:
    """Who is meant, the surest first; None is the whole network."""
    found = [row.job_seeker_id for row in await tx.rows(by_words(agency_ids, sought.words, most))]
    if sought.sign:
        found = [row.job_seeker_id for row in await tx.rows(by_sign(agency_ids, sought.sign, most))] + found
    if sought.code:
        found = [row.job_seeker_id for row in await tx.rows(_by_code(agency_ids, sought.code, most))] + found
    return list(dict.fromkeys(found))[:most]


def by_words(agency_ids: Collection[UUID] | None, words: Collection[str], most: int) -> Select[Any]:
    """Those of whom some word begins with each of these: by last names that do, then by name.

    The longest word leads, because fewest people share it; the others are looked for among these people.
    """
    leading = max(words, key=len)
    others = (has_word(_WORDS.search, word) for word in words if word != leading)
    some = (
        select(_WORDS.job_seeker_id, _WORDS.search)
        .where(*_of(agency_ids), begins(leading), *others)
        .order_by(_WORDS.word)
        .limit(MOST_IN_ORDER)
        .subquery()
    )
    is_last_name = or_(*(some.c.search.startswith(word) for word in words))
    return (
        select(some.c.job_seeker_id)
        .group_by(some.c.job_seeker_id, some.c.search)
        .order_by(case((is_last_name, 0), else_=1), some.c.search, some.c.job_seeker_id)
        .limit(most)
    )


def by_sign(agency_ids: Collection[UUID] | None, sign: str, most: int) -> Select[Any]:
    """Those whose phone or e-mail begins with this sign."""
    found = select(_WORDS.job_seeker_id).where(*_of(agency_ids), begins(sign))
    return found.order_by(_WORDS.word, _WORDS.job_seeker_id).limit(most)


def begins(sign: str) -> ColumnElement[bool]:
    """Whether the word begins like this; said as a piece of the index, which no prepared statement loses."""
    return and_(_WORDS.word >= sign, _WORDS.word < sign + LAST)


def _of(agency_ids: Collection[UUID] | None) -> list[ColumnElement[bool]]:
    return [] if agency_ids is None else [_WORDS.agency_id.in_(agency_ids)]


def has_word(text: Any, word: str) -> ColumnElement[bool]:
    """Whether some word of this folded text begins like this."""
    return or_(text.startswith(word), text.contains(f" {word}"))


def _by_code(agency_ids: Collection[UUID] | None, code: str, most: int) -> Select[Any]:
    whose = [] if agency_ids is None else [bookings.c.agency_id.in_(agency_ids)]
    is_it = (bookings.c.code == code, bookings.c.state != BookingState.CANCELLED)
    found = select(bookings.c.job_seeker_id, func.min(job_seekers.c.search)).join_from(
        bookings, job_seekers, job_seekers.c.id == bookings.c.job_seeker_id
    )
    named = found.where(*is_it, *whose).group_by(bookings.c.job_seeker_id)
    return named.order_by(func.min(job_seekers.c.search)).limit(most)


async def sharing(tx: Tx, agency_id: UUID, signs: Collection[str], most: int) -> list[UUID]:
    """People of an agency who have one of these signs, whole; who has several comes first."""
    found = select(_WORDS.job_seeker_id).where(_WORDS.agency_id == agency_id, _WORDS.word.in_(signs))
    alike = found.group_by(_WORDS.job_seeker_id).order_by(func.count().desc(), _WORDS.job_seeker_id)
    return [row.job_seeker_id for row in await tx.rows(alike.limit(most))]
