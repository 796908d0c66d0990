"""A mail with an entry for the receiver's calendar (RFC 6047): the words twice, then the entry twice.

Outlook and Google read the part inside the alternatives, Apple and Thunderbird the attachment.
"""

import email.policy
import re
from email.message import EmailMessage, MIMEPart
from html import escape

from booking.delivery.letters import Outgoing
from booking.domain.languages import ARABIC, FRENCH
from calendars.invitations import Invitation, written

DASH = "—"
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def enclose(message: EmailMessage, letter: Outgoing, invitation: Invitation, organizer: str) -> None:
    """Fill the mail; the same letter gives the same bytes, its boundaries too."""
    content, method = written(invitation, organizer), invitation.method.value
    words = _part("multipart/alternative", f"{letter.key}-alternative")
    words.attach(_text(letter.body, "plain"))
    words.attach(_text(page(letter), "html"))
    words.attach(_calendar(content, "text", "calendar", charset="UTF-8", method=method))
    attached = _calendar(content, "application", "ics", name="invite.ics")
    attached["Content-Disposition"] = 'attachment; filename="invite.ics"'
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = f'multipart/mixed; boundary="{letter.key}-mixed"'
    message.attach(words)
    message.attach(attached)


def page(letter: Outgoing) -> str:
    """The body as a page that says the same; its links can be followed."""
    above, dash, below = letter.body, "", ""
    if letter.language != FRENCH:
        above, dash, below = letter.body.partition(f"\n{DASH}\n")
    paragraphs = _paragraphs(above)
    if dash:
        paragraphs += ["<hr>", '<div lang="fr" dir="ltr">', *_paragraphs(below), "</div>"]
    title = f'<head><meta charset="utf-8"><title>{escape(letter.subject)}</title></head>'
    head = f'<!DOCTYPE html>\n<html lang="{letter.language}"{_direction(letter)}>\n{title}'
    return f"{head}\n<body>\n" + "\n".join(paragraphs) + "\n</body>\n</html>\n"


def _paragraphs(body: str) -> list[str]:
    return [f"<p>{_marked(one)}</p>" for one in body.strip().split("\n\n")]


def _direction(letter: Outgoing) -> str:
    return ' dir="rtl"' if letter.language == ARABIC else ""


def _marked(paragraph: str) -> str:
    linked, at = "", 0
    for link in _LINK.finditer(paragraph):
        shown = escape(link[0])
        linked += f'{escape(paragraph[at : link.start()])}<a href="{shown}">{shown}</a>'
        at = link.end()
    return (linked + escape(paragraph[at:])).replace("\n", "<br>\n")


def _part(kind: str, boundary: str) -> MIMEPart:
    part = MIMEPart(email.policy.SMTP)
    part["Content-Type"] = f'{kind}; boundary="{boundary}"'
    return part


def _text(said: str, kind: str) -> MIMEPart:
    part = MIMEPart(email.policy.SMTP)
    part.set_content(said, subtype=kind, cte="quoted-printable")
    return part


def _calendar(content: bytes, kind: str, subtype: str, **said: str) -> MIMEPart:
    part = MIMEPart(email.policy.SMTP)
    part.set_content(content, maintype=kind, subtype=subtype, cte="base64", params=said)
    return part
