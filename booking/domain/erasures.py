"""Erasing a person: what stays is that somebody came, and a mark by which a restored copy is put right again."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

# Who stands in the place of somebody erased, wherever a list or a paper says a name.
ERASED_NAME = ("Personne", "effacée")
# Whoever was promised a word that he is cancelled hears it first, but the wait for it has an end.
LONGEST_WAIT = timedelta(days=7)


class Cause(StrEnum):
    """Why somebody is erased: asked for, written by mistake, kept long enough, or erased before a copy came back."""

    ASKED = "asked"
    MISTAKE = "mistake"
    EXPIRED = "expired"
    RESTORED = "restored"


# What a person may give as the reason; the others are the machine's.
GIVEN = (Cause.ASKED, Cause.MISTAKE)


def hash_of(secret: bytes, person_id: UUID) -> str:
    """The same wherever this identifier turns up again; nothing to who does not know the secret (HMAC, RFC 2104)."""
    return hmac.digest(secret, b"erased:" + person_id.bytes, sha256).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That somebody was erased. It names nobody: a copy that still has the person is recognised by the hash."""

    person_hash: str
    because: Cause
    at: datetime
    agency_id: UUID | None = None
    erased_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody is to be erased as soon as he has heard that his places are cancelled."""

    job_seeker_id: UUID
    because: Cause
    asked_at: datetime
    asked_by: UUID

    def may_wait(self, now: datetime) -> bool:
        """Whether a message that has not left may still hold it up."""
        return now < self.asked_at + LONGEST_WAIT
