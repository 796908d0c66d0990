"""Before meetings are written: does anything stand in the way, and may it be overcome?"""

from collections.abc import Sequence

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, Obstructed, PlaceTaken
from booking.domain.fields import Problems
from booking.domain.obstacles import Obstacle, Surroundings, Weight, around, heaviest
from booking.domain.sessions import Meeting, Session
from booking.storage import surroundings
from booking.storage.constraints import Contended
from booking.storage.database import Tx

LONGEST_REASON = 200
Found = dict[int, list[Obstacle]]


async def must_be_free(
    tx: Tx, agency: Agency, session: Session, overridden_because: str, before: Session | None = None
) -> None:
    """Do nothing when nothing new stands in the way, or what does is overcome by a reason.

    Raises :class:`PlaceTaken` for a clash, :class:`Obstructed` for what needs a reason, :class:`InvalidField` for a
    room, facilitator or assistant of another agency.
    """
    problems = Problems()
    problems.text("overridden_because", overridden_because, longest=LONGEST_REASON, required=False)
    problems.refuse()
    judged = _new(session, before)
    if not judged:
        return
    around_it = await surroundings.load(tx, agency, *around(judged), besides=[session.id])
    _must_belong(judged, around_it)
    found = {m.position: obstacles for m in judged if (obstacles := around_it.obstacles(m, session.capacity))}
    weight = heaviest(obstacle for obstacles in found.values() for obstacle in obstacles)
    if weight is Weight.CLASH:
        raise PlaceTaken(**told(found, Weight.CLASH))
    if weight is Weight.BLOCKS and not overridden_because.strip():
        raise Obstructed(**told(found, Weight.BLOCKS))


def told(found: Found, weight: Weight) -> dict[str, object]:
    """The facts of a refusal: beside each meeting what stands there, and all of it in full."""
    heavy = {position: [o for o in obstacles if o.weight is weight] for position, obstacles in found.items()}
    return {
        "fields": {
            f"meetings.{position}": obstacles[0].kind.value for position, obstacles in heavy.items() if obstacles
        },
        "obstacles": [
            {"meeting": position, "kind": o.kind.value, "what": o.what, "who": o.who, "seats": o.seats}
            for position, obstacles in heavy.items()
            for o in obstacles
        ],
    }


def as_contended(refusal: PlaceTaken) -> Exception:
    """A clash that only the database saw: a rival was quicker, and the next try can name what he took."""
    return refusal if refusal.facts else Contended("a room or a member of staff was taken meanwhile")


def _new(session: Session, before: Session | None) -> list[Meeting]:
    """Meetings that were not judged before: new, moved, given to others, or with more seats."""
    if before is None or before.capacity < session.capacity:
        return list(session.meetings)
    known = {(m.times_and_place, m.staff_ids) for m in before.meetings}
    return [m for m in session.meetings if (m.times_and_place, m.staff_ids) not in known]


def _must_belong(judged: Sequence[Meeting], around_it: Surroundings) -> None:
    problems = Problems()
    for meeting in judged:
        field = f"meetings.{meeting.position}"
        room = around_it.rooms.get(meeting.room_id) if meeting.room_id else None
        leader = around_it.people.get(meeting.facilitator_id) if meeting.facilitator_id else None
        if meeting.room_id and (room is None or room.archived_at):
            problems.add(field, "room-of-another-agency")
        if meeting.facilitator_id and not (leader and leader.is_facilitator):
            problems.add(field, "not-a-facilitator-here")
        if set(meeting.assistant_ids) - around_it.people.keys():
            problems.add(field, "not-an-assistant-here")
        if meeting.facilitator_id in meeting.assistant_ids:
            problems.add(field, "leads-and-assists")
    problems.refuse(InvalidField)
