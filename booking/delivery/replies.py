"""A mail that answers an invitation (RFC 6047): who sent it, and what the calendar in it says; nothing is trusted."""

import email
import email.policy
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses

from calendars.replies import MOST_OCTETS, NotAReply, Reply, read

LARGEST_MAIL = 1024 * 1024
MOST_PARTS = 50
KINDS = ("text/calendar", "application/ics")


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply, and the address from which it came, in small letters."""

    sender: str
    reply: Reply


def opened(content: bytes) -> Answered:
    """The reply in this mail. Raises :class:`NotAReply`, whose first argument says why; never anything else."""
    if len(content) > LARGEST_MAIL:
        raise NotAReply("too-long")
    # Whatever is wrong with a mail, it must not stop the next one.
    try:
        mail = email.message_from_bytes(content, policy=email.policy.compat32)
        return Answered(_sender(mail), read(_calendar(mail)))
    except NotAReply:
        raise
    except Exception as error:
        raise NotAReply("not-a-mail") from error


def _sender(mail: Message) -> str:
    """The one author; a mail of two is nobody's answer."""
    found = [address.strip().lower() for _, address in getaddresses([str(one) for one in mail.get_all("From", [])])]
    if len(found) != 1 or not found[0]:
        raise NotAReply("sender")
    return found[0]


def _calendar(mail: Message) -> bytes:
    """The first part that is a calendar and holds anything."""
    for n, part in enumerate(mail.walk()):
        if n >= MOST_PARTS:
            break
        content = part.get_payload(decode=True) if part.get_content_type() in KINDS else None
        if isinstance(content, bytes) and content.strip():
            return content[: MOST_OCTETS + 1]
    raise NotAReply("no-calendar")
