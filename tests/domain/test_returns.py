"""Who may tell us what became of a text: only who knows our secret, and only now."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from booking.domain.errors import StaleRequest, WrongSignature
from booking.domain.returns import GATEWAY, PROVIDERS, is_proof, path_of, proof_of, secret_of, signed_id
from tests.given import NOW

KEY, OTHER = b"the secret of this installation", b"the secret of another one"
BODY = b'{"type": "sms.delivered"}'


def signed(body: bytes = BODY, at=NOW, event: str = "evt-1", key: bytes = KEY, **changed: str) -> dict[str, str]:
    """The headers of a gateway that knows this key."""
    stamp = str(int(at.timestamp()))
    content = b".".join((event.encode(), stamp.encode(), body))
    made = base64.b64encode(hmac.digest(secret_of(key, GATEWAY), content, hashlib.sha256)).decode()
    headers = {"webhook-id": event, "webhook-timestamp": stamp, "webhook-signature": f"v1,{made}"}
    return headers | {name.replace("_", "-"): value for name, value in changed.items()}


def test_a_signature_of_ours_names_the_event():
    assert signed_id(signed(), BODY, KEY, NOW) == "evt-1"


def test_of_several_signatures_one_is_enough():
    several = "v1,AAAA v2,xyz " + signed()["webhook-signature"]

    assert signed_id(signed(webhook_signature=several), BODY, KEY, NOW) == "evt-1"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (signed(), BODY + b" "),
        (signed(key=OTHER), BODY),
        (signed(webhook_id="evt-2"), BODY),
        (signed(webhook_timestamp=str(int(NOW.timestamp()) + 1)), BODY),
        (signed(webhook_signature=""), BODY),
        (signed(webhook_signature="v1,"), BODY),
        (signed(webhook_signature="v1,é"), BODY),
        (signed(webhook_signature="v1a," + signed()["webhook-signature"][3:]), BODY),
        (signed(event=""), BODY),
        (signed(event="e" * 201), BODY),
        ({}, BODY),
    ],
)
def test_what_is_not_signed_by_us_is_refused(headers, body):
    with pytest.raises(WrongSignature):
        signed_id(headers, body, KEY, NOW)


@pytest.mark.parametrize(("minutes", "is_fresh"), [(-5, True), (5, True), (-5.1, False), (5.1, False), (-60, False)])
def test_a_signature_is_good_for_five_minutes(minutes, is_fresh):
    headers = signed(at=NOW + timedelta(minutes=minutes))

    if is_fresh:
        assert signed_id(headers, BODY, KEY, NOW) == "evt-1"
    else:
        with pytest.raises(StaleRequest):
            signed_id(headers, BODY, KEY, NOW)


def test_each_provider_that_signs_nothing_has_an_address_that_nobody_guesses():
    proofs = {proof_of(KEY, provider) for provider in PROVIDERS} | {proof_of(OTHER, "ovh")}

    assert len(proofs) == len(PROVIDERS) + 1 and {len(one) for one in proofs} == {32}
    assert path_of(KEY, "ovh") == f"/retours/ovh/{proof_of(KEY, 'ovh')}"
    assert path_of(KEY, GATEWAY) == "/retours/passerelle"


def test_only_the_whole_proof_opens():
    proof = proof_of(KEY, "ovh")

    assert is_proof(proof, KEY, "ovh")
    assert not any(is_proof(said, KEY, "ovh") for said in ("", proof[:-1], proof + "a", "é", proof_of(KEY, "brevo")))
