"""The same mails without a database: written beforehand, handed over by the same code to the same server."""

import time

from booking.delivery.letters import Outgoing
from booking.services.handing_over import hand_over, stopwatch
from booking.services.sending import send_due
from tests.benchmarks.outboxes import MORNING, Outbox
from tests.benchmarks.senders import Deliveries, Sink, deliveries
from tests.given import SITE

GROUP = 50
LETTERS = 1000


async def letters(box: Outbox) -> list[Outgoing]:
    """So many of those that would leave now."""
    kept: list[Outgoing] = []
    while len(kept) < LETTERS and await send_due(box.db, Deliveries(Sink(kept)), MORNING, site=SITE):
        """One group after the other."""
    return kept


async def without_database(box: Outbox, smtp: str, seconds: float) -> float:
    """Mails a second."""
    groups = _groups(await letters(box))
    post, sent, begun = deliveries(smtp), 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        group = groups[sent // GROUP % len(groups)]
        answers = await hand_over(post, group, stopwatch(MORNING))
        sent += len(answers)
    took = time.perf_counter() - begun
    await post.close()
    return sent / took


def _groups(written: list[Outgoing]) -> list[list[Outgoing]]:
    return [written[first : first + GROUP] for first in range(0, len(written), GROUP)]
