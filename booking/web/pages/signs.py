"""What is the matter with a day or a meeting, in a few words: closed, a holiday, no room, somebody away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from booking.domain.obstacles import Obstacle, ObstacleKind, Surroundings, Weight
from booking.storage.agendas import MeetingListed

SIGNS = {
    ObstacleKind.ROOM_TAKEN: "Salle déjà prise",
    ObstacleKind.STAFF_TAKEN: "Déjà ailleurs",
    ObstacleKind.PUBLIC_HOLIDAY: "Jour férié",
    ObstacleKind.WORKED_HOLIDAY: "Jour férié",
    ObstacleKind.AGENCY_CLOSED: "Agence fermée",
    ObstacleKind.ROOM_CLOSED: "Salle fermée",
    ObstacleKind.SCHOOL_HOLIDAY: "Vacances scolaires",
    ObstacleKind.OUTSIDE_OPENING_HOURS: "Salle fermée à cette heure",
    ObstacleKind.ROOM_TOO_SMALL: "Salle trop petite",
    ObstacleKind.ROOM_BUSY: "Salle prise selon son agenda",
    ObstacleKind.STAFF_BUSY: "Pas libre",
    ObstacleKind.STAFF_UNAVAILABLE: "Pas disponible",
    ObstacleKind.SERVICE_ENDED: "Mission terminée",
}
OTHERS = {"room": "Sans salle", "person": "Sans animation", "held": "Maintenue"}
# Who it is says more here than why; why somebody is away is nobody's business.
NAMED_BY_PERSON = {ObstacleKind.STAFF_BUSY, ObstacleKind.STAFF_UNAVAILABLE, ObstacleKind.SERVICE_ENDED}


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that a page translates, and a name or a reason that it does not; what ``stops`` needs a way round."""

    words: str
    name: str = ""
    stops: bool = True


def of_obstacle(obstacle: Obstacle) -> Sign:
    """An obstacle as a sign."""
    name = obstacle.who if obstacle.kind in NAMED_BY_PERSON else obstacle.what
    return Sign(SIGNS[obstacle.kind], name, obstacle.weight is not Weight.WARNS)


def of_day(day: date, around: Surroundings | None) -> list[Sign]:
    """What is to be known about a day in an agency."""
    return [of_obstacle(obstacle) for obstacle in around.of_the_day(day)] if around else []


def of_meeting(entry: MeetingListed, around: Surroundings | None) -> Sequence[Sign]:
    """What is the matter with a meeting; what only warns is said of the day alone.

    Where it is held in spite of an obstacle, the reason is said, and nothing is left to do.
    """
    hindered = list(_in_the_way(entry, around)) if around else []
    if hindered and entry.overridden_because:
        hindered = [
            *(replace(sign, stops=False) for sign in hindered),
            Sign(OTHERS["held"], entry.overridden_because, False),
        ]
    return [*_lacking(entry), *hindered]


def _lacking(entry: MeetingListed) -> Iterator[Sign]:
    if entry.meeting.room_id is None:
        yield Sign(OTHERS["room"])
    if entry.meeting.facilitator_id is None:
        yield Sign(OTHERS["person"])


def _in_the_way(entry: MeetingListed, around: Surroundings) -> Iterator[Sign]:
    for obstacle in around.obstacles(entry.meeting, entry.seats):
        if obstacle.weight is not Weight.WARNS:
            yield of_obstacle(obstacle)
