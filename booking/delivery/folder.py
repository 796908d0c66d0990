"""E-mails written into a folder instead of sent: for the demo and for trying out."""

import asyncio
import os
from pathlib import Path

from booking.delivery.letters import Misconfigured, Outgoing, Receipt
from booking.delivery.mails import mail
from booking.domain.job_seekers import Channel


class Folder:
    """One .eml file a message, named after its key: a repeat overwrites it."""

    channel = Channel.EMAIL

    def __init__(self, path: Path, sender: str) -> None:
        self._path, self._sender = path, sender

    async def send(self, letter: Outgoing) -> Receipt:
        """A reader never meets half a file; raises :class:`Misconfigured` when the folder cannot be written."""
        content = mail(letter, self._sender).as_bytes()
        try:
            await asyncio.to_thread(self._write, letter.key, content)
        except OSError as error:
            raise Misconfigured(str(error)) from error
        return Receipt(f"{letter.key}.eml")

    def _write(self, key: str, content: bytes) -> None:
        self._path.mkdir(parents=True, exist_ok=True)
        draft = self._path / f".{key}.{os.getpid()}"
        draft.write_bytes(content)
        draft.replace(self._path / f"{key}.eml")

    async def close(self) -> None:
        """There is nothing to let go of."""
