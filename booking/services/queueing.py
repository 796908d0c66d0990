"""While a group is judged: as many letters leave by each channel as its gate has room for, the others wait in turn."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sending import Verdict
from booking.services import passing
from booking.services.concluding import Begun
from booking.services.passing import Passage
from booking.services.setting_apart import together
from booking.storage.database import Tx


class Queue:
    """The room that is left at each gate."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._left = {channel: passage.room(channel) for channel in passage.terms}

    def judged(self, verdict: Verdict) -> Verdict:
        """What would leave and finds no room keeps its time."""
        channel = verdict.channel
        if verdict.state is not MessageState.SENDING or channel is None:
            return verdict
        if self._left[channel] <= 0:
            return self._queued(channel)
        self._left[channel] -= 1
        return verdict

    async def let_through(self, tx: Tx, begun: Sequence[Begun], verdicts: dict[UUID, Verdict]) -> list[Begun]:
        """Those that leave now that the gates are asked for good; a verdict is added for each of the others."""
        now = together(begun)
        wanted = Counter(one.attempt.channel for one in begun if one.message.id in now)
        granted = await passing.take(tx, self._passage, wanted)
        leaving = []
        for one in begun:
            channel = one.attempt.channel
            if one.message.id in now and granted[channel] > 0:
                granted[channel] -= 1
                leaving.append(one)
            else:
                verdicts[one.message.id] = self._queued(channel)
        return leaving

    def _queued(self, channel: Channel) -> Verdict:
        why = "resting" if self._passage.is_trying(channel) else "queued"
        return Verdict(MessageState.PLANNED, channel, why)
