"""Search everywhere: what a few words find among all that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain.finding import MOST_WORDS
from booking.domain.job_seekers import JobSeeker, folded
from booking.domain.staff import Right, Staff
from booking.services import job_seekers
from booking.storage import everywhere
from booking.storage.database import Database
from booking.storage.everywhere import Named, SessionNamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of each kind, so many at most."""

    people: Sequence[JobSeeker] = ()
    sessions: Sequence[SessionNamed] = ()
    workshops: Sequence[Named] = ()
    agencies: Sequence[Named] = ()
    partners: Sequence[Named] = ()


async def find(db: Database, said: str, *, by: Staff, now: datetime, most: int) -> Found:
    """People where one may see people, sessions and agencies of one's own, partners that let one in, workshops."""
    words = folded(said).split()[:MOST_WORDS]
    if not words:
        return Found()
    own = None if by.is_network_wide else by.agency_ids
    drafts_of = by.agencies_with(Right.PLAN) or frozenset()
    people = await _people(db, said, by, most)
    async with db.reading() as tx:
        return Found(
            people=people,
            sessions=await everywhere.find_sessions(tx, words, own, drafts_of, now, most),
            workshops=await everywhere.find_workshops(tx, words, most),
            agencies=await everywhere.find_agencies(tx, words, own, most),
            partners=await everywhere.find_partners(tx, words, own, most),
        )


async def _people(db: Database, said: str, by: Staff, most: int) -> Sequence[JobSeeker]:
    return await job_seekers.search(db, said, by=by, most=most) if by.may_somewhere(Right.SEE_PEOPLE) else ()
