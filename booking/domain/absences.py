"""When absences end a place: two in a row without excuse, the last two that there were."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.attendance import Mark

IN_A_ROW = 2


def has_stayed_away(
    meetings: Sequence[tuple[UUID, datetime]], marks: Mapping[UUID, Mark | None], now: datetime
) -> bool:
    """Whether the person missed the last two of his meetings (id and start, in order) that have begun or are marked.

    A meeting that is over and not marked yet ends nothing: marks may come late, and in any order.
    """
    past = [id for id, starts_at in meetings if starts_at <= now or marks.get(id)]
    return [marks.get(id) for id in past[-IN_A_ROW:]] == [Mark.ABSENT] * IN_A_ROW
