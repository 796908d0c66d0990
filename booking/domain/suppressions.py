"""An address to which nothing is sent: its owner does not want it, or it takes nothing."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b, sha256
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker


class Because(StrEnum):
    """Why: asked for, the mail came back, there is no such number, or somebody complained."""

    STOP = "stop"
    BOUNCED = "bounced"
    INVALID = "invalid"
    COMPLAINED = "complained"


# What leaves by machine, and may be refused by who would get it.
REFUSABLE = (Channel.SMS, Channel.EMAIL)
# Only who asked for silence can ask for it to end; what came back is put right by whoever corrects it.
ASKED = (Because.STOP, Because.COMPLAINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that is no longer used. Only its keyed hash is known: whoever has the address can find it here."""

    id: UUID
    channel: Channel
    address_hash: str
    because: Because
    since: datetime
    lifted_at: datetime | None = None


def hash_of(secret: bytes, channel: Channel, address: str) -> str:
    """The same for every person who has this address; of no use to who does not know the secret (HMAC, RFC 2104)."""
    said = f"address:{channel}:{address.strip().lower()}".encode()
    return hmac.digest(secret, said, sha256).hex()


def address_of(person: JobSeeker, channel: Channel) -> str | None:
    """What is written to on this channel; None for a channel without machines."""
    return {Channel.SMS: person.phone, Channel.EMAIL: person.email}.get(channel)


def hashes_of(secret: bytes, person: JobSeeker) -> dict[Channel, str]:
    """The hashes of the addresses that this person has."""
    found = {channel: address_of(person, channel) for channel in REFUSABLE}
    return {channel: hash_of(secret, channel, address) for channel, address in found.items() if address}


def mark_of(person: JobSeeker, address: str) -> str:
    """Enough to tell whether two tries for this person went to the same address, and no more."""
    return blake2b(address.encode(), key=person.id.bytes, digest_size=16).hexdigest()


def of_address(secret: bytes, channel: Channel, address: str, because: Because, now: datetime) -> Suppression:
    """From now on nothing goes there."""
    hashed = hash_of(secret, channel, address)
    return Suppression(id=new_id(now), channel=channel, address_hash=hashed, because=because, since=now)
