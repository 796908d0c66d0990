"""What a receipt changes, whatever came before it."""

from dataclasses import replace

import pytest

from booking.domain.messages import MessageState
from booking.domain.receipts import Change, Fate, change_of
from booking.domain.sending import Outcome
from tests.given import NOW
from tests.given_cases import a_case, message_of

SENT = message_of(a_case(), state=MessageState.ACCEPTED)
LATE = replace(SENT, not_after=NOW)
PLANNED, DEAD, ARRIVED = MessageState.PLANNED, MessageState.DEAD, MessageState.DELIVERED


def state(which: MessageState):
    return replace(SENT, state=which)


@pytest.mark.parametrize(
    ("fate", "message", "outcome", "change"),
    [
        (Fate.DELIVERED, SENT, Outcome.ACCEPTED, Change(ARRIVED, Outcome.ACCEPTED)),
        (Fate.DELIVERED, state(PLANNED), Outcome.IN_DOUBT, Change(ARRIVED, Outcome.ACCEPTED)),
        (Fate.DELIVERED, state(PLANNED), Outcome.FAILED, None),
        (Fate.DELIVERED, state(MessageState.CANCELLED), Outcome.ACCEPTED, None),
        (Fate.DELIVERED, state(ARRIVED), Outcome.ACCEPTED, None),
        (Fate.FAILED, SENT, Outcome.ACCEPTED, Change(PLANNED, Outcome.GAVE_UP)),
        (Fate.FAILED, LATE, Outcome.ACCEPTED, Change(DEAD, Outcome.GAVE_UP)),
        (Fate.FAILED, state(ARRIVED), Outcome.ACCEPTED, None),
        (Fate.FAILED, state(PLANNED), Outcome.GAVE_UP, None),
        (Fate.UNREACHABLE, SENT, Outcome.ACCEPTED, Change(PLANNED, Outcome.REFUSED, is_address_lost=True)),
        (Fate.UNREACHABLE, state(DEAD), Outcome.REFUSED, None),
        (Fate.UNREACHABLE, state(MessageState.DONE), Outcome.ACCEPTED, Change(None, Outcome.REFUSED, True)),
    ],
)
def test_what_arrived_has_arrived_and_what_did_not_goes_on_by_the_next_way(fate, message, outcome, change):
    assert change_of(fate, message, outcome, NOW) == change
