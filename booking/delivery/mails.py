"""A letter as an e-mail (RFC 5322): the same bytes whether it is posted or filed."""

import email.policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from booking.delivery.enclosing import enclose
from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure


def mail(letter: Outgoing, sender: str) -> EmailMessage:
    """``sender`` is an address or ``Name <address>``. The Message-ID depends on the letter's key only.

    Raises :class:`PermanentFailure` for an address that cannot be one, :class:`Misconfigured` for such a sender.
    """
    message = EmailMessage(policy=email.policy.SMTP)
    origin = sender_address(sender)
    message["From"] = origin
    message["To"] = addressee(letter.address)
    # A line break in a workshop's title must not end the header.
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.key}@{origin.domain}>"
    # RFC 3834: answers of absence stay away, and nobody replies to a machine.
    message["Auto-Submitted"] = "auto-generated"
    if letter.invitation:
        if letter.first_key and letter.first_key != letter.key:
            message["In-Reply-To"] = message["References"] = f"<{letter.first_key}@{origin.domain}>"
        enclose(message, letter, letter.invitation, origin.addr_spec)
    else:
        # Seven bits pass every server, and no line is too long for one.
        message.set_content(letter.body, cte="quoted-printable")
    return message


def sender_address(sender: str) -> Address:
    """Raises :class:`Misconfigured`."""
    name, address = parseaddr(sender)
    try:
        found = Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise Misconfigured(f"{sender!r} is no sender") from error
    if not found.domain:
        raise Misconfigured(f"{sender!r} is no sender")
    return found


def addressee(address: str) -> Address:
    """Raises :class:`PermanentFailure`."""
    try:
        found = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise PermanentFailure("no such address") from error
    if not (found.username and found.domain and address.isascii()):
        raise PermanentFailure("no such address")
    return found
