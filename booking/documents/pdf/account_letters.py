"""The letter that brings somebody the way into his own account: for who has no address for mail."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from booking.documents import dates, qr
from booking.documents.account_mails import account_mail
from booking.documents.letters import blocks
from booking.domain.agencies import Agency
from booking.domain.sites import Site
from booking.domain.staff_messages import StaffMessageKind
from calendars.zones import wall

AROUND = {"code": "Votre identifiant :", "aim": "Visez ce dessin avec un téléphone, ou recopiez le lien."}


def account_letter(
    name: str, sign_in_name: str, agency: Agency, link: str, site: Site, now: datetime
) -> dict[str, Any]:
    """One letter as the template of letters reads it."""
    said = account_mail(StaffMessageKind.INVITED, name, link, site)
    day = dates.day(wall(now, agency.time_zone).date()).partition(" ")[2]
    town = f"{agency.postcode} {agency.commune}".strip()
    return {
        "language": "fr",
        "sender": [line for line in (agency.name, ", ".join(filter(None, (agency.address, town)))) if line],
        "window": [line.upper() for line in (name, agency.name, agency.address, town) if line],
        "own": {"code": sign_in_name, "link": link.partition("://")[2], "qr": qr.drawn(link)},
        "around": AROUND,
        "dated": f"{agency.commune or agency.name}, le {day}",
        "tone": "",
        "subject": said.subject,
        "in_french": "",
        "blocks": [asdict(block) | {"two": False} for block in blocks(said.body)],
        "is_close": False,
        "is_large": False,
        "stub": {"name": name, "about": said.subject, "version": said.template},
    }
