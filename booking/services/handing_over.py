"""Hand letters over to their deliveries, several at once, and say what came of each."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from booking.delivery.deliveries import Deliveries, knows_repeats
from booking.delivery.letters import (
    DeliveryFailed,
    InDoubt,
    Misconfigured,
    Outgoing,
    PermanentFailure,
    Receipt,
    TemporaryFailure,
    Unreachable,
)
from booking.domain.job_seekers import Channel
from booking.domain.sending import RECOGNISABLE
from booking.services.tallies import DELIVERIES

AT_ONCE = 4
# A lease of a minute is at least four times what one call may take.
LONGEST_CALL = 12.0
# After this no new call is begun, so that a group ends soon enough for a shutdown.
PATIENCE = 5.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Untried:
    """Nobody was called, or the provider takes nothing from us; ``why`` is the failure that kept the letter back."""

    why: DeliveryFailed | None = None


Answer = Receipt | TemporaryFailure | PermanentFailure | Untried


def stopwatch(now: datetime) -> Callable[[], datetime]:
    """What time it is by the clock that said ``now``, as long as this process can tell."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


async def hand_over(deliveries: Deliveries, letters: Sequence[Outgoing], clock: Callable[[], datetime]) -> list[Answer]:
    """The answer to each letter, in their order; never raises, whatever a delivery does."""
    places = asyncio.Semaphore(AT_ONCE)
    stopped: dict[Channel, DeliveryFailed] = {}
    closes_at = clock() + timedelta(seconds=PATIENCE)

    async def in_turn(letter: Outgoing) -> Answer:
        async with places:
            if letter.channel in stopped or clock() > closes_at:
                return Untried(stopped.get(letter.channel))
            answer = await _call(deliveries, letter)
            DELIVERIES.labels(letter.channel, deliveries.provider(letter.channel), _outcome(answer)).inc()
            if isinstance(answer, Unreachable):
                stopped[letter.channel] = answer
            elif isinstance(answer, Untried) and answer.why:
                stopped[letter.channel] = answer.why
            return answer

    return await asyncio.gather(*map(in_turn, letters))


def _outcome(answer: Answer) -> str:
    """One of a few words."""
    match answer:
        case Receipt():
            return "accepted"
        case PermanentFailure():
            return "refused"
        case InDoubt():
            return "doubtful"
        case Untried():
            return "misconfigured"
    return "unreachable" if isinstance(answer, Unreachable) else "failed"


async def _call(deliveries: Deliveries, letter: Outgoing) -> Answer:
    try:
        async with asyncio.timeout(LONGEST_CALL):
            return await deliveries.send(letter)
    except Misconfigured as failure:
        return Untried(failure)
    except (TemporaryFailure, PermanentFailure) as failure:
        return failure
    except DeliveryFailed as failure:
        return TemporaryFailure(str(failure))
    except TimeoutError:
        return _unanswered(deliveries, letter.channel)
    # One faulty letter must not keep the others back.
    except Exception as error:
        log.exception("delivery broke", key=letter.key)
        return TemporaryFailure(type(error).__name__)


def _unanswered(deliveries: Deliveries, channel: Channel) -> Unreachable:
    """Whoever said nothing until now may have the letter all the same: it is in doubt unless he knows a repeat."""
    is_recognised = channel in RECOGNISABLE or knows_repeats(deliveries.by(channel))
    return (Unreachable if is_recognised else InDoubt)("no answer in time")
