"""A mail that came back (RFC 3464): which of ours, to whom, and whether for good; nothing is guessed from its words."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message
from uuid import UUID

from booking.delivery.replies import LARGEST_MAIL, MOST_PARTS
from booking.domain.receipts import Fate

REPORT, STATUS = "multipart/report", "message/delivery-status"
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
# No such address, and one that takes no mail any more (RFC 3463). A full box or our own bad name passes.
_FOR_GOOD = re.compile(r"\b5\.(1\.([1236]|10)|2\.1)\b")
_OURS = re.compile(r"<([0-9a-f-]{36})@([^<>@\s]+)>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """``key`` is the key of our letter; ``addresses`` those that it was for, in small letters. Without a ``fate`` it is
    late only, and its server still tries."""

    key: UUID
    domain: str
    addresses: frozenset[str]
    fate: Fate | None


def bounced(content: bytes) -> Bounce | None:
    """What a report says of a mail of ours that was not delivered; None for every other mail, and never an error."""
    if len(content) > LARGEST_MAIL:
        return None
    # Whatever is wrong with a mail, it must not stop the next one.
    try:
        return _read(email.message_from_bytes(content, policy=email.policy.compat32))
    except Exception:  # noqa: BLE001 - anybody can write a mail
        return None


def _read(mail: Message) -> Bounce | None:
    if mail.get_content_type() != REPORT:
        return None
    parts = list(mail.walk())[:MOST_PARTS]
    status = next((part for part in parts if part.get_content_type() == STATUS), None)
    letter = _key(parts)
    failed, late = (_recipients(status, action) for action in ("failed", "delayed"))
    if not letter or not (failed or late):
        return None
    fate = (Fate.UNREACHABLE if all(map(_is_for_good, failed)) else Fate.FAILED) if failed else None
    return Bounce(*letter, frozenset(filter(None, map(_address, failed or late))), fate)


def _recipients(status: Message | None, action: str) -> list[Message]:
    """The groups of fields with this action; the first group is about the report itself."""
    groups = list(status.walk())[2:] if status is not None else []
    return [one for one in groups if str(one.get("Action", "")).strip().lower() == action]


def _is_for_good(fields: Message) -> bool:
    return bool(_FOR_GOOD.search(str(fields.get("Status", ""))))


def _address(fields: Message) -> str:
    """Whom we wrote to; where it was sent on to is another's matter."""
    said = str(fields.get("Original-Recipient") or fields.get("Final-Recipient") or "")
    return said.partition(";")[2].strip().strip("<>").lower()


def _key(parts: list[Message]) -> tuple[UUID, str] | None:
    """The Message-ID of the mail that came back, if it can be one of ours."""
    for part in parts:
        if part.get_content_type() not in RETURNED:
            continue
        content = part.get_payload()
        head = content[0] if isinstance(content, list) and content else email.message_from_string(str(content))
        if isinstance(head, Message) and (found := _OURS.search(str(head.get("Message-ID", "")).lower())):
            return UUID(found[1]), found[2]
    return None
