"""Text messages by SMSFactor (POST /send); the answer's own status counts, not that of HTTP."""

import json

from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure, Receipt, TemporaryFailure
from booking.delivery.sms import Texts, digits, is_passing, refused
from booking.delivery.sms_line import Answer, Line, Request

ADDRESS = "https://api.smsfactor.com"
# The second is being looked at by people there, and leaves: whoever repeats it sends it twice.
TAKEN = (1, -8)
UNKNOWN_ERROR = -99
FAULTS = {-1: "wrong token", -3: "no credit"}
NO_WAY = ("invalid", "blacklisted", "npai", "not_allowed")


class SmsFactor(Texts):
    """By one account. It knows no repeat; the key comes back with its receipts."""

    def __init__(self, token: str, sender: str | None = None, address: str = ADDRESS, line: Line | None = None) -> None:
        super().__init__(line)
        self._token, self._sender, self._address = token, sender, address

    async def _written(self, letter: Outgoing) -> Request:
        message = {"text": letter.body, "pushtype": "alert"} | ({"sender": self._sender} if self._sender else {})
        receiver = {"gsmsmsid": letter.key, "value": digits(letter)}
        said = {"sms": {"message": message, "recipients": {"gsm": [receiver]}}}
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        return Request("POST", f"{self._address}/send", headers, json.dumps(said).encode())

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
        raise Misconfigured(FAULTS.get(status, f"status {status}"))
