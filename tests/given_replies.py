"""Replies as calendars write them, in mails as they travel."""

from email.message import EmailMessage

from booking.domain.inviting import Invited
from tests.given import SITE

ORGANIZER = "rappels@ateliers.example"


def a_calendar(
    uid: str, guest: str, answer: str = "ACCEPTED", sequence: int = 0, stamp: str = "20261019T090000Z"
) -> str:
    """A REPLY without an ORGANIZER, as some programs write it."""
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp}",
        f"ATTENDEE;PARTSTAT={answer}:mailto:{guest}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines)


def a_mail(calendar: str, sender: str) -> bytes:
    """The mail around it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ORGANIZER, "Accepté : Atelier"
    mail.set_content("Je viens.")
    mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()


def a_reply(uid: str, guest: str, answer: str = "ACCEPTED", *, sender: str | None = None, **known: object) -> bytes:
    """A reply from the guest's own address, unless told otherwise."""
    return a_mail(a_calendar(uid, guest, answer, **known), sender or f"Awa <{guest}>")  # type: ignore[arg-type]


def uid_of_staff(invited: Invited) -> str:
    """What the entry of somebody who leads is known by."""
    return f"{invited.id}@{SITE.domain}"
