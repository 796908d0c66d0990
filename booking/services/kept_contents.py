"""Entries of calendars, kept by their tag for as long as there is room: who asks next costs no look at the meetings."""

from collections import OrderedDict

from booking.services.feeds import Content

ROOM = 16 * 1024 * 1024
# Calendars without a meeting take no room, but their tags do.
MOST = 10_000


class KeptContents:
    """The entries asked for last in this process. A tag names one content for ever, so nothing kept grows old."""

    def __init__(self, room: int = ROOM, most: int = MOST) -> None:
        self._room, self._left, self._most = room, room, most
        self._contents: OrderedDict[str, Content] = OrderedDict()

    def get(self, tag: str) -> Content | None:
        """The entries with this tag, if they are kept."""
        content = self._contents.get(tag)
        if content is not None:
            self._contents.move_to_end(tag)
        return content

    def keep(self, tag: str, content: Content) -> None:
        """Keep them, and let go of those not asked for the longest; what is beyond all the room is not kept."""
        if len(content.entries) > self._room or tag in self._contents:
            return
        self._contents[tag] = content
        self._left -= len(content.entries)
        while self._left < 0 or len(self._contents) > self._most:
            _, oldest = self._contents.popitem(last=False)
            self._left += len(oldest.entries)
