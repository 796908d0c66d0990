"""What a provider of text messages can be asked afterwards: the same of each that tells at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from booking.delivery.letters import DeliveryFailed, InDoubt, Misconfigured, Receipt, TemporaryFailure, Unreachable
from booking.delivery.sms import Texts, short_key
from booking.delivery.sms_addresses import BadAddress, texts
from booking.delivery.sms_line import Line
from booking.domain.gates import Trouble
from tests.delivery.sms_providers import PROVIDERS
from tests.delivery.sms_server import Heard, Said, open_desk

KEY = "01a1532c-b000-7939-a6a0-ecd6ae8c8c8b"
TIMEOUT = 5.0
OVH, TAGGED = "/1.0/sms/sms-ab12345-1", f"?tag={short_key(KEY)}"
EVENTS = "/v3/transactionalSMS/statistics/events?limit=1&days=2&tags=" + quote(json.dumps([KEY]), safe="")

TAKEN = {
    "ovh": {f"{OVH}/outgoing{TAGGED}": [70001]},
    "brevo": {EVENTS: {"events": [{"tag": KEY, "messageId": "70001", "event": "sent"}]}},
}
NOT_TAKEN = {
    "ovh": {f"{OVH}/outgoing{TAGGED}": [], f"{OVH}/jobs": []},
    "brevo": {EVENTS: {"events": []}},
}
CREDIT = {
    "ovh": {OVH: {"creditsLeft": 1250.5, "name": "sms-ab12345-1"}},
    "smsfactor": {"/credits": {"status": 1, "message": "OK", "credits": "1250.5"}},
    "brevo": {"/v3/account": {"plan": [{"type": "free", "credits": 300}, {"type": "sms", "credits": 1250.5}]}},
    "gateway with credit": {"/account": {"left": {"texts": 1250.5}}},
}
ASKED = [(name, "lookup") for name in TAKEN] + [(name, "balance") for name in CREDIT]


@dataclass
class Asked:
    """A provider that is asked, and answers by address."""

    name: str
    answers: Mapping[str, object]
    status: int = 200
    knows_repeats: bool = False

    def open(self, address: str, timeout: float) -> Texts:
        if self.name == "gateway with credit":
            told = "header=Authorization:KEY&credit=/account&credit_at=left.texts"
            found = texts(f"gateway+{address}/send?to={{digits}}&text={{text}}#{told}")
            found._line = Line(timeout)
            return found
        return PROVIDERS[self.name]().open(address, timeout)

    def beside(self, heard: Heard) -> Said:
        if heard.path.endswith("/auth/time"):
            return 200, 1_790_000_000
        assert heard.method == "GET" and heard.body == b""
        return self.status, self.answers.get(heard.path)


async def ask(provider: Asked, what: str) -> object:
    async with open_desk(provider) as desk:
        post = provider.open(desk.address, TIMEOUT)
        try:
            return await (post.balance() if what == "balance" else post.lookup(KEY))
        finally:
            await post.close()


@pytest.mark.parametrize("name", [*TAKEN])
async def test_a_letter_that_was_taken_is_found_by_its_key(name):
    assert await ask(Asked(name, TAKEN[name]), "lookup") == Receipt("70001")


@pytest.mark.parametrize("name", [*NOT_TAKEN])
async def test_a_letter_that_never_arrived_is_not(name):
    assert await ask(Asked(name, NOT_TAKEN[name]), "lookup") is None


async def test_while_texts_are_still_to_leave_nobody_can_tell():
    waiting = {f"{OVH}/outgoing{TAGGED}": [], f"{OVH}/jobs": [70001]}

    with pytest.raises(Unreachable):
        await ask(Asked("ovh", waiting), "lookup")


@pytest.mark.parametrize("name", [*CREDIT])
async def test_the_credit_is_told_in_texts(name):
    assert await ask(Asked(name, CREDIT[name]), "balance") == 1250.5


@pytest.mark.parametrize("name", [*CREDIT])
async def test_a_credit_that_cannot_be_read_is_none(name):
    odd = {address: {"plan": "?", "status": 1} for address in CREDIT[name]}

    with pytest.raises(DeliveryFailed):
        await ask(Asked(name, odd), "balance")


@pytest.mark.parametrize(("name", "what"), ASKED)
async def test_who_cannot_tell_now_says_so(name, what):
    with pytest.raises(TemporaryFailure) as failed:
        await ask(Asked(name, {}, status=503), what)

    assert not isinstance(failed.value, InDoubt)


@pytest.mark.parametrize(("name", "what"), ASKED)
async def test_a_wrong_key_is_named(name, what):
    with pytest.raises(Misconfigured) as failed:
        await ask(Asked(name, {}, status=401), what)

    assert failed.value.trouble is Trouble.KEY


def test_each_says_what_it_can_be_asked():
    able = {name: double().open("http://127.0.0.1:9", TIMEOUT) for name, double in PROVIDERS.items()}

    assert {name for name, one in able.items() if one.can_be_asked} == set(TAKEN)
    assert {name for name, one in able.items() if one.is_sure} == {"ovh"}
    assert {name for name, one in able.items() if one.tells_credit} == set(CREDIT) - {"gateway with credit"}
    assert {name for name, one in able.items() if one.knows_repeats} == {"gateway"}


@pytest.mark.parametrize("beside", ["https://elsewhere.example/account", "http://sms.example/account", "//x.example"])
def test_the_key_of_a_gateway_is_shown_to_nobody_else(beside):
    with pytest.raises(BadAddress):
        texts(f"gateway+https://sms.example/send?to={{digits}}&text={{text}}#credit={beside}")


@pytest.mark.parametrize(("said", "minutes"), [("", 24 * 60), ("&life=30", 30)])
def test_a_gateway_knows_a_key_for_as_long_as_it_says(said, minutes):
    gateway = texts(f"gateway+https://sms.example/send?to={{digits}}&text={{text}}#idempotency=Key{said}")

    assert gateway.key_life.total_seconds() == minutes * 60
    assert gateway.provider == "sms:sms.example"
