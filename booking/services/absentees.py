"""Who stayed away without excuse, for whoever looks after him: another date is offered by one button."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain.cases import Case
from booking.domain.following_up import has_more
from booking.domain.staff import Right, Staff
from booking.services.to_do import agencies_within_reach
from booking.storage import absentees, cases
from booking.storage.database import Database

KEPT = timedelta(days=60)
MOST = 200


@dataclass(frozen=True, slots=True)
class Absentee:
    """Somebody who did not come; ``keeps`` is whether his seat is for meetings to come, too."""

    case: Case
    missed_at: datetime
    keeps: bool


async def to_follow_up(db: Database, *, by: Staff, now: datetime) -> list[Absentee]:
    """The people of one's agencies who stayed away and have no other date, the longest ago first; each once.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        lines = await absentees.since(tx, agencies_within_reach(by), now - KEPT, now, MOST)
        last = {line.booking_id: line.starts_at for line in lines}
        known = await cases.load_many(tx, last.keys())
    return [
        Absentee(case, missed_at, has_more(case.booking, case.session, now))
        for case, missed_at in ((known[booking_id], at) for booking_id, at in last.items())
    ]
