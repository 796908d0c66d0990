"""Lists page by page: where one page ended is where the next begins, however much is added meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar.di import Provide
from litestar.params import QueryParameter

from booking.web.api.instants import near
from booking.web.errors import InvalidRequest
from booking.web.security import AnyRequest

T = TypeVar("T")
MOST = 200
# Eight bytes with a sign.
LARGEST = 2**63 - 1

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description=f"How many at most, 1 to {MOST}.")]
After = Annotated[str | None, QueryParameter(description="Where the page before ended; take it from its `next`.")]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for."""

    request: AnyRequest
    after: str | None
    limit: int

    @property
    def most(self) -> int:
        """One more than is shown, to know whether anything follows."""
        return self.limit + 1

    def behind(self, kind: type[T]) -> T | None:
        """The place behind the cursor, which is of ours. Raises :class:`InvalidRequest` for anything else."""
        if self.after is None:
            return None
        try:
            place = msgspec.json.decode(urlsafe_b64decode(self.after + "=" * (-len(self.after) % 4)), type=kind)
            for part in place if isinstance(place, tuple) else ():
                _must_be_storable(part)
        except ValueError as error:
            raise InvalidRequest(fields={"after": "wrong-type"}) from error
        return place

    def following(self, found: Sequence[Any], *last: Any) -> str | None:
        """The address of the next page, when more was found than is shown; ``last`` is the place of what is shown."""
        if len(found) <= self.limit:
            return None
        asked = dict(self.request.query_params.items()) | {"after": cursor(*last)}
        return f"{self.request.url.path}?{urlencode(asked)}"


def _must_be_storable(part: object) -> None:
    """Do nothing, or raise ValueError for what no database could compare with its own."""
    if isinstance(part, datetime):
        near(part)
    if isinstance(part, int) and abs(part) > LARGEST:
        raise ValueError("out-of-range")


def cursor(*place: Any) -> str:
    """A place in a list, for the next request."""
    return urlsafe_b64encode(msgspec.json.encode(place)).rstrip(b"=").decode()


def _asked(request: AnyRequest, after: After = None, limit: Limit = 50) -> Page:
    return Page(request, after, limit)


PAGED = {"page": Provide(_asked, sync_to_thread=False)}
