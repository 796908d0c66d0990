"""How a program knows that a webhook comes from here (Standard Webhooks 1.0): shared secrets, and what they sign."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.webhooks import Endpoint

LABEL = b"webhook"
PREFIX = "whsec_"
# After a new secret the one before signs too, so that the receiver is changed without losing anything.
OVERLAP = timedelta(hours=24)


def secret_of(key: bytes, endpoint_id: UUID, version: int) -> bytes:
    """The secret of an endpoint: made of the installation's own each time, kept nowhere."""
    return hmac.digest(key, LABEL + endpoint_id.bytes + version.to_bytes(4, "big"), hashlib.sha256)


def secrets_of(key: bytes, endpoint: Endpoint, now: datetime) -> tuple[bytes, ...]:
    """The secrets that sign at this time, the latest first."""
    is_fresh = endpoint.rotated_at is not None and now < endpoint.rotated_at + OVERLAP
    versions = [endpoint.version, endpoint.version - 1] if is_fresh else [endpoint.version]
    return tuple(secret_of(key, endpoint.id, version) for version in versions)


def written(secret: bytes) -> str:
    """A secret as the libraries of receivers take it."""
    return PREFIX + base64.b64encode(secret).decode()


def read(said: str) -> bytes:
    """The bytes of a secret that was written."""
    return base64.b64decode(said.removeprefix(PREFIX))


def headers(key: str, now: datetime, body: bytes, secrets: tuple[bytes, ...]) -> dict[str, str]:
    """Who sends what and when: ``key`` stays the same for every repeat, one signature for each secret."""
    stamp = str(int(now.timestamp()))
    content = b".".join((key.encode(), stamp.encode(), body))
    signed = (base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode() for secret in secrets)
    return {
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signed),
    }
