"""A real IMAP server on this machine, with one mailbox; it knows the few commands that a reader of replies needs."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Box:
    """Mails by uid, their flags, and what was said; ``refused`` commands are answered with NO."""

    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    password: str = "s3cret word"
    refused: set[str] = field(default_factory=set)
    fetched: list[int] = field(default_factory=list)
    goodbyes: int = 0

    def put(self, *mails: bytes) -> None:
        """Mails that nobody has read."""
        for mail in mails:
            uid = len(self.mails) + 1
            self.mails[uid], self.flags[uid] = mail, set()

    @property
    def unread(self) -> list[int]:
        return [uid for uid, flags in self.flags.items() if "\\Seen" not in flags]

    @property
    def flagged(self) -> list[int]:
        return [uid for uid, flags in self.flags.items() if "\\Flagged" in flags]


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self._say(b"* OK here")
        while said := self.rfile.readline():
            tag, command, *words = said.decode().split()
            name = f"UID {words[0]}" if command == "UID" else command.upper()
            if name in self.server.box.refused:
                self._say(f"{tag} NO not now".encode())
                continue
            fine = getattr(self, "_" + name.replace(" ", "_").lower())(words)
            self._say(f"{tag} {'OK' if fine else 'NO'} done".encode())
            if name == "LOGOUT":
                return

    def _say(self, said: bytes) -> None:
        self.wfile.write(said + b"\r\n")

    def _capability(self, words: list[str]) -> bool:
        self._say(b"* CAPABILITY IMAP4rev1")
        return True

    def _login(self, words: list[str]) -> bool:
        return " ".join(words[1:]).strip('"') == self.server.box.password

    def _select(self, words: list[str]) -> bool:
        self._say(f"* {len(self.server.box.mails)} EXISTS".encode())
        return words == ['"INBOX"']

    def _uid_search(self, words: list[str]) -> bool:
        self._say(b" ".join([b"* SEARCH", *(str(uid).encode() for uid in self.server.box.unread)]))
        return words[1:] == ["UNSEEN"]

    def _uid_fetch(self, words: list[str]) -> bool:
        uid = int(words[1])
        mail = self.server.box.mails[uid]
        if words[2] == "(RFC822.SIZE)":
            self._say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})".encode())
            return True
        self.server.box.fetched.append(uid)
        self._say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(mail)}}}".encode())
        self.wfile.write(mail)
        self._say(b")")
        return words[2] == "(BODY.PEEK[])"

    def _uid_store(self, words: list[str]) -> bool:
        self.server.box.flags[int(words[1])] |= set(" ".join(words[3:]).strip("()").split())
        return True

    def _logout(self, words: list[str]) -> bool:
        self.server.box.goodbyes += 1
        self._say(b"* BYE")
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Box) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.box = box

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up is not worth a word."""


@contextmanager
def imap_server(box: Box) -> Iterator[str]:
    """Where the mailbox is served."""
    with _Server(box) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
