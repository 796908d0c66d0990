"""Messages written into a folder instead of sent: for the demo and for trying out."""

import asyncio
import os
from pathlib import Path

from booking.delivery.letters import Misconfigured, Outgoing, Receipt
from booking.delivery.mails import mail
from booking.domain.job_seekers import Channel


class _Folder:
    """One file a message, named after its key: a repeat overwrites it."""

    ending: str

    def __init__(self, path: Path) -> None:
        self._path = path

    def _content(self, letter: Outgoing) -> bytes:
        raise NotImplementedError

    async def send(self, letter: Outgoing) -> Receipt:
        """A reader never meets half a file; raises :class:`Misconfigured` when the folder cannot be written."""
        name, content = f"{letter.key}{self.ending}", self._content(letter)
        try:
            await asyncio.to_thread(self._write, name, content)
        except OSError as error:
            raise Misconfigured(str(error)) from error
        return Receipt(name)

    def _write(self, name: str, content: bytes) -> None:
        self._path.mkdir(parents=True, exist_ok=True)
        draft = self._path / f".{name}.{os.getpid()}"
        draft.write_bytes(content)
        draft.replace(self._path / name)

    async def close(self) -> None:
        """There is nothing to let go of."""


class Folder(_Folder):
    """E-mails, as .eml files that any mail program opens."""

    channel, ending = Channel.EMAIL, ".eml"

    def __init__(self, path: Path, sender: str) -> None:
        super().__init__(path)
        self._sender = sender

    def _content(self, letter: Outgoing) -> bytes:
        return mail(letter, self._sender).as_bytes()


class TextFolder(_Folder):
    """Text messages, as .txt files: the number, then the words."""

    channel, ending = Channel.SMS, ".txt"

    def _content(self, letter: Outgoing) -> bytes:
        return f"{letter.address}\n\n{letter.body}\n".encode()
