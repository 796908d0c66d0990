"""Finding a booking by the code that a person reads out at a desk or on the phone."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from booking.domain.codes import code_in
from booking.domain.errors import InvalidField, LinkOver
from booking.domain.staff import Right, Staff
from booking.services import limits
from booking.services.own_pages import OwnPage, of_booking
from booking.storage import answers
from booking.storage.database import Database


async def with_code(db: Database, code: str, *, by: Staff, now: datetime) -> list[OwnPage]:
    """What a code read out at a desk or on the phone stands for, among the people of one's agencies; each only once.

    Raises :class:`InvalidField` when it is no code, :class:`NotAllowed`, :class:`TooManyRequests`.
    """
    by.must_somewhere(Right.BOOK)
    await limits.spend(db, limits.CODES, str(by.id), now=now)
    known = code_in(code)
    if known is None:
        raise InvalidField(fields={"code": "not-a-code"})
    found: dict[UUID, OwnPage] = {}
    async with db.reading() as tx:
        for booking in await answers.with_code(tx, known):
            with suppress(LinkOver):
                one = await of_booking(tx, booking, now)
                found[one.booking.id] = one
    return [one for one in found.values() if by.may(Right.BOOK, one.booking.agency_id)]
