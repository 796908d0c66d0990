"""Mails that came back, as servers write them (RFC 3464)."""

from uuid import UUID

DOMAIN = "ateliers.example"


def a_bounce(
    key: UUID | str,
    address: str = "awa@example.org",
    *,
    status: str = "5.1.1",
    action: str = "failed",
    returned: str = "text/rfc822-headers",
    subject: str = "Undelivered Mail Returned to Sender",
) -> bytes:
    """A report of one mail of ours to this address."""
    head = f"From: rappels@{DOMAIN}\r\nTo: {address}\r\nMessage-ID: <{key}@{DOMAIN}>\r\nSubject: Rappel\r\n"
    lines = [
        "From: MAILER-DAEMON@mx.example.org",
        f"To: rappels@{DOMAIN}",
        f"Subject: {subject}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "I'm sorry to have to inform you that your message could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {address}",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown",
        "",
        "--b",
        f"Content-Type: {returned}",
        "",
        head,
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


def an_absence(key: UUID | str) -> bytes:
    """An answer of a machine while somebody is away."""
    return (
        "From: awa@example.org\r\nSubject: Absence 5.1.1\r\nAuto-Submitted: auto-replied\r\n"
        f"In-Reply-To: <{key}@{DOMAIN}>\r\n"
        "Content-Type: text/plain\r\n\r\nJe suis absente. 550 5.1.1 user unknown\r\n"
    ).encode()
