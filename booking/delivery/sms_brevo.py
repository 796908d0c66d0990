"""Text messages by Brevo (v3, POST /transactionalSMS/send)."""

import json

from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure, Receipt
from booking.delivery.sms import Texts, digits, refused
from booking.delivery.sms_line import Answer, Line, Request

ADDRESS = "https://api.brevo.com/v3"
# Its codes do not say which parameter it is that cannot be used; its words do.
ABOUT_THE_NUMBER = ("phone", "mobile", "recipient")


class Brevo(Texts):
    """By one account, as transactional messages. It knows no repeat; the tag tells afterwards what was sent."""

    def __init__(self, key: str, sender: str, address: str = ADDRESS, line: Line | None = None) -> None:
        super().__init__(line)
        self._key, self._sender, self._address = key, sender, address

    async def _written(self, letter: Outgoing) -> Request:
        said = {
            "sender": self._sender,
            "recipient": digits(letter),
            "content": letter.body,
            "type": "transactional",
            "tag": letter.key,
            "unicodeEnabled": False,
        }
        headers = {"api-key": self._key, "content-type": "application/json"}
        return Request("POST", f"{self._address}/transactionalSMS/send", headers, json.dumps(said).encode())

    def _read(self, answer: Answer) -> Receipt:
        if answer.is_yes:
            if reference := answer.at("messageId"):
                return Receipt(str(reference))
            raise self._unread()
        if "credit" in str(answer.at("code")):
            raise Misconfigured("no credit")
        said = str(answer.at("message") or "").lower()
        if answer.status == 400 and any(word in said for word in ABOUT_THE_NUMBER):
            raise PermanentFailure("the number gets no texts")
        raise refused(answer)
