"""The secret link by which a partner answers: no account, one referral, some months."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from booking.domain.sites import Site

LIFE = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLink:
    """One link; its secret is made anew from ``id`` whenever it is said, and only the hash of it is kept."""

    id: UUID
    referral_id: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and now < self.expires_at


def secret_of(link_id: UUID, secret: bytes) -> str:
    """43 characters that only this installation can write."""
    return urlsafe_b64encode(hmac.digest(secret, b"referral-link\0" + link_id.bytes, sha256)).decode().rstrip("=")


def address_of(link: ReferralLink, site: Site) -> str:
    """Where a partner answers."""
    return f"{site.url}/o/{secret_of(link.id, site.secret)}"
