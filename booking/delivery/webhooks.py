"""Calls to other programs: what they are told, and what they answered."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from booking.delivery.outside import NotCalled, Outside, why
from booking.domain.calling import Answer

LARGEST_BODY = 64 * 1024
# Of what the receiver says only the status counts; this much is read so that it can say it to its end.
LARGEST_ANSWER = 16 * 1024


class Receivers(Outside):
    """The programs that are told what happens."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the receiver answered within ten seconds; never raises, whatever it does."""
        try:
            async with asyncio.timeout(self.timeout):
                return await self._post(url, headers, body)
        except (NotCalled, httpx.HTTPError, httpx.InvalidURL, OSError) as failure:
            return Answer(error=why(failure))

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if len(body) > LARGEST_BODY:
            raise NotCalled("too-large")
        own = {"content-type": "application/json", "user-agent": "Ateliers"}
        async with self.answering("POST", url, {**headers, **own}, body) as response:
            await _read(response)
            return Answer(response.status_code, retry_after=wish(response.headers.get("retry-after", "")))


async def _read(response: httpx.Response) -> None:
    left = LARGEST_ANSWER
    async for piece in response.aiter_raw():
        left -= len(piece)
        if left < 0:
            break


def wish(said: str) -> timedelta | None:
    """When to ask again (RFC 9110, 10.2.3): seconds, or a date."""
    if said.isascii() and said.isdigit() and len(said) < 8:
        return timedelta(seconds=int(said))
    try:
        return max(parsedate_to_datetime(said) - datetime.now(UTC), timedelta())
    except (ValueError, TypeError):
        return None
