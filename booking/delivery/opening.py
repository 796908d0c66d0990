"""From an address in the settings to the ways out."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.delivery.folder import Folder, TextFolder
from booking.delivery.letters import Delivery
from booking.delivery.sms_addresses import texts
from booking.domain.gates import Limits
from booking.domain.job_seekers import Channel


def open_deliveries(
    url: str | None, sender: str | None, sms_url: str | None = None, limits: Mapping[Channel, Limits] | None = None
) -> Deliveries:
    """``smtp://...`` or ``smtps://...`` sends, ``folder:///path`` writes files, no address leaves all to people.

    Text messages leave by the provider of ``sms_url``. Raises :class:`BadAddress` for one that names none, ValueError
    for any other address, :class:`Misconfigured` for a sender that is no address.
    """
    by_text = [texts(sms_url)] if sms_url else []
    return Deliveries(*_by_mail(url, sender or ""), *by_text, limits=limits)


def _by_mail(url: str | None, sender: str) -> list[Delivery]:
    if not url:
        return []
    parts = urlsplit(url)
    if parts.scheme == "folder":
        folder = Path(unquote(parts.path))
        return [Folder(folder, sender), TextFolder(folder)]
    return [Email(server(url), sender)]
