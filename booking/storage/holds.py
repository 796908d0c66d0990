"""One transaction at a time gives or takes the seats of one person, whichever sessions they are in.

The overlap rule alone keeps the promise, but two seats written for one person at the same moment wait for each other
until the server looks for a deadlock, a second later. So whoever places a person holds the person before, always after
the rows of the sessions. SQLite has one writer and needs none of this.
"""

from uuid import UUID

from sqlalchemy import text

from booking.storage.constraints import Contended
from booking.storage.database import Tx

_HOLD = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS person (key)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:key)")


def key(job_seeker_id: UUID) -> int:
    """The number a person's lock has on PostgreSQL: the half of the UUID that is drawn by lot."""
    return int.from_bytes(job_seeker_id.bytes[8:], signed=True)


async def hold(tx: Tx, *people: UUID) -> None:
    """Wait until nobody else places these people, and keep it so until this transaction ends."""
    if tx.dialect == "postgresql":
        await tx.run(_HOLD, {"keys": sorted(map(key, people))})


async def hold_at_once(tx: Tx, person: UUID) -> None:
    """The same for one more person, without waiting, because others are held already; raises :class:`Contended`."""
    if tx.dialect == "postgresql" and not await tx.value(_TRY, {"key": key(person)}):
        raise Contended(str(person))
