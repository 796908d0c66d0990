"""Who may tell us what became of text messages: by a signature (Standard Webhooks 1.0), or by an address that nobody
can guess, for providers that sign nothing."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from booking.domain.errors import StaleRequest, WrongSignature

LABEL = b"returns:"
TOLERANCE = timedelta(minutes=5)
VERSION = "v1"
LONGEST_ID = 200
GATEWAY = "passerelle"
# The provider's name in the address, and in the settings.
PROVIDERS = {"passerelle": "gateway", "ovh": "ovh", "smsfactor": "smsfactor", "brevo": "brevo"}


def secret_of(key: bytes, provider: str) -> bytes:
    """What a gateway signs with; made of the installation's own secret each time, kept nowhere."""
    return hmac.digest(key, LABEL + provider.encode(), hashlib.sha256)


def proof_of(key: bytes, provider: str) -> str:
    """The part of the address that nobody can guess: 32 signs (base64url, RFC 4648, 5)."""
    return base64.urlsafe_b64encode(secret_of(key, provider)[:24]).decode()


def is_proof(said: str, key: bytes, provider: str) -> bool:
    """Whether this is that part; compared in constant time."""
    return hmac.compare_digest(proof_of(key, provider).encode(), said.encode(errors="replace"))


def path_of(key: bytes, provider: str) -> str:
    """Where this provider tells us: ``/retours/ovh/…``; who signs needs no more than the name."""
    return f"/retours/{provider}" if provider == GATEWAY else f"/retours/{provider}/{proof_of(key, provider)}"


def signed_id(headers: Mapping[str, str], body: bytes, key: bytes, now: datetime) -> str:
    """The id of a request that is signed with our secret, not longer than five minutes ago.

    Raises :class:`WrongSignature`, :class:`StaleRequest`.
    """
    event, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (0 < len(event) <= LONGEST_ID and event.isascii() and event.isprintable() and stamp.isascii()):
        raise WrongSignature
    content = b".".join((event.encode(), stamp.encode(), body))
    wanted = hmac.digest(secret_of(key, GATEWAY), content, hashlib.sha256)
    given = [_signature(one) for one in headers.get("webhook-signature", "").split()[:10]]
    # Each is compared, whichever fits.
    if not sum(hmac.compare_digest(wanted, one) for one in given):
        raise WrongSignature
    if not (stamp.isdigit() and len(stamp) < 12 and abs(now.timestamp() - int(stamp)) <= TOLERANCE.total_seconds()):
        raise StaleRequest
    return event


def _signature(said: str) -> bytes:
    version, _, signature = said.partition(",")
    try:
        return base64.b64decode(signature, validate=True) if version == VERSION else b""
    except (binascii.Error, ValueError):
        return b""
