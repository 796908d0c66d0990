"""What is told to other programs, how it is signed, and where it may go."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from booking.domain import calling, signatures
from booking.domain.calling import MOST_TRIES, Answer, after, gave_up
from booking.domain.errors import InvalidField
from booking.domain.identifiers import new_id
from booking.domain.networks import is_public
from booking.domain.webhooks import CHOICES, EVENTS, DeliveryState, Endpoint, Line, Why
from tests.given import DAY, NOW

KEY = b"the installation's own secret"


def an_endpoint(**known: object) -> Endpoint:
    usual = {"name": "Suivi", "url": "https://suivi.example.org/recu", "events": ("booking.booked",)}
    return Endpoint(id=new_id(NOW), created_by=new_id(NOW), created_at=NOW, **(usual | known))  # type: ignore[arg-type]


def a_line(**known: object) -> Line:
    usual = {"id": 7, "at": NOW, "agency_id": new_id(NOW), "noun": "booking", "action": "booked", "details": {}}
    return Line(noun_id=new_id(NOW), **(usual | known))  # type: ignore[arg-type]


def test_a_signature_is_the_one_of_the_published_example():
    secret = signatures.read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)

    sent = signatures.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', (secret,))

    assert sent == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_is_made_of_the_installation_s_the_endpoint_and_the_version():
    one, other = an_endpoint(), an_endpoint()

    made = {signatures.secret_of(key, e.id, n) for key in (KEY, b"another") for e in (one, other) for n in (0, 1)}

    assert len(made) == 8 and {len(secret) for secret in made} == {32}
    assert signatures.secret_of(KEY, one.id, 1) in made
    assert {signatures.read(signatures.written(secret)) for secret in made} == made


def test_for_a_day_the_secret_before_signs_too():
    endpoint = an_endpoint(version=1, rotated_at=NOW)
    latest, before = (signatures.secret_of(KEY, endpoint.id, version) for version in (1, 0))

    assert signatures.secrets_of(KEY, endpoint, NOW) == (latest, before)
    assert signatures.secrets_of(KEY, endpoint, NOW + DAY) == (latest,)
    assert len(signatures.headers("1", NOW, b"{}", (latest, before))["webhook-signature"].split()) == 2


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.8.9.1 0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 169.254.169.254 172.16.0.1 172.31.255.255
    192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1
    2002:7f00:1:: 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1""".split(),
)
def test_an_address_of_our_own_networks_is_not_public(address: str):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:4007::1", "2606:4700::1111"])
def test_an_address_of_the_internet_is_public(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    """http://suivi.example.org ftp://suivi.example.org https://suivi.example.org:8443 https://suivi.example.org:0
    https://a:b@suivi.example.org https://suivi.example.org/#x https://localhost https://intranet https://127.0.0.1
    https://[::1]/ https://10.0.0.1/x https://[::ffff:10.0.0.1]/ https://169.254.169.254/latest https:///x https://
    https://suivi.example.org:99999 https://[suivi javascript:alert(1) suivi.example.org //suivi.example.org
    https://suivi.example.org\\@10.0.0.1/ https://exémple.org""".split(),
)
def test_an_address_that_nobody_may_call_is_refused(url: str):
    with pytest.raises(InvalidField) as refused:
        an_endpoint(url=url).checked()

    assert refused.value.facts["fields"] == {"url": "not-a-receiver"}


@pytest.mark.parametrize(
    "url", ["https://suivi.example.org", "https://suivi.example.org:443/a?b=c", "https://8.8.8.8/"]
)
def test_an_address_of_the_internet_is_taken(url: str):
    assert an_endpoint(url=url).checked().url == url


def test_the_first_request_goes_where_it_says_whatever_the_blanks():
    for url in ("https://suivi.example.org/ x", "https://suivi.example.org/\n", "\thttps://suivi.example.org"):
        with pytest.raises(InvalidField):
            an_endpoint(url=url).checked()


def test_what_is_wrong_with_an_endpoint_is_told_by_field():
    wrong = an_endpoint(name=" ", events=(), url="https://e.fr/" + "x" * 500)

    with pytest.raises(InvalidField) as refused:
        wrong.checked()
    with pytest.raises(InvalidField) as unknown:
        an_endpoint(events=("booking.booked", "booking.eaten")).checked()

    assert refused.value.facts["fields"] == {"name": "required", "url": "too-long", "events": "nothing-chosen"}
    assert unknown.value.facts["fields"] == {"events": "unknown-choice"}


def test_only_who_tries_out_may_call_this_machine():
    assert an_endpoint(url="http://127.0.0.1:9000/x").checked(may_be_local=True)
    for url in ("ftp://127.0.0.1/x", "http://", "http://a:b@127.0.0.1", "127.0.0.1"):
        with pytest.raises(InvalidField):
            an_endpoint(url=url).checked(may_be_local=True)


def test_what_is_told_is_an_event_an_id_a_time_and_where_to_read_more():
    line = a_line(details={"party": "person", "moved_from": "an-id"}, action="cancelled")

    told = line.payload()

    assert told == {
        "type": "booking.cancelled",
        "timestamp": "2026-10-19T08:00:00+00:00",
        "data": {
            "id": str(line.noun_id),
            "agency_id": str(line.agency_id),
            "path": f"/api/v1/bookings/{line.noun_id}",
            "party": "person",
            "moved_from": "an-id",
        },
    }


def test_what_somebody_wrote_is_not_told():
    line = a_line(action="cancelled", details={"because": "Madame Diallo est malade", "then": "call", "name": "Diallo"})

    assert "Diallo" not in json.dumps(line.payload())


def test_every_event_is_named_after_a_noun_and_what_became_of_it():
    assert all(name.count(".") == 1 for name in EVENTS.values())
    assert len(set(CHOICES)) == len(CHOICES) and "webhook.test" not in CHOICES


def test_who_took_it_is_told_no_more_of_it():
    assert after(Answer(204), 1, NOW, 0).state is DeliveryState.DELIVERED


@pytest.mark.parametrize("answer", [Answer(500), Answer(404), Answer(302), Answer(error="timeout")])
def test_the_pauses_grow_until_it_is_given_up(answer: Answer):
    verdicts = [after(answer, tries, NOW, 0) for tries in range(1, MOST_TRIES + 1)]

    pauses = [verdict.due_at - NOW for verdict in verdicts[:-1]]
    assert {verdict.state for verdict in verdicts[:-1]} == {DeliveryState.PLANNED}
    assert pauses == sorted(pauses) and (pauses[0], pauses[-1]) == (timedelta(seconds=5), timedelta(hours=24))
    assert verdicts[-1].state is DeliveryState.DEAD


def test_a_pause_is_a_little_longer_by_chance_and_as_long_as_the_receiver_wants():
    busy = Answer(429, retry_after=timedelta(minutes=2))
    for_ever = replace(busy, retry_after=timedelta(days=400))

    assert after(Answer(500), 1, NOW, 1).due_at == NOW + timedelta(seconds=5.5)
    assert after(busy, 1, NOW, 0).due_at == NOW + timedelta(minutes=2)
    assert after(busy, 3, NOW, 0).due_at == NOW + timedelta(minutes=30)
    assert after(for_ever, 1, NOW, 0).due_at == NOW + timedelta(hours=24)


def test_who_is_gone_or_failed_for_days_is_told_nothing_more():
    since = an_endpoint(failing_since=NOW - calling.PATIENCE)

    assert after(Answer(410), 1, NOW, 0).state is DeliveryState.DEAD
    assert gave_up(an_endpoint(), Answer(410), NOW) is Why.GONE
    assert gave_up(since, Answer(500), NOW) is Why.FAILING
    assert gave_up(since, Answer(500), NOW - DAY) is None
    assert gave_up(an_endpoint(), Answer(500), NOW) is None


GUIDE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def test_the_guide_says_how_to_check_a_signature():
    """Its function is run with its example, and refuses everything that is a little different."""
    text = GUIDE.read_text()
    told = dict(re.findall(r"^\| ([\w-]+) \| `(.+)` \|$", text, re.MULTILINE))
    (source,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    guide: dict[str, Any] = {}
    exec(source, guide)  # noqa: S102 - our own guide
    headers = {name: value for name, value in told.items() if name.startswith("webhook-")}
    body = told["corps"].encode()

    def check(secret: str, headers: dict[str, str], body: bytes) -> bool:
        return guide["is_from_ateliers"](secret, headers, body)

    several = headers | {"webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    assert check(told["secret"], headers, body) and check(told["secret"], several, body)
    assert not check(told["secret"], headers, body + b" ")
    assert not check(told["secret"], headers | {"webhook-timestamp": "1614265331"}, body)
    assert not check(signatures.written(KEY), headers, body)


def test_the_guide_names_every_event():
    named = set(re.findall(r"`(\w+\.\w+)`", GUIDE.read_text()))

    assert named == {*CHOICES, "webhook.test"}


def test_it_is_told_again_for_three_days_as_the_standard_has_it():
    pauses = [after(Answer(500), tries, NOW, 0).due_at - NOW for tries in range(1, MOST_TRIES)]

    hours = [pause / timedelta(hours=1) for pause in pauses[2:]]
    assert pauses[:2] == [timedelta(seconds=5), timedelta(minutes=5)]
    assert hours == [0.5, 2, 5, 10, 14, 20, 24]


@pytest.mark.parametrize(("status", "is_heard"), [(199, False), (200, True), (299, True), (300, False), (None, False)])
def test_only_a_word_of_success_counts_as_heard(status, is_heard):
    assert Answer(status).is_heard is is_heard


def test_who_answers_again_after_days_is_not_given_up():
    since = an_endpoint(failing_since=NOW - 5 * DAY)

    assert gave_up(since, Answer(204), NOW) is None
    assert gave_up(since, Answer(500), NOW - timedelta(seconds=1)) is None
    assert gave_up(since, Answer(500), NOW) is Why.FAILING
