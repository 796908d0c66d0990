"""Text messages by Brevo (v3, POST /transactionalSMS/send)."""

import json
from urllib.parse import quote

from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure, Receipt
from booking.delivery.sms import Texts, digits, number_of, refused
from booking.delivery.sms_line import Answer, Line, Request
from booking.domain.gates import Trouble

ADDRESS = "https://api.brevo.com/v3"
# Its codes do not say which parameter it is that cannot be used; its words do.
ABOUT_THE_NUMBER = ("phone", "mobile", "recipient")


class Brevo(Texts):
    """By one account, as transactional messages. It knows no repeat; the tag tells afterwards what was sent.

    Its list of events comes late: what is not in it may have left all the same.
    """

    provider = "sms:brevo"
    can_be_asked = tells_credit = True

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

    async def lookup(self, key: str) -> Receipt | None:
        """By the tag, among the events of the last two days."""
        events = f"{self._address}/transactionalSMS/statistics/events"
        asked = f"{events}?limit=1&days=2&tags={quote(json.dumps([key]), safe='')}"
        found = await self._told(Request("GET", asked, {"api-key": self._key}))
        is_ours = found.at("events", "0", "tag") == key
        return Receipt(str(found.at("events", "0", "messageId") or "")) if is_ours else None

    async def balance(self) -> float:
        """The credits for texts among the plans of the account."""
        plans = (await self._told(Request("GET", f"{self._address}/account", {"api-key": self._key}))).at("plan")
        texts = [one for one in plans or [] if isinstance(one, dict) and one.get("type") == "sms"]
        return number_of(texts[0].get("credits") if texts else None)

    def _read(self, answer: Answer) -> Receipt:
        if answer.is_yes:
            if reference := answer.at("messageId"):
                return Receipt(str(reference))
            raise self._unread()
        if "credit" in str(answer.at("code")):
            raise Misconfigured("no credit", Trouble.CREDIT)
        said = str(answer.at("message") or "").lower()
        if answer.status == 400 and any(word in said for word in ABOUT_THE_NUMBER):
            raise PermanentFailure("the number gets no texts")
        raise refused(answer)
