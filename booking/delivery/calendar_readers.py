"""Calendars of strangers are read by a program of its own, which is ended when it takes too long or too much."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog

from calendars.foreign import MOST_BYTES, Unreadable, Why
from calendars.importing import BusySpan, Imported

SECONDS = 5.0
AT_ONCE = 2
PROGRAM = ("-I", "-m", "calendars.reader")
log = structlog.get_logger()


class Reader:
    """Reads calendars, two at a time at most."""

    def __init__(self, *, seconds: float = SECONDS, program: tuple[str, ...] = PROGRAM) -> None:
        self._seconds, self._program = seconds, program
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def read(self, body: bytes, zone: str, begins: datetime, ends: datetime) -> Imported:
        """The busy times between two instants. Raises :class:`Unreadable`, and nothing else."""
        if len(body) > MOST_BYTES:
            raise Unreadable(Why.TOO_LARGE)
        asked = {"zone": zone, "begins": begins.isoformat(), "ends": ends.isoformat()}
        async with self._turns:
            said = await self._answer(json.dumps(asked).encode() + b"\n" + body)
        try:
            return _imported(json.loads(said))
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, Unreadable):
                raise
            # It was ended, or ran out of memory before it could say so.
            raise Unreadable(Why.TOO_MUCH) from error

    async def _answer(self, fed: bytes) -> bytes:
        """What the program says; nothing when it had to be ended."""
        # A group of its own, so that whatever it started ends with it.
        program = await asyncio.create_subprocess_exec(
            sys.executable, *self._program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        try:
            async with asyncio.timeout(self._seconds):
                said, _ = await program.communicate(fed)
                return said
        except TimeoutError:
            log.warning("calendar took too long to read")
            return b""
        finally:
            await _end(program)


async def _end(program: Process) -> None:
    if program.returncode is None:
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(program.pid, signal.SIGKILL)
            else:
                program.kill()
        await program.wait()


def _imported(said: dict[str, Any]) -> Imported:
    if "why" in said:
        raise Unreadable(Why(said["why"]))
    times = (
        BusySpan(datetime.fromisoformat(starts), datetime.fromisoformat(ends), uid)
        for starts, ends, uid in said["times"]
    )
    return Imported(tuple(times), said["read"], said["problems"])
