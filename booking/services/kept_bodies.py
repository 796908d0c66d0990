"""Bodies of calendars, kept by their tag for as long as there is room: who asks next is answered without a query."""

from collections import OrderedDict

ROOM = 16 * 1024 * 1024


class KeptBodies:
    """The calendars asked for last in this process. A tag names one content for ever, so nothing kept grows old."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._left = room, room
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, tag: str) -> bytes | None:
        """The body with this tag, if it is kept."""
        body = self._bodies.get(tag)
        if body is not None:
            self._bodies.move_to_end(tag)
        return body

    def keep(self, tag: str, body: bytes) -> None:
        """Keep it, and let go of those not asked for the longest; one beyond all the room is not kept."""
        if len(body) > self._room or tag in self._bodies:
            return
        self._bodies[tag] = body
        self._left -= len(body)
        while self._left < 0:
            _, oldest = self._bodies.popitem(last=False)
            self._left += len(oldest)
