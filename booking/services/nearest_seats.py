"""The next seats agency by agency, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from booking.domain.sessions import SessionState
from booking.domain.workshops import Audience
from booking.services import searches
from booking.storage import listings
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.narrowing import NOT_NARROWED, Narrowed
from booking.storage.wishes import Wanted

EACH = 4
# Half of the day is known only here, so that more is read than shown.
READ_OF_EACH = 16
AT_ONCE, MOST_BATCHES = 12, 6


@dataclass(frozen=True, slots=True)
class Nearest:
    """What was found, agency by agency, and how many agencies were looked at; ``is_all`` of them or not."""

    found: Sequence[Listed]
    seen: int
    is_all: bool


async def next_sessions(
    db: Database,
    agency_ids: Sequence[UUID],
    *,
    now: datetime,
    workshop_id: UUID | None = None,
    with_room: bool = True,
    kept_for: UUID | None = None,
    narrowed: Narrowed = NOT_NARROWED,
    skip: int = 0,
    enough: int = 25,
) -> Nearest:
    """The first few open sessions of each agency in this order, until there are enough; ``skip`` agencies were seen."""
    wanted = Wanted(
        workshop_id=workshop_id,
        audience=Audience.JOB_SEEKERS,
        states=[SessionState.OPEN],
        bookable_at=now,
        with_room=with_room,
        narrowed=narrowed,
        each=READ_OF_EACH if narrowed.half else EACH,
    )
    found: list[Listed] = []
    seen = skip
    async with db.reading() as tx:
        for _ in range(MOST_BATCHES):
            batch = agency_ids[seen : seen + AT_ONCE]
            if not batch or len(found) >= enough:
                break
            found += await _of(tx, batch, replace(wanted, agency_ids=batch), kept_for, now)
            seen += len(batch)
    return Nearest(found, seen, seen >= len(agency_ids))


async def _of(tx: Tx, batch: Sequence[UUID], wanted: Wanted, kept_for: UUID | None, now: datetime) -> list[Listed]:
    found = searches.in_half(await listings.find(tx, wanted), wanted.narrowed)
    if kept_for in batch and wanted.with_room:
        found = await searches.with_kept(tx, found, replace(wanted, most=len(found) + EACH), kept_for, now)
    return [x for agency_id in batch for x in islice((x for x in found if x.session.agency_id == agency_id), EACH)]
