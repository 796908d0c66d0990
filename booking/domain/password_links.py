"""A link by which somebody chooses a password: once, and not for long."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class LinkKind(StrEnum):
    """Why somebody is to choose a password."""

    INVITED = "invited"
    FORGOTTEN = "forgotten"


LIVES = {LinkKind.INVITED: timedelta(days=7), LinkKind.FORGOTTEN: timedelta(minutes=30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLink:
    """One link; the secret in it is made anew from ``id`` whenever it is said."""

    id: UUID
    staff_id: UUID
    kind: LinkKind
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether a password can be chosen by it."""
        return self.used_at is None and now < self.expires_at


def secret_of(link_id: UUID, secret: bytes) -> str:
    """43 characters that only this installation can write, so that no database and no queue of mails holds them."""
    return urlsafe_b64encode(hmac.digest(secret, b"password-link\0" + link_id.bytes, sha256)).decode().rstrip("=")
