"""Conditions of a request: which version it changes, and a key so that it acts once."""

import re
from typing import Annotated
from uuid import UUID

from litestar.params import HeaderParameter

from booking.domain.idempotency import Once, once
from booking.web.errors import InvalidRequest, VersionMissing

IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", description="The ETag of the version that is changed, or `*`.")
]
Key = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        description="1 to 255 visible ASCII characters of your choice: the same key acts once within seven days.",
    ),
]
# A version that no session ever has, so that the refusal names the current one.
NO_VERSION = -1


def etag(version: int) -> str:
    """The strong tag of a version (RFC 9110, 8.8.3)."""
    return f'"{version}"'


def version_of(if_match: str | None) -> int | None:
    """The version to change; None for any (``*``). Raises :class:`VersionMissing` without the header."""
    if if_match is None:
        raise VersionMissing
    if if_match.strip() == "*":
        return None
    found = re.fullmatch(r'"(\d{1,9})"', if_match.strip())
    return int(found.group(1)) if found else NO_VERSION


def version_if_said(if_match: str | None) -> int | None:
    """The same where the header may be left out."""
    return None if if_match is None else version_of(if_match)


def acting_once(staff_id: UUID, key: str | None, *asked: object) -> Once | None:
    """The protection of a request that brought a key. Raises :class:`InvalidRequest` for one that is none."""
    if key is not None and not re.fullmatch(r"[!-~]{1,255}", key):
        raise InvalidRequest(fields={"Idempotency-Key": "wrong-type"})
    return once(staff_id, key, *asked)
