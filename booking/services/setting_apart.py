"""A letter that may have felled its worker twice leaves alone: a third time would cost its neighbours their way."""

from collections.abc import Sequence
from uuid import UUID

from booking.domain.sending import MOST_DOUBTS
from booking.services.concluding import Begun

SUSPECT = MOST_DOUBTS - 1


def together(begun: Sequence[Begun]) -> set[UUID]:
    """The messages of those that leave now, of letters in their turn: one suspect, or all that are none."""
    if begun and begun[0].doubts >= SUSPECT:
        return {begun[0].message.id}
    return {one.message.id for one in begun if one.doubts < SUSPECT}
