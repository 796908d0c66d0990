"""E-mail through any SMTP server, over connections that are kept and used again."""

import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from booking.delivery.letters import (
    DeliveryFailed,
    Misconfigured,
    Outgoing,
    PermanentFailure,
    Receipt,
    TemporaryFailure,
)
from booking.delivery.letters import Unreachable as NobodyAnswers
from booking.delivery.mails import mail, sender_address
from booking.delivery.plain_mails import plain_mail
from booking.domain.gates import Trouble
from booking.domain.job_seekers import Channel

TIMEOUT = 10.0
# Servers close a connection that was silent or used too long; better be the first.
MOST_MAILS = 100
LONGEST_SILENCE = 5.0
STARTTLS = {"always": True, "never": False, "auto": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where and how to hand mails over; ``starttls`` None takes encryption where it is offered."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    tls: bool = False
    starttls: bool | None = None


def server(url: str) -> Server:
    """``smtp://user:password@host:port``, ``smtps://`` for encryption from the first byte, with the option
    ``?starttls=always``, ``never`` or ``auto``. A password does not travel unencrypted unless told ``never``.

    Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("write smtp://user:password@host:port or smtps://user:password@host:port")
    tls = parts.scheme == "smtps"
    wanted = parse_qs(parts.query).get("starttls", ["always" if parts.username else "auto"])[0]
    if wanted not in STARTTLS:
        raise ValueError("starttls is always, never or auto")
    starttls = False if tls else STARTTLS[wanted]
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587 if parts.username else 25),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or "") if parts.username else None,
        tls=tls,
        starttls=starttls,
    )


@dataclass(slots=True)
class _Line:
    """A connection, with what it has carried."""

    client: aiosmtplib.SMTP
    carried: int = 0
    used_at: float = 0.0

    @property
    def is_fresh(self) -> bool:
        is_silent = time.monotonic() - self.used_at > LONGEST_SILENCE
        return self.client.is_connected and self.carried < MOST_MAILS and not is_silent


class Email:
    """Mails from one sender through one server; each call in progress has a connection of its own."""

    channel = Channel.EMAIL

    def __init__(self, server: Server, sender: str, timeout: float = TIMEOUT) -> None:
        self._server, self._sender, self._timeout = server, sender, timeout
        self._domain = sender_address(sender).domain
        self._idle: list[_Line] = []

    async def send(self, letter: Outgoing) -> Receipt:
        """The server has taken it. Raises :class:`DeliveryFailed`; a broken connection is not used again."""
        written = mail(letter, self._sender) if letter.invitation else plain_mail(letter, self._sender)
        line = await self._line()
        try:
            said = await _hand_over(line.client, written)
        except BaseException:
            line.client.close()
            raise
        line.carried, line.used_at = line.carried + 1, time.monotonic()
        self._idle.append(line)
        return Receipt(said)

    async def close(self) -> None:
        """Say goodbye on every connection."""
        while self._idle:
            await _quit(self._idle.pop())

    async def _line(self) -> _Line:
        while self._idle:
            line = self._idle.pop()
            if line.is_fresh:
                return line
            await _quit(line)
        return _Line(await self._connected())

    async def _connected(self) -> aiosmtplib.SMTP:
        where = self._server
        client = aiosmtplib.SMTP(
            hostname=where.host,
            port=where.port,
            username=where.username,
            password=where.password,
            use_tls=where.tls,
            start_tls=where.starttls,
            local_hostname=self._domain,
            timeout=self._timeout,
        )
        try:
            await client.connect()
        except BaseException as error:
            client.close()
            if isinstance(error, aiosmtplib.SMTPException | OSError):
                raise _no_connection(error) from error
            raise
        return client


async def _hand_over(client: aiosmtplib.SMTP, written: EmailMessage | tuple[str, str, bytes]) -> str:
    try:
        if isinstance(written, EmailMessage):
            _, said = await client.send_message(written)
        else:
            _, said = await client.sendmail(*written)
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _refused(error.recipients[0]) from error
    except aiosmtplib.SMTPSenderRefused as error:
        raise _sender_refused(error) from error
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise TemporaryFailure(str(error)) from error
    return said[:200]


def _no_connection(error: Exception) -> DeliveryFailed:
    """No answer passes by itself; a wrong password, or no encryption where it is asked for, does not."""
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code >= 500:
        return Misconfigured(_said(error), Trouble.KEY)
    is_answer = isinstance(error, aiosmtplib.SMTPResponseException | ConnectionError | TimeoutError)
    is_certificate = isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
    if is_certificate or not (is_answer or isinstance(error, OSError)):
        return Misconfigured(str(error))
    return NobodyAnswers(str(error))


def _sender_refused(error: aiosmtplib.SMTPSenderRefused) -> DeliveryFailed:
    return Misconfigured(_said(error)) if error.code >= 500 else TemporaryFailure(_said(error))


def _refused(error: aiosmtplib.SMTPResponseException) -> DeliveryFailed:
    return PermanentFailure(_said(error)) if error.code >= 500 else TemporaryFailure(_said(error))


def _said(error: aiosmtplib.SMTPResponseException) -> str:
    return f"{error.code} {error.message}"[:300]


async def _quit(line: _Line) -> None:
    try:
        await line.client.quit()
    except (aiosmtplib.SMTPException, OSError):
        pass
    finally:
        line.client.close()
