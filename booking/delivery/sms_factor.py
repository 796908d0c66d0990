"""Text messages by SMSFactor (POST /send); the answer's own status counts, not that of HTTP."""

import json
from typing import Any

from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure, Receipt, TemporaryFailure
from booking.delivery.sms import Texts, digits, is_passing, number_of, refused
from booking.delivery.sms_line import Answer, Line, Request
from booking.domain.gates import Trouble

ADDRESS = "https://api.smsfactor.com"
# The second is being looked at by people there, and leaves: whoever repeats it sends it twice.
TAKEN = (1, -8)
UNKNOWN_ERROR = -99
FAULTS = {-1: ("wrong token", Trouble.KEY), -3: ("no credit", Trouble.CREDIT)}
NO_WAY = ("invalid", "blacklisted", "npai", "not_allowed")


class SmsFactor(Texts):
    """By one account. It knows no repeat and cannot be asked; the key comes back with its receipts."""

    provider = "sms:smsfactor"
    tells_credit = True

    def __init__(self, token: str, sender: str | None = None, address: str = ADDRESS, line: Line | None = None) -> None:
        super().__init__(line)
        self._token, self._sender, self._address = token, sender, address

    async def _written(self, letter: Outgoing) -> Request:
        message = {"text": letter.body, "pushtype": "alert"} | ({"sender": self._sender} if self._sender else {})
        receiver = {"gsmsmsid": letter.key, "value": digits(letter)}
        said = {"sms": {"message": message, "recipients": {"gsm": [receiver]}}}
        headers = self._known() | {"content-type": "application/json"}
        return Request("POST", f"{self._address}/send", headers, json.dumps(said).encode())

    async def balance(self) -> float:
        """The credits of the account."""
        answer = await self._told(Request("GET", f"{self._address}/credits", self._known()))
        if fault := self._fault(answer.at("status")):
            raise fault
        return number_of(answer.at("credits"))

    def _known(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"}

    def _fault(self, status: Any) -> Misconfigured | None:
        return None if status in TAKEN else Misconfigured(*FAULTS.get(status, (f"status {status}",)))

    def _read(self, answer: Answer) -> Receipt:
        status = answer.at("status")
        if not isinstance(status, int) or is_passing(answer):
            raise self._unread() if answer.is_yes else refused(answer)
        if any(answer.at(why) for why in NO_WAY):
            raise PermanentFailure("the number gets no texts")
        if answer.at("flood"):
            raise TemporaryFailure("too many texts to one number")
        if answer.at("country_limit"):
            raise Misconfigured("the limit of this month is reached")
        if status in TAKEN:
            return Receipt(str(answer.at("ticket") or ""))
        if status == UNKNOWN_ERROR:
            raise TemporaryFailure("an error there")
        raise Misconfigured(*FAULTS.get(status, (f"status {status}",)))
