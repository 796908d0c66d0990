"""What became of a booking, as whoever made it follows it, and what is best done next."""

from dataclasses import dataclass
from enum import StrEnum

from booking.domain.bookings import DUPLICATE, MOVED, Booking, Party
from booking.domain.job_seekers import JobSeeker


class Standing(StrEnum):
    """Where a booking stands; ``came`` is to some of the meetings, ``finished`` to all of them."""

    WISHES_OTHER = "wishes_other"
    OFFERED = "offered"
    HELD = "held"
    COMING = "coming"
    WAITING = "waiting"
    NOT_MARKED = "not_marked"
    CAME = "came"
    FINISHED = "finished"
    ABSENT = "absent"
    CANCELLED = "cancelled"


# Somebody waits for an answer: these come first. Then what lies ahead, then what is over.
URGENT = (Standing.WISHES_OTHER, Standing.OFFERED)
AHEAD = (Standing.HELD, Standing.COMING, Standing.WAITING)


class Step(StrEnum):
    """What to do next."""

    OFFER_OTHER_DATE = "offer_other_date"
    CALL_FOR_ANSWER = "call_for_answer"
    CONFIRM = "confirm"
    HAND_PAPER = "hand_paper"
    ASK_WHETHER_CAME = "ask_whether_came"
    OFFER_TO_CATCH_UP = "offer_to_catch_up"
    OFFER_NEXT = "offer_next"
    CALL_ABSENT = "call_absent"
    NOTHING = "nothing"


STEPS = {
    Standing.WISHES_OTHER: Step.OFFER_OTHER_DATE,
    Standing.OFFERED: Step.CALL_FOR_ANSWER,
    Standing.HELD: Step.CONFIRM,
    Standing.NOT_MARKED: Step.ASK_WHETHER_CAME,
    Standing.CAME: Step.OFFER_TO_CATCH_UP,
    Standing.FINISHED: Step.OFFER_NEXT,
    Standing.ABSENT: Step.CALL_ABSENT,
    Standing.CANCELLED: Step.OFFER_OTHER_DATE,
}
# What another place in the same workshop makes needless.
SETTLED_BY_ANOTHER = (Step.OFFER_TO_CATCH_UP, Step.CALL_ABSENT, Step.OFFER_OTHER_DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the next step depends on; ``has_next`` when a workshop asks for this one and the person is not in it."""

    outcome: Standing
    booking: Booking
    person: JobSeeker
    has_other_place: bool = False
    has_next: bool = False


def next_step(facts: Facts) -> Step:
    """What is best done next."""
    step = STEPS.get(facts.outcome, Step.NOTHING)
    if facts.outcome is Standing.COMING:
        return Step.HAND_PAPER if facts.person.will_receive_nothing else Step.NOTHING
    if facts.outcome is Standing.CANCELLED and not _is_a_loss(facts.booking):
        return Step.NOTHING
    if facts.outcome is not Standing.WISHES_OTHER and step in SETTLED_BY_ANOTHER and facts.has_other_place:
        return Step.NOTHING
    return Step.NOTHING if step is Step.OFFER_NEXT and not facts.has_next else step


def _is_a_loss(booking: Booking) -> bool:
    """Whether the person is left without what he wanted: not when the adviser took it back, or it is elsewhere now."""
    return booking.cancelled_by is not Party.ADVISER and booking.cancelled_because not in (MOVED, DUPLICATE)
