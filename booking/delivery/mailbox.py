"""A mailbox that is read over IMAP (RFC 3501, 9051): what nobody has read yet, one mail at a time."""

import asyncio
import imaplib
import re
import ssl
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from booking.delivery.replies import LARGEST_MAIL

PORTS = {"imaps": 993, "imap": 143}
TIMEOUT = 10.0
INBOX = "INBOX"
# What no reader understands is marked for whoever looks after the mailbox.
SEEN, POISON = r"(\Seen)", r"(\Seen \Flagged)"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NAME = re.compile(r"[\w.&+/ -]{1,200}", re.ASCII)


class MailboxFailed(Exception):
    """The mailbox cannot be read now; the argument says why, without name and password."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where replies arrive."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    folder: str = INBOX
    tls: bool = True


def mailbox(url: str) -> Mailbox:
    """``imaps://user:password@host:port/INBOX``; ``imap://`` without encryption only within one machine.

    Raises ValueError for anything else; the message does not repeat it.
    """
    parts = urlsplit(url)
    folder = unquote(parts.path.strip("/")) or INBOX
    is_whole = parts.scheme in PORTS and parts.hostname and parts.username and _NAME.fullmatch(folder)
    is_safe = parts.scheme == "imaps" or parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not is_whole or not is_safe:
        raise ValueError("write imaps://user:password@host/INBOX")
    return Mailbox(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=folder,
        tls=parts.scheme == "imaps",
    )


class Letterbox:
    """One look into a mailbox, in a thread of its own; close it afterwards."""

    def __init__(self, where: Mailbox) -> None:
        self._where = where
        self._imap: imaplib.IMAP4 | None = None

    async def unread(self, most: int) -> list[str]:
        """The first mails that nobody has read. Raises :class:`MailboxFailed`."""
        found: list[str] = await asyncio.to_thread(self._guarded, self._unread)
        return found[:most]

    async def content(self, uid: str) -> bytes | None:
        """One mail, unread still; None when it is too large to be a reply, or gone. Raises :class:`MailboxFailed`."""
        found: bytes | None = await asyncio.to_thread(self._guarded, self._content, uid)
        return found

    async def mark(self, uid: str, *, is_poison: bool = False) -> None:
        """It has been read. Raises :class:`MailboxFailed`."""
        await asyncio.to_thread(self._guarded, self._mark, uid, POISON if is_poison else SEEN)

    async def close(self) -> None:
        """Say goodbye, whatever happened before."""
        await asyncio.to_thread(self._close)

    def _guarded(self, work, *said):  # type: ignore[no-untyped-def]
        try:
            return work(*said)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise MailboxFailed(type(error).__name__) from None

    def _unread(self) -> list[str]:
        imap = self._opened()
        return [uid.decode() for uid in (_ok(imap.uid("SEARCH", "UNSEEN"))[0] or b"").split()]

    def _content(self, uid: str) -> bytes | None:
        imap = self._opened()
        size = _SIZE.search(b" ".join(one for one in _ok(imap.uid("FETCH", uid, "(RFC822.SIZE)")) if _is_text(one)))
        if size is None or int(size[1]) > LARGEST_MAIL:
            return None
        parts = [one[1] for one in _ok(imap.uid("FETCH", uid, "(BODY.PEEK[])")) if isinstance(one, tuple)]
        return parts[0] if parts else None

    def _mark(self, uid: str, flags: str) -> None:
        _ok(self._opened().uid("STORE", uid, "+FLAGS.SILENT", flags))

    def _opened(self) -> imaplib.IMAP4:
        if self._imap is None:
            where = self._where
            context = ssl.create_default_context() if where.tls else None
            if context:
                imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(where.host, where.port, ssl_context=context, timeout=TIMEOUT)
            else:
                imap = imaplib.IMAP4(where.host, where.port, timeout=TIMEOUT)
            self._imap = imap
            imap.login(where.username, where.password)
            _ok(imap.select(f'"{where.folder}"'))
        return self._imap

    def _close(self) -> None:
        if self._imap is not None:
            try:
                self._imap.logout()
            except (imaplib.IMAP4.error, OSError, ValueError):
                self._imap.shutdown()
            self._imap = None


def _ok(answer):  # type: ignore[no-untyped-def]
    """What the server answered. Raises :class:`imaplib.IMAP4.error` for NO and BAD."""
    said, data = answer
    if said != "OK":
        raise imaplib.IMAP4.error(said)
    return data


def _is_text(one: object) -> bool:
    return isinstance(one, bytes)
