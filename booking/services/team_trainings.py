"""The trainings of a team: who has done what, who must still, and seats for several at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, Refused
from booking.domain.sessions import SessionState
from booking.domain.staff import Right, Staff
from booking.domain.trainings import Attended, Standing, Trained, how_it_stands, is_required
from booking.domain.workshops import Audience, Workshop
from booking.services import groups, trainings
from booking.services.groups import Grouped
from booking.storage import agencies, listings
from booking.storage import trainings as stored
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.trainings import Colleague
from booking.storage.wishes import Wanted


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague, how he stands with each training, by workshop, and his places in those to come."""

    colleague: Colleague
    stands: Mapping[UUID, Trained]
    required: frozenset[UUID]
    ahead: Sequence[Attended]

    @property
    def lacks(self) -> bool:
        """Whether he must still do one, and has no seat for it."""
        return any(self.stands[id].standing.is_lacking for id in self.required)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Who must still do a training: oneself, and how many of one's team."""

    oneself: bool
    team: int


@dataclass(frozen=True, slots=True)
class Team:
    """An agency, its people by name, the trainings, and those that may be booked there."""

    agency: Agency
    workshops: Sequence[Workshop]
    members: Sequence[Member]
    offered: Sequence[Listed]

    @property
    def lacking(self) -> list[Member]:
        """Who is not trained."""
        return [one for one in self.members if one.lacks]


async def of_agency(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> Team:
    """The people of an agency and their trainings. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.TEAM, agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, agency_id)
        taught = await trainings.of_staff(tx)
        members = await _members(tx, [agency_id], taught, now)
        offered = await listings.find(tx, _offered(agency_id, by, now))
    return Team(agency, taught, members, offered)


async def lacking(db: Database, *, by: Staff, now: datetime) -> Lacking:
    """Who must still do a training, and has no seat for it: oneself, and among the people that one answers for."""
    own = Colleague(by.id, by.name, frozenset(role for _, role in by.roles))
    mine = [agency_id for agency_id in by.agency_ids if by.may(Right.TEAM, agency_id)]
    async with db.reading() as tx:
        required = [one for one in await trainings.of_staff(tx) if one.required_for]
        team = await stored.colleagues(tx, mine, now) if required and mine else []
        (self, *members) = await _standing(tx, [own, *team], required, now) if required else (None,)
    return Lacking(oneself=self is not None and self.lacks, team=sum(one.lacks for one in members))


async def standings(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> dict[UUID, Standing]:
    """The worst standing of each of an agency's people in what is required of him; nobody where nothing is."""
    team = await of_agency(db, agency_id, by=by, now=now)
    worst = {}
    order = list(Standing)
    for one in team.members:
        asked = [one.stands[id].standing for id in one.required]
        if asked:
            worst[one.colleague.id] = max(asked, key=order.index)
    return worst


async def _members(tx: Tx, agency_ids: Sequence[UUID], taught: Sequence[Workshop], now: datetime) -> list[Member]:
    return await _standing(tx, await stored.colleagues(tx, agency_ids, now), taught, now)


async def _standing(tx: Tx, people: Sequence[Colleague], taught: Sequence[Workshop], now: datetime) -> list[Member]:
    places = defaultdict(list)
    for place in await stored.places(tx, [one.id for one in people]):
        places[place.staff_id].append(place)
    found = []
    for person in people:
        own = places[person.id]
        stands = {one.id: how_it_stands(one, person.roles, own, now) for one in taught}
        required = frozenset(one.id for one in taught if is_required(one, person.roles))
        found.append(Member(person, stands, required, [place for place in own if place.is_ahead(now)]))
    return found


def _offered(agency_id: UUID, by: Staff, now: datetime) -> Wanted:
    """Those of this agency, and of the others where one works."""
    where = None if by.is_network_wide else {agency_id, *by.agency_ids}
    return Wanted(
        agency_ids=where, audience=Audience.STAFF, states=[SessionState.OPEN], bookable_at=now, most=trainings.MOST
    )


async def book(
    db: Database, session_id: UUID, staff_ids: Sequence[UUID], *, by: Staff, now: datetime
) -> dict[UUID, Grouped]:
    """Seats for several of one's team, as far as there are any: by colleague, a seat or why not.

    Raises :class:`InvalidField` for nobody or too many.
    """
    wanted = list(dict.fromkeys(staff_ids))
    if not wanted or len(wanted) > groups.MOST_PEOPLE:
        raise InvalidField(fields={"people": "too-many" if wanted else "required"})
    found: dict[UUID, Grouped] = {}
    for staff_id in wanted:
        try:
            done = await trainings.book(db, session_id, staff_id, by=by, now=now)
            found[staff_id] = Grouped(done.booking.job_seeker_id, done.booking)
        except Refused as refusal:
            found[staff_id] = Grouped(staff_id, refusal=refusal)
    return found
