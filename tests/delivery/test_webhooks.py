"""Calls to other programs: what arrives there, what its answer means, and where no call ever goes."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from booking.delivery.webhooks import LARGEST_BODY, Receivers
from booking.domain.calling import Answer
from tests.receivers import listening

SIGNED = {"webhook-id": "1", "webhook-signature": "v1,x"}


class Names:
    """Answers what an address is called, in turn; the last answer stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Nowhere(httpx.AsyncBaseTransport):
    """Takes every request, and connects to nobody."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(204, stream=httpx.ByteStream(b""))


async def test_a_program_hears_what_is_sent_with_its_headers():
    async with listening() as listener:
        answer = await Receivers(are_local=True).post(listener.url, SIGNED, b'{"a":"\xc3\xa9"}')

    (heard,) = listener.heard
    assert answer == Answer(204)
    assert (heard.path, heard.body) == ("/recu?de=ateliers", b'{"a":"\xc3\xa9"}')
    assert heard.headers["content-type"] == "application/json"
    assert SIGNED.items() <= heard.headers.items() and heard.headers["host"] == f"127.0.0.1:{listener.port}"


@pytest.mark.parametrize("status", ["200 OK", "410 Gone", "500 Oh"])
async def test_what_it_answers_is_told(status: str):
    async with listening() as listener:
        listener.answers = [status]
        answer = await Receivers(are_local=True).post(listener.url, SIGNED, b"{}")

    assert answer == Answer(int(status[:3]))


async def test_it_is_followed_nowhere():
    async with listening() as elsewhere, listening() as listener:
        listener.answers = [f"307 Temporary Redirect\r\nLocation: {elsewhere.url}"]
        answer = await Receivers(are_local=True).post(listener.url, SIGNED, b"{}")

    assert answer.status == 307 and not answer.is_heard
    assert elsewhere.heard == []


async def test_it_may_say_when_to_come_again():
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    said = ["120", date, "soon", "-5", "9" * 30]
    async with listening() as listener:
        listener.answers = [f"503 Busy\r\nRetry-After: {one}" for one in said]
        answers = [await Receivers(are_local=True).post(listener.url, SIGNED, b"{}") for _ in said]

    seconds, dated, *unread = [answer.retry_after for answer in answers]
    assert seconds == timedelta(minutes=2)
    assert timedelta(minutes=59) < dated <= timedelta(hours=1)
    assert unread == [None, None, None]


async def test_who_says_nothing_is_left_after_a_while():
    async with listening() as listener:
        listener.answers = [None]
        answer = await Receivers(are_local=True, timeout=0.2).post(listener.url, SIGNED, b"{}")

    assert answer == Answer(error="timeout")


async def test_who_says_too_much_is_not_heard_to_the_end():
    async with listening() as listener:
        listener.body = b"x" * 5_000_000
        listener.answers = ["200 OK"]
        answer = await Receivers(are_local=True).post(listener.url, SIGNED, b"{}")

    assert answer == Answer(200)


async def test_where_nobody_listens_nobody_answers():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = await Receivers(are_local=True).post(f"http://127.0.0.1:{taken.getsockname()[1]}", SIGNED, b"{}")

    assert answer == Answer(error="no-answer")


async def test_who_cannot_prove_who_he_is_is_told_nothing():
    async with listening() as listener:
        secured = listener.url.replace("http:", "https:")
        answer = await Receivers(are_local=True, timeout=1).post(secured, SIGNED, b"{}")

    assert answer.status is None and listener.heard == []


async def test_a_body_that_is_too_large_is_not_sent():
    async with listening() as listener:
        answer = await Receivers(are_local=True).post(listener.url, SIGNED, b"x" * (LARGEST_BODY + 1))

    assert (answer, listener.heard) == (Answer(error="too-large"), [])


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["169.254.169.254"], ["::1"], ["10.1.2.3"], ["::ffff:10.1.2.3"], ["8.8.8.8", "192.168.0.1"], []],
)
async def test_a_name_that_leads_into_our_own_networks_is_not_called(addresses: list[str]):
    nowhere = Nowhere()
    receivers = Receivers(resolve=Names(addresses), transport=nowhere)

    answer = await receivers.post("https://suivi.example.org/recu", SIGNED, b"{}")

    assert answer == Answer(error="not-public" if addresses else "no-such-name")
    assert nowhere.requests == []


@pytest.mark.parametrize("url", ["http://suivi.example.org", "https://127.0.0.1", "https://[::1]", "https://a.fr:8443"])
async def test_an_address_that_nobody_should_have_written_is_not_even_resolved(url: str):
    names = Names(["8.8.8.8"])

    answer = await Receivers(resolve=names, transport=Nowhere()).post(url, SIGNED, b"{}")

    assert (answer, names.asked) == (Answer(error="not-public"), 0)


async def test_the_call_goes_to_the_very_address_that_was_looked_at():
    """A name that changes its mind in between (DNS rebinding) is asked once only."""
    names, nowhere = Names(["93.184.216.34", "93.184.216.35"], ["127.0.0.1"]), Nowhere()

    answer = await Receivers(resolve=names, transport=nowhere).post("https://suivi.example.org/recu?a=b", SIGNED, b"{}")

    (request,) = nowhere.requests
    assert (answer.is_heard, names.asked) == (True, 1)
    assert str(request.url) == "https://93.184.216.34/recu?a=b"
    assert request.headers["host"] == "suivi.example.org"
    assert request.extensions["sni_hostname"] == "suivi.example.org"


async def test_an_address_of_six_groups_stands_in_brackets():
    nowhere = Nowhere()

    await Receivers(resolve=Names(["2606:4700::1111"]), transport=nowhere).post("https://a.example/", SIGNED, b"{}")

    assert nowhere.requests[0].url.host == "2606:4700::1111"


async def test_a_name_that_does_not_exist_is_told_so():
    for host in ("nobody-is-called-so.invalid", f"{'a' * 64}.example"):
        assert await Receivers().post(f"https://{host}/recu", SIGNED, b"{}") == Answer(error="no-such-name")
