"""A copy of a calendar elsewhere: fetched, read by a program of its own, or a word for why not."""

from dataclasses import dataclass
from datetime import datetime

from booking.delivery.calendar_readers import Reader
from booking.delivery.fetching import Fetcher, NotFetched
from booking.domain.external_calendars import AHEAD, BACK, ExternalCalendar
from calendars.foreign import Unreadable
from calendars.importing import Imported


class NotCopied(Exception):
    """There is no new copy; the argument says why in one word."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a calendar says, or None when it is still what it was; and by what to ask whether it changed."""

    said: Imported | None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Copier:
    """Who fetches, and who reads."""

    fetcher: Fetcher
    reader: Reader

    @classmethod
    def usual(cls, *, are_local: bool = False) -> "Copier":
        """From public places; with ``are_local`` from this machine, too: for trying out."""
        return cls(Fetcher(are_local=are_local), Reader())

    async def copy(self, calendar: ExternalCalendar, zone: str, now: datetime) -> Copy:
        """What stands at its address now. Raises :class:`NotCopied`, and nothing else."""
        asked = ("", "") if calendar.is_to_renew(now) else (calendar.etag, calendar.last_modified)
        try:
            found = await self.fetcher.fetch(calendar.url or "", *asked)
        except NotFetched as failure:
            raise NotCopied(str(failure)) from failure
        if found.body is None:
            return Copy(None)
        return Copy(await self.read(found.body, zone, now), found.etag, found.last_modified)

    async def read(self, body: bytes, zone: str, now: datetime) -> Imported:
        """What a file says from now on. Raises :class:`NotCopied`, and nothing else."""
        try:
            return await self.reader.read(body, zone, now - BACK, now + AHEAD)
        except Unreadable as refusal:
            raise NotCopied(refusal.why.value) from refusal
