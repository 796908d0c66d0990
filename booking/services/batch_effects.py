"""What a batch would come to, said before it is done: who is told by which way, and which lines are refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from booking.domain.batches import Deed
from booking.domain.errors import Refused
from booking.domain.job_seekers import Channel
from booking.domain.policies import Group
from booking.domain.sessions import Session
from booking.services.batches import Shown
from booking.storage import listings, policies
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed


@dataclass(frozen=True, slots=True)
class Effect:
    """So many people hear so many messages, by the way that reaches each first; ``refused`` says of which session the
    rules say no already.
    """

    people: int = 0
    ways: Mapping[Channel, int] = field(default_factory=dict)
    refused: Mapping[UUID, Refused] = field(default_factory=dict)

    @property
    def messages(self) -> int:
        """How many messages."""
        return sum(self.ways.values())


async def foresee(db: Database, shown: Shown, now: datetime) -> Effect:
    """What would come of it now; nothing is written. What only the rooms and their calendars know is not asked."""
    listed = [one for one in shown.known.values() if isinstance(one, Listed)]
    refused = {one.session.id: refusal for one in listed if (refusal := _refusal(shown.batch.deed, one.session, now))}
    if not shown.batch.deed.tells_people:
        return Effect(refused=refused)
    async with db.reading() as tx:
        people, ways = await _told(tx, [one.session for one in listed if one.session.id not in refused])
    return Effect(people, ways, refused)


def _refusal(deed: Deed, session: Session, now: datetime) -> Refused | None:
    """What the rules say of this session by itself."""
    try:
        if deed is Deed.PUBLISH:
            session.published(now)
        else:
            session.must_be_changeable(now)
    except Refused as refusal:
        return refusal
    return None


async def _told(tx: Tx, sessions: Sequence[Session]) -> tuple[int, Mapping[Channel, int]]:
    if not sessions:
        return 0, {}
    where = {session.agency_id for session in sessions}, {session.workshop_id for session in sessions}
    _, decided = await policies.with_agencies(tx, *where)
    policy = {session.id: decided.of(session.agency_id, session.workshop_id) for session in sessions}
    found = await listings.participants_of(tx, list(policy))
    ways = Counter(policy[booking.session_id].ways_to(person, Group.CHANGE)[0] for booking, person in found)
    return len({person.id for _, person in found}), {way: ways[way] for way in Channel if ways[way]}
