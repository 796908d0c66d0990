"""Doubles of the providers we speak with: what each understands, as its documentation says it."""

import hashlib
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from booking.delivery.sms import Texts
from booking.delivery.sms_addresses import texts
from booking.delivery.sms_brevo import Brevo
from booking.delivery.sms_factor import SmsFactor
from booking.delivery.sms_line import Line
from booking.delivery.sms_ovh import Account, Ovh
from tests.delivery.sms_server import STATUS, Heard, Mood, Provider, Said

KEY = "k3y-of-ours"


@dataclass
class _Plain:
    knows_repeats: bool = False

    def beside(self, heard: Heard) -> Said | None:
        return None


@dataclass
class GatewayDouble(_Plain):
    """A gateway of the operator's own choice, which knows letters by a header."""

    knows_repeats: bool = True

    def open(self, address: str, timeout: float) -> Texts:
        body = quote('{"to": "{number}", "what": {"text": "{text}"}}')
        told = (
            f"header=Authorization:{quote(f' Bearer {KEY}')}&idempotency=Idempotency-Key&reference=sms.0.id&body={body}"
        )
        found = texts(f"gateway+{address}/send?from=us#{told}")
        found._line = Line(timeout)
        return found

    def read(self, heard: Heard) -> tuple[str, str, str]:
        assert (heard.method, heard.path) == ("POST", "/send?from=us")
        assert heard.headers["authorization"] == f"Bearer {KEY}"
        return heard.said["to"], heard.said["what"]["text"], heard.headers["idempotency-key"]

    def agree(self, reference: str) -> Said:
        return 202, {"sms": [{"id": int(reference)}]}

    def decline(self, mood: Mood) -> Said:
        odd = {Mood.WANTS_MONEY: 402, Mood.REFUSES_NUMBER: 422}
        return (STATUS | odd)[mood], {"error": "no"}


@dataclass
class AddressedDouble(_Plain):
    """An older gateway, which is told everything in the address and knows no repeat."""

    def open(self, address: str, timeout: float) -> Texts:
        asked = f"key={KEY}&to={{digits}}&text={{text}}&ref={{key}}"
        found = texts(f"gateway+{address}/sms/send?{asked}#reference=id&temporary=500&refused=460")
        found._line = Line(timeout)
        return found

    def read(self, heard: Heard) -> tuple[str, str, str]:
        parts = urlsplit(heard.path)
        said = {name: value for name, (value,) in parse_qs(parts.query, strict_parsing=True).items()}
        assert (heard.method, parts.path, said["key"]) == ("GET", "/sms/send", KEY)
        return f"+{said['to']}", said["text"], said["ref"]

    def agree(self, reference: str) -> Said:
        return 200, {"id": reference}

    def decline(self, mood: Mood) -> Said:
        odd = {Mood.WANTS_MONEY: 402, Mood.REFUSES_NUMBER: 460}
        return (STATUS | odd)[mood], {"error": "no"}


@dataclass
class OvhDouble(_Plain):
    """OVHcloud, whose clock is two hours ahead of ours."""

    ahead: int = 7200
    times_told: int = 0

    def open(self, address: str, timeout: float) -> Texts:
        account = Account("app", "s3cret", KEY, "sms-ab12345-1", "Ateliers")
        return Ovh(account, f"{address}/1.0", Line(timeout))

    def beside(self, heard: Heard) -> Said | None:
        if heard.path == "/1.0/auth/time":
            self.times_told += 1
            return 200, int(time.time()) + self.ahead
        is_timely = abs(int(heard.headers["x-ovh-timestamp"]) - time.time() - self.ahead) < 60
        return None if is_timely else (400, {"errorCode": "QUERY_TIME_OUT", "message": "Query out of time"})

    def read(self, heard: Heard) -> tuple[str, str, str]:
        assert (heard.method, heard.path) == ("POST", "/1.0/sms/sms-ab12345-1/jobs")
        at, url = heard.headers["x-ovh-timestamp"], f"http://{heard.headers['host']}{heard.path}"
        signed = "+".join(["s3cret", KEY, "POST", url, heard.body.decode(), at])
        assert heard.headers["x-ovh-signature"] == "$1$" + hashlib.sha1(signed.encode()).hexdigest()  # noqa: S324
        assert (heard.headers["x-ovh-application"], heard.headers["x-ovh-consumer"]) == ("app", KEY)
        assert heard.said["noStopClause"] is True and heard.said["sender"] == "Ateliers"
        (number,) = heard.said["receivers"]
        return number, heard.said["message"], heard.said["tag"]

    def agree(self, reference: str) -> Said:
        return 200, {"ids": [int(reference)], "invalidReceivers": [], "totalCreditsRemoved": 1}

    def decline(self, mood: Mood) -> Said:
        if mood is Mood.REFUSES_NUMBER:
            return 200, {"ids": [], "validReceivers": [], "invalidReceivers": ["+33639980101"]}
        if mood is Mood.WANTS_MONEY:
            return 400, {"message": "Not enough credits", "class": "Client::BadRequest"}
        return STATUS[mood], {"message": "This call has not been granted", "class": "Client::Forbidden"}


@dataclass
class FactorDouble(_Plain):
    """SMSFactor, which answers by a status of its own."""

    def open(self, address: str, timeout: float) -> Texts:
        return SmsFactor(KEY, "Ateliers", address, Line(timeout))

    def read(self, heard: Heard) -> tuple[str, str, str]:
        assert (heard.method, heard.path) == ("POST", "/send")
        assert heard.headers["authorization"] == f"Bearer {KEY}" and heard.headers["accept"] == "application/json"
        message = heard.said["sms"]["message"]
        assert (message["pushtype"], message["sender"]) == ("alert", "Ateliers")
        (gsm,) = heard.said["sms"]["recipients"]["gsm"]
        return f"+{gsm['value']}", message["text"], gsm["gsmsmsid"]

    def agree(self, reference: str) -> Said:
        return 200, {"status": 1, "message": "OK", "ticket": reference, "sent": 1, "invalid": 0, "npai": 0}

    def decline(self, mood: Mood) -> Said:
        own = {Mood.KNOWS_NOBODY: -1, Mood.FORBIDS: -1, Mood.WANTS_MONEY: -3}
        if mood is Mood.REFUSES_NUMBER:
            return 200, {"status": 1, "message": "OK", "ticket": "1", "sent": 0, "invalid": 1}
        return (200, {"status": own[mood]}) if mood in own else (STATUS[mood], {"status": -99})


@dataclass
class BrevoDouble(_Plain):
    """Brevo, whose errors have a code and words."""

    def open(self, address: str, timeout: float) -> Texts:
        return Brevo(KEY, "Ateliers", f"{address}/v3", Line(timeout))

    def read(self, heard: Heard) -> tuple[str, str, str]:
        assert (heard.method, heard.path) == ("POST", "/v3/transactionalSMS/send")
        assert heard.headers["api-key"] == KEY
        said = heard.said
        assert (said["type"], said["sender"], said["unicodeEnabled"]) == ("transactional", "Ateliers", False)
        return f"+{said['recipient']}", said["content"], said["tag"]

    def agree(self, reference: str) -> Said:
        return 201, {"messageId": int(reference)}

    def decline(self, mood: Mood) -> Said:
        if mood is Mood.REFUSES_NUMBER:
            return 400, {"code": "invalid_parameter", "message": "Invalid telephone number"}
        if mood is Mood.WANTS_MONEY:
            return 402, {"code": "not_enough_credits", "message": "Not enough credits to send the SMS"}
        return STATUS[mood], {"code": "unauthorized", "message": "Key not found"}


PROVIDERS: dict[str, type[Provider]] = {
    "gateway": GatewayDouble,
    "gateway by address": AddressedDouble,
    "ovh": OvhDouble,
    "smsfactor": FactorDouble,
    "brevo": BrevoDouble,
}
