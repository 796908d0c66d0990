"""Text messages by any gateway that speaks HTTP, described by the operator."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from booking.delivery.letters import Outgoing, PermanentFailure, Receipt, TemporaryFailure
from booking.delivery.sms import Texts, minutes_left, number_of, refused
from booking.delivery.sms_line import Answer, Line, Request

PLACEHOLDERS = ("number", "digits", "text", "key", "minutes")
REFUSED = frozenset({400, 422})
# How long a gateway knows a key, unless the operator says otherwise.
LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """How a gateway is asked. Address and body hold placeholders in braces; without a body it is asked by GET.

    ``idempotency`` names the header by which the gateway knows a repeat, for as long as ``life``; ``reference`` is the
    way to its reference in the JSON of the answer; ``temporary`` and ``refused`` are statuses. ``credit`` is an address
    that tells how many texts are left, and ``credit_at`` the way to that number.
    """

    address: str = field(repr=False)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    idempotency: str | None = None
    life: timedelta = LIFE
    credit: str | None = field(default=None, repr=False)
    credit_at: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    temporary: frozenset[int] = frozenset()
    refused: frozenset[int] = REFUSED


class Gateway(Texts):
    """By one gateway."""

    def __init__(self, description: Description, line: Line | None = None) -> None:
        super().__init__(line)
        self._as_told = description
        self.knows_repeats = description.idempotency is not None
        self.key_life = description.life if self.knows_repeats else timedelta()
        self.tells_credit = description.credit is not None
        self.provider = f"sms:{urlsplit(description.address).hostname}"

    async def balance(self) -> float:
        """As the operator says it can be asked."""
        told = self._as_told
        answer = await self._told(Request("GET", told.credit or told.address, dict(told.headers)))
        return number_of(answer.at(*told.credit_at))

    async def _written(self, letter: Outgoing) -> Request:
        told, values = self._as_told, _values(letter)
        url = filled(told.address, {name: quote(value, safe="") for name, value in values.items()})
        headers = dict(told.headers)
        if told.idempotency:
            headers[told.idempotency] = letter.key
        if told.body is None:
            return Request("GET", url, headers)
        body = json.dumps(_filled_within(told.body, values)).encode()
        return Request("POST", url, {"content-type": "application/json"} | headers, body)

    def _read(self, answer: Answer) -> Receipt:
        told = self._as_told
        if answer.status in told.temporary:
            raise TemporaryFailure(f"status {answer.status}", answer.retry_after)
        if answer.status in told.refused:
            raise PermanentFailure("the number gets no texts")
        if not answer.is_yes:
            raise refused(answer)
        if not told.reference:
            return Receipt()
        reference = answer.at(*told.reference)
        if not isinstance(reference, str | int) or reference == "":
            raise self._unread()
        return Receipt(str(reference)[:200])


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with a value for each placeholder; a value is never looked at for placeholders."""
    first, *rest = template.split("{")
    return first + "".join(_part(one, values) for one in rest)


def _part(said: str, values: Mapping[str, str]) -> str:
    name, closed, after = said.partition("}")
    return values[name] + after if closed and name in values else "{" + said


def _filled_within(said: Any, values: Mapping[str, str]) -> Any:
    """The same JSON, its texts filled: whatever a text holds cannot leave its place."""
    if isinstance(said, str):
        return filled(said, values)
    if isinstance(said, list):
        return [_filled_within(one, values) for one in said]
    if isinstance(said, dict):
        return {name: _filled_within(one, values) for name, one in said.items()}
    return said


def _values(letter: Outgoing) -> dict[str, str]:
    said = (letter.address, letter.address.removeprefix("+"), letter.body, letter.key, str(minutes_left(letter)))
    return dict(zip(PLACEHOLDERS, said, strict=True))
