"""From an address in the settings to the ways out."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.delivery.folder import Folder, TextFolder


def open_deliveries(url: str | None, sender: str | None) -> Deliveries:
    """``smtp://...`` or ``smtps://...`` sends, ``folder:///path`` writes files, no address leaves all to people.

    Raises ValueError for any other address, :class:`Misconfigured` for a sender that is no address.
    """
    if not url:
        return Deliveries()
    sender = sender or ""
    parts = urlsplit(url)
    if parts.scheme == "folder":
        folder = Path(unquote(parts.path))
        return Deliveries(Folder(folder, sender), TextFolder(folder))
    return Deliveries(Email(server(url), sender))
