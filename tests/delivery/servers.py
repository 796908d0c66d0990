"""A real SMTP server on this machine, which keeps what it takes and answers as it is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Inbox:
    """What the server took; ``answers`` are given in turn to the command they are for, then it agrees."""

    mails: list[EmailMessage] = field(default_factory=list)
    connections: set[tuple[str, int]] = field(default_factory=set)
    to_recipients: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    to_sender: list[str] = field(default_factory=list)
    hang_up_after: int | None = None

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.connections.add(session.peer)
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.to_data:
            return self.to_data.pop(0)
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        if self.hang_up_after == len(self.mails):
            server.transport.close()
        return f"250 OK queued as {len(self.mails)}"


class _OnAnyPort(Controller):
    """The port is chosen by the system, and known only once it listens."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp_server(inbox: Inbox, accepts: Callable[[str, str], bool] | None = None) -> Iterator[str]:
    """The address of a server that fills the inbox; with ``accepts`` it asks for name and password."""

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, given: LoginPassword) -> AuthResult:
        assert accepts is not None
        return AuthResult(success=accepts(given.login.decode(), given.password.decode()), handled=False)

    asks = {"authenticator": authenticate, "auth_require_tls": False, "auth_required": True} if accepts else {}
    controller = _OnAnyPort(inbox, hostname="127.0.0.1", port=0, **asks)
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()
