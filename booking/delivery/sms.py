"""Text messages: what every provider has in common. A provider says how it is asked, and what its answer means."""

import re
from datetime import timedelta
from hashlib import blake2b
from typing import Any

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
from booking.delivery.sms_line import Answer, Line, Request
from booking.domain.gates import Trouble
from booking.domain.job_seekers import Channel

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
# Letters that the phone networks show as a name; more than eleven signs they cut off or refuse.
SENDER = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9 .-]{1,11}")
LONGEST_VALIDITY = timedelta(days=2)
PASSING = frozenset({408, 425, 429})
TROUBLES = {401: Trouble.KEY, 403: Trouble.KEY, 402: Trouble.CREDIT}


class Texts:
    """A way out for text messages, safe to be used several times at once.

    ``provider`` names whose gate it passes. ``knows_repeats`` says whether the provider takes a letter once only,
    however often it is handed over, and ``key_life`` for how long. ``can_be_asked`` says whether it tells afterwards
    what it took, ``is_sure`` whether what it does not tell of was not taken, ``tells_credit`` whether it says how many
    texts are left.
    """

    channel = Channel.SMS
    provider = "sms"
    knows_repeats = False
    key_life = timedelta()
    can_be_asked = False
    is_sure = False
    tells_credit = False

    def __init__(self, line: Line | None = None) -> None:
        self._line = line or Line()

    async def send(self, letter: Outgoing) -> Receipt:
        """The provider has taken it. Raises :class:`DeliveryFailed`, whose words hold no number, text or key."""
        if not E164.fullmatch(letter.address):
            raise PermanentFailure("no such number")
        request = await self._written(letter)
        return self._read(await self._line.ask(request, knows_repeats=self.knows_repeats))

    async def lookup(self, key: str) -> Receipt | None:
        """What became of a letter of which nobody knows; None where it is not to be found.

        Raises :class:`DeliveryFailed` where the provider cannot tell now.
        """
        raise NotImplementedError

    async def balance(self) -> float:
        """How many texts may still leave. Raises :class:`DeliveryFailed`."""
        raise NotImplementedError

    async def close(self) -> None:
        """Let go of the connections."""
        await self._line.close()

    async def _told(self, request: Request) -> Answer:
        """The answer to a question, which may be asked as often as one likes."""
        answer = await self._line.ask(request, knows_repeats=True)
        if not answer.is_yes:
            raise refused(answer)
        return answer

    async def _written(self, letter: Outgoing) -> Request:
        raise NotImplementedError

    def _read(self, answer: Answer) -> Receipt:
        raise NotImplementedError

    def _unread(self) -> DeliveryFailed:
        """It agreed, in words that nobody knows."""
        lost = TemporaryFailure if self.knows_repeats else InDoubt
        return lost("an answer that cannot be read")


def refused(answer: Answer) -> DeliveryFailed:
    """What a status means that is no yes and nothing particular of this provider.

    Whatever may be our own fault is no fault of a number: letters wait until somebody has looked.
    """
    said = f"status {answer.status}"
    if is_passing(answer):
        return TemporaryFailure(said, answer.retry_after)
    return Misconfigured(said, TROUBLES.get(answer.status, Trouble.REFUSED))


def is_passing(answer: Answer) -> bool:
    """Whether the same request may be taken later."""
    return answer.status in PASSING or answer.status >= 500


def number_of(said: Any) -> float:
    """What may still leave, as a provider writes it. Raises :class:`Unreachable` for anything else."""
    try:
        return float(said)
    except (TypeError, ValueError):
        raise Unreachable("a credit that cannot be read") from None


def digits(letter: Outgoing) -> str:
    """The number without its plus."""
    return letter.address.removeprefix("+")


def minutes_left(letter: Outgoing) -> int:
    """How long the message is of use, from when it was written; two days at most, a minute at least."""
    left = letter.not_after - letter.written_at if letter.not_after else LONGEST_VALIDITY
    return max(1, int(min(left, LONGEST_VALIDITY) / timedelta(minutes=1)))


def short_key(key: str) -> str:
    """Twenty signs that stand for a letter where its key is too long; the same for every try."""
    return blake2b(key.encode(), digest_size=10).hexdigest()
