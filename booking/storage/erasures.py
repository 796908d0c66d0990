"""Who was erased, and who is to be: the journal by which a restored copy is put right, and the requests that wait."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from booking.domain.erasures import Cause, Erasure, Request
from booking.domain.messages import PENDING, MessageState
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.job_seekers import IS_SOMEBODY
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, erasures, job_seekers, messages
from booking.storage.tables import erasure_requests as requests

_ERASURE, _REQUEST = columns(Erasure, erasures), columns(Request, requests)
_UNSAID = (*PENDING, MessageState.SENDING)


async def ask(tx: Tx, request: Request) -> None:
    """Write that somebody is to be erased; asking again changes nothing."""
    await tx.run(INSERT[tx.dialect](requests).values(values(request, requests)).on_conflict_do_nothing())


async def asked(tx: Tx, person_id: UUID) -> Request | None:
    """The request that waits for this person."""
    row = await tx.row(select(*_REQUEST).where(requests.c.job_seeker_id == person_id))
    return made(Request, row) if row else None


async def withdraw(tx: Tx, person_id: UUID) -> bool:
    """The person stays after all; False when nothing was asked."""
    return bool(await tx.run(delete(requests).where(requests.c.job_seeker_id == person_id)))


async def hand_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    """Two entries became one: who asked to be erased is, but an entry made by mistake takes no other with it."""
    request = await asked(tx, gone)
    await withdraw(tx, gone)
    if request and request.because is Cause.ASKED:
        await ask(tx, replace(request, job_seeker_id=kept))


async def ready(tx: Tx, asked_before: datetime, most: int) -> list[Request]:
    """Requests for which nothing is still to be said, or that have waited long enough."""
    m = messages.c
    booked = select(m.id).join(bookings, bookings.c.id == m.booking_id)
    unsaid = booked.where(bookings.c.job_seeker_id == requests.c.job_seeker_id, m.state.in_(_UNSAID)).exists()
    found = select(*_REQUEST).where((requests.c.asked_at <= asked_before) | ~unsaid)
    return [made(Request, row) for row in await tx.rows(found.order_by(requests.c.asked_at).limit(most))]


async def write(tx: Tx, found: Collection[Erasure]) -> None:
    """Write in the journal; what is there stays."""
    for one in found:
        await tx.run(INSERT[tx.dialect](erasures).values(values(one, erasures)).on_conflict_do_nothing())


async def every(tx: Tx) -> list[Erasure]:
    """The whole journal, the oldest first."""
    found = select(*_ERASURE).order_by(erasures.c.at, erasures.c.person_hash)
    return [made(Erasure, row) for row in await tx.rows(found)]


async def people(tx: Tx, after: UUID | None, most: int) -> list[UUID]:
    """Identifiers of people who are known here, beginning after this one; who was merged goes with who he is."""
    found = select(job_seekers.c.id).where(*IS_SOMEBODY)
    if after:
        found = found.where(job_seekers.c.id > after)
    return [row.id for row in await tx.rows(found.order_by(job_seekers.c.id).limit(most))]
