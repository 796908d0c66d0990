"""What the database is asked, in its own words: heard where statements leave the program."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from booking.storage import conversations, postgres, sqlite

# Each kind of conversation, and what opens its connections for the toolkit.
KINDS = ((conversations.AsyncTx, postgres._ENGINE.sync_engine), (sqlite.SyncTx, sqlite._ENGINE))


@dataclass(frozen=True)
class Heard:
    """A statement and its values, those of the first row where there are several; BEGIN and COMMIT have none."""

    sql: str
    values: tuple[Any, ...] = ()


@contextmanager
def hearing() -> Iterator[list[Heard]]:
    """All that any database of this process is asked in the block; each entry is one way there and back."""
    heard: list[Heard] = []

    def listen(method: Any) -> Any:
        def told(tx: Any, said: Any, *values: Any) -> Any:
            heard.append(Heard(said) if isinstance(said, str) else Heard(said.sql, _driven(said, *values)))
            return method(tx, said, *values)

        return told

    def note(_conn: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        heard.append(Heard(sql, tuple(values[0] if many else values)))

    doors = [(tx, name) for tx, _ in KINDS for name in ("say", "_drive", "_do") if hasattr(tx, name)]
    patches = [patch.object(tx, name, listen(getattr(tx, name))) for tx, name in doors]
    for one in patches:
        one.start()
    for _, engine in KINDS:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        for _, engine in KINDS:
            event.remove(engine, "before_cursor_execute", note)
        for one in patches:
            one.stop()


def _driven(hot: Any, values: Any) -> tuple[Any, ...]:
    first = values[0] if isinstance(values, Sequence) and values else values
    return tuple(hot.arguments(first))
