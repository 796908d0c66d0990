"""Whose meetings somebody may follow, and how that is called."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.staff import LEADERS, Right, Staff
from booking.domain.subscriptions import FeedKind, Subscription
from booking.storage import agencies, rooms, workshops
from booking.storage.database import Tx

# Calendars of oneself, and of everything: nothing is left to choose.
WITHOUT_CHOICE = {
    FeedKind.FACILITATOR: "Mes ateliers",
    FeedKind.ADVISER: "Les ateliers de mes demandeurs d’emploi",
    FeedKind.NETWORK: "Tous les ateliers du réseau",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is followed: its id (None is the network), its agency if it has one, its name."""

    id: UUID | None
    agency_id: UUID | None
    name: str


def kinds_for(by: Staff) -> list[FeedKind]:
    """What somebody may follow, what is his own first."""
    mine = {FeedKind.FACILITATOR: leads(by), FeedKind.ADVISER: by.may_somewhere(Right.BOOK)}
    return [kind for kind, may in mine.items() if may] + [kind for kind in FeedKind if kind not in mine]


def leads(by: Staff) -> bool:
    """Whether somebody leads meetings or helps in them."""
    return any(role in LEADERS for _, role in by.roles)


async def scope(tx: Tx, kind: FeedKind, id: UUID | None, by: Staff) -> Scope:
    """What somebody wants to follow. Raises :class:`NotFound`, :class:`NotAllowed`, :class:`InvalidField`."""
    if kind in WITHOUT_CHOICE:
        return _without_choice(kind, id, by)
    if id is None:
        raise InvalidField(fields={"scope_id": "required"})
    if kind is FeedKind.WORKSHOP:
        return Scope(id, None, (await workshops.load(tx, id)).title)
    room = await rooms.load(tx, id) if kind is FeedKind.ROOM else None
    agency = await agencies.load(tx, room.agency_id if room else id)
    if not by.belongs_to(agency.id):
        raise NotFound(scope_id=id)
    return Scope(id, agency.id, f"{room.name}, {agency.name}" if room else agency.name)


def _without_choice(kind: FeedKind, id: UUID | None, by: Staff) -> Scope:
    own = None if kind is FeedKind.NETWORK else by.id
    if id not in (None, own):
        raise NotFound(scope_id=id)
    if kind not in kinds_for(by):
        raise NotAllowed(right=Right.BOOK if kind is FeedKind.ADVISER else Right.MARK)
    return Scope(own, None, WITHOUT_CHOICE[kind])


async def names(tx: Tx, followed: Collection[Subscription]) -> dict[UUID, str]:
    """What each subscription follows, by the id of the subscription; names are those of today."""
    places = {one.id: one.name for one in await agencies.some(tx, {s.agency_id for s in followed if s.agency_id})}
    known = {one.id: one.name for one in await agencies.rooms_of(tx, list(places))}
    wanted = {s.scope_id for s in followed if s.kind is FeedKind.WORKSHOP and s.scope_id}
    titles = {id: one.title for id, one in (await workshops.some(tx, wanted)).items()}

    def name(one: Subscription) -> str:
        if one.kind in WITHOUT_CHOICE:
            return WITHOUT_CHOICE[one.kind]
        said = (titles | known).get(one.scope_id) if one.scope_id else None
        return ", ".join(part for part in (said, places.get(one.agency_id) if one.agency_id else None) if part)

    return {one.id: name(one) for one in followed}
