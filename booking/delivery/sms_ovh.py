"""Text messages by OVHcloud (API 1.0, POST /sms/{serviceName}/jobs); each request is signed."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from booking.delivery.letters import DeliveryFailed, Misconfigured, Outgoing, PermanentFailure, Receipt, Unreachable
from booking.delivery.sms import Texts, minutes_left, number_of, refused, short_key
from booking.delivery.sms_line import Answer, Line, Request
from booking.domain.gates import Trouble

ADDRESS = "https://eu.api.ovh.com/1.0"
OUT_OF_TIME = "QUERY_TIME_OUT"


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, and the service that pays; without a sender it is a short number of the provider's."""

    application: str
    secret: str = field(repr=False)
    consumer: str = field(repr=False)
    service: str
    sender: str | None = None


class Ovh(Texts):
    """By one SMS service. OVH knows no repeat; the tag tells afterwards what was sent."""

    provider = "sms:ovh"
    can_be_asked = is_sure = tells_credit = True

    def __init__(self, account: Account, address: str = ADDRESS, line: Line | None = None) -> None:
        super().__init__(line)
        self._account, self._address = account, address
        self._offset: int | None = None

    async def _written(self, letter: Outgoing) -> Request:
        account = self._account
        said = {
            "message": letter.body,
            "receivers": [letter.address],
            "noStopClause": True,
            "validityPeriod": minutes_left(letter),
            "coding": "7bit",
            "charset": "UTF-8",
            "priority": "high",
            "tag": short_key(letter.key),
        }
        said |= {"sender": account.sender} if account.sender else {"senderForResponse": True}
        return self._signed("POST", self._at("/jobs"), json.dumps(said).encode(), await self._their_time())

    async def lookup(self, key: str) -> Receipt | None:
        """By the tag, among the texts that left; while some are still to leave nobody can tell."""
        left = await self._asked(self._at(f"/outgoing?tag={short_key(key)}"))
        if reference := left.at("0"):
            return Receipt(str(reference))
        if (await self._asked(self._at("/jobs"))).said:
            raise Unreachable("texts are still to leave there")
        return None

    async def balance(self) -> float:
        """The credits of the service."""
        return number_of((await self._asked(self._at(""))).at("creditsLeft"))

    def _at(self, path: str) -> str:
        return f"{self._address}/sms/{quote(self._account.service, safe='')}{path}"

    async def _asked(self, url: str) -> Answer:
        return await self._told(self._signed("GET", url, b"", await self._their_time()))

    def _signed(self, method: str, url: str, body: bytes, at: int) -> Request:
        account = self._account
        parts = (account.secret, account.consumer, method, url, body.decode(), str(at))
        # SHA-1 is what the provider asks for.
        signature = hashlib.sha1("+".join(parts).encode(), usedforsecurity=False).hexdigest()
        headers = {
            "content-type": "application/json; charset=utf-8",
            "x-ovh-application": account.application,
            "x-ovh-consumer": account.consumer,
            "x-ovh-timestamp": str(at),
            "x-ovh-signature": f"$1${signature}",
        }
        return Request(method, url, headers, body)

    async def _their_time(self) -> int:
        """The provider's clock, in seconds; asked once, and again when it complains."""
        if self._offset is None:
            answer = await self._line.ask(Request("GET", f"{self._address}/auth/time", {}), knows_repeats=True)
            if not answer.is_yes:
                raise refused(answer)
            if not isinstance(answer.said, int):
                raise Unreachable("a time that cannot be read")
            self._offset = answer.said - int(time.time())
        return int(time.time()) + self._offset

    def _read(self, answer: Answer) -> Receipt:
        if not answer.is_yes:
            raise self._refused(answer)
        if reference := answer.at("ids", "0"):
            return Receipt(str(reference))
        if answer.at("invalidReceivers"):
            raise PermanentFailure("the number gets no texts")
        raise self._unread()

    def _refused(self, answer: Answer) -> DeliveryFailed:
        if answer.at("errorCode") == OUT_OF_TIME:
            self._offset = None
            return Unreachable("our clock was wrong")
        said = str(answer.at("message") or "").lower()
        if "credit" in said:
            return Misconfigured("no credit", Trouble.CREDIT)
        if answer.status == 400 and "receiver" in said:
            return PermanentFailure("the number gets no texts")
        return refused(answer)
