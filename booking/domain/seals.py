"""The chain over the audit: each seal covers a line and the seal before it, so that no line changes unseen.

Only who knows the key can make a link. What a line says in detail is covered field by field: a field that was erased
leaves its digest behind, and the chain stays whole.
"""

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

FIRST_LINK = "0" * 64
# Of a field of the details so many hexadecimal digits are kept.
FIELD_DIGITS = 32


class FaultKind(StrEnum):
    """What is wrong with a line or a seal."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Fault:
    """``line`` is the number of a line of the audit; of a seal that is missing, or of a cut tail, that of the seal."""

    kind: FaultKind
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the audit, as it stands in the table."""

    id: int
    at: datetime
    staff_id: UUID | None
    agency_id: UUID | None
    action: str
    noun: str
    noun_id: UUID
    via: str
    place: str | None
    sign_in: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The ``n``-th seal, over one line: the digest of each of its details, and the link to all that came before."""

    n: int
    audit_id: int
    details: Mapping[str, str]
    link: str


@dataclass(frozen=True, slots=True)
class Head:
    """Up to which seal somebody knows the chain: what was cut off behind it is missed."""

    n: int
    link: str


START = Head(0, FIRST_LINK)


def key_of(secret: bytes) -> bytes:
    """The key of the chain, made of the secret of the installation and of no use for anything else."""
    return hmac.digest(secret, b"audit chain", "sha256")


def sealed(lines: Sequence[Line], head: Head, key: bytes) -> list[Seal]:
    """A seal for each line, in their order, after the head."""
    seals, n, link = [], head.n, head.link
    for line in lines:
        n += 1
        digests = {name: _digest(name, said, key) for name, said in line.details.items()}
        link = _link(n, line, digests, link, key)
        seals.append(Seal(n=n, audit_id=line.id, details=digests, link=link))
    return seals


def faults(pairs: Sequence[tuple[Seal, Line | None]], before: Seal | None, key: bytes) -> Iterator[Fault]:
    """What is wrong with seals that should follow each other, and with their lines; nothing when all is well."""
    last = before or Seal(n=0, audit_id=0, details={}, link=FIRST_LINK)
    for seal, line in pairs:
        yield from (Fault(FaultKind.REMOVED, n) for n in range(last.n + 1, seal.n))
        if seal.audit_id <= last.audit_id:
            yield Fault(FaultKind.REORDERED, seal.audit_id)
        elif line is None:
            yield Fault(FaultKind.REMOVED, seal.audit_id)
        elif seal.n == last.n + 1 and not _fits(seal, line, last.link, key):
            yield Fault(FaultKind.CHANGED, seal.audit_id)
        last = seal


def was_erased(seal: Seal, line: Line) -> bool:
    """Whether the line says less than it did."""
    return len(line.details) < len(seal.details)


def _fits(seal: Seal, line: Line, link: str, key: bytes) -> bool:
    is_whole = all(seal.details.get(name) == _digest(name, said, key) for name, said in line.details.items())
    return is_whole and hmac.compare_digest(seal.link, _link(seal.n, line, seal.details, link, key))


def _digest(name: str, said: Any, key: bytes) -> str:
    content = json.dumps([name, said], sort_keys=True)
    return hmac.digest(key, content.encode(), "sha256").hex()[:FIELD_DIGITS]


def _link(n: int, line: Line, details: Mapping[str, str], before: str, key: bytes) -> str:
    who = (str(line.staff_id), str(line.agency_id), line.action, line.noun, str(line.noun_id))
    whence = (line.via, line.place, line.sign_in)
    content = json.dumps([before, n, line.id, line.at.timestamp(), *who, *whence, sorted(details.items())])
    return hmac.digest(key, content.encode(), "sha256").hex()
