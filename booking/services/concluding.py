"""From what a provider answered to what becomes of the message, and of the try."""

import random
from dataclasses import dataclass, replace
from datetime import datetime

from booking.delivery.letters import InDoubt, Outgoing, PermanentFailure, Receipt, Unreachable
from booking.domain import sending as rules
from booking.domain.messages import Message, MessageState
from booking.domain.sending import Outcome, Verdict
from booking.services.handing_over import Answer, Untried
from booking.storage.attempts import Attempt, End
from booking.storage.sent_texts import SentText


@dataclass(frozen=True, slots=True)
class Begun:
    """A message that leaves now; ``failures`` and ``doubts`` count what went wrong on this channel before."""

    message: Message
    letter: Outgoing
    attempt: Attempt
    said: SentText
    failures: int
    doubts: int


def conclude(one: Begun, answer: Answer, now: datetime, *, is_trying: bool = False) -> tuple[Verdict, End | None]:
    """What becomes of the message, and of the try; None when there was none after all.

    A letter that only tried if the provider works again burns no try while nobody answers. About a letter in doubt
    whoever can be asked is asked before (``services/asking.py``).
    """
    message_id, channel = one.message.id, one.attempt.channel
    message = replace(one.message, channel=channel)
    if is_trying and isinstance(answer, Unreachable) and not isinstance(answer, InDoubt):
        answer = Untried(answer)
    match answer:
        case Receipt():
            end = End(message_id=message_id, outcome=Outcome.ACCEPTED, provider_reference=answer.reference)
            return Verdict(MessageState.ACCEPTED, channel), end
        case Untried():
            reason = "resting" if answer.why else message.reason
            return Verdict(MessageState.PLANNED, channel, reason, was_tried=False), None
        case PermanentFailure():
            end = End(message_id=message_id, outcome=Outcome.REFUSED, error=str(answer))
            return Verdict(MessageState.PLANNED, reason="refused"), end
        case InDoubt():
            verdict, outcome = rules.after_doubt(message, one.doubts + 1, now)
            return verdict, End(message_id=message_id, outcome=outcome, error=str(answer))
    chance = random.random()  # noqa: S311 - a pause, not a secret
    verdict, outcome = rules.after_failure(message, one.failures + 1, now, chance, answer.retry_after)
    return verdict, End(message_id=message_id, outcome=outcome, error=str(answer))
