"""A request that may be sent twice and must act once: it brings a key, and the answer is kept with the deed."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Once:
    """The key a client chose, and a fingerprint of what it asked, so that a key is not used for two things."""

    staff_id: UUID
    key: str
    fingerprint: str


def once(staff_id: UUID, key: str | None, *asked: Any) -> Once | None:
    """None without a key: then the request is not protected, and acts each time."""
    if not key:
        return None
    said = json.dumps(asked, default=str, sort_keys=True)
    return Once(staff_id, key, hashlib.sha256(said.encode()).hexdigest())
