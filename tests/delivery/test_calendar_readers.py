"""A calendar is read by a program of its own: whatever it does, it ends in time and takes nobody along."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from booking.delivery.calendar_readers import PROGRAM, Reader
from calendars.foreign import MOST_BYTES, Unreadable, Why
from calendars.importing import Imported, busy_times
from calendars.reader import answer
from tests.calendars.given_foreign import BEGINS, ENDS, HERE, calendar, event

GOOD = calendar(event("DTSTART:20261020T070000Z", "DURATION:PT1H", uid="été"), event("DTSTART:?", uid="2"))


async def read(body: bytes, reader: Reader) -> Imported | Why:
    try:
        return await reader.read(body, HERE, BEGINS, ENDS)
    except Unreadable as refusal:
        return refusal.why


async def test_what_the_program_says_is_what_was_read():
    assert await read(GOOD, Reader()) == busy_times(GOOD, HERE, BEGINS, ENDS)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", Why.NOT_A_CALENDAR),
        (b"<!doctype html>", Why.WEB_PAGE),
        (b"x" * (MOST_BYTES + 1), Why.TOO_LARGE),
        (calendar(event("DTSTART:20261020T070000Z", "RRULE:FREQ=SECONDLY")), Why.TOO_OFTEN),
        (
            calendar(
                *[event("DTSTART:19700101T0900", "RRULE:FREQ=DAILY;COUNT=99999", uid=str(n)) for n in range(9000)]
            ),
            Why.TOO_MUCH,
        ),
    ],
)
async def test_what_cannot_be_read_says_why(body: bytes, why: Why):
    assert await read(body, Reader(seconds=20)) is why


def doing(what: str) -> Reader:
    """A program that does something else than reading."""
    return Reader(seconds=1, program=("-c", what))


@pytest.mark.parametrize(
    "deed",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "raise SystemExit(1)",
        "print('no json')",
        "print('[]')",
        "print('{}')",
        'print(\'{"why": "because"}\')',
        "import os; os.kill(os.getpid(), 9)",
    ],
)
async def test_whatever_it_does_it_ends_in_time_and_nothing_is_caught_by_nobody(deed: str):
    before = time.monotonic()

    assert await read(GOOD, doing(deed)) is Why.TOO_MUCH
    assert time.monotonic() - before < 8


async def test_what_it_started_ends_with_it(tmp_path: Path):
    trace = tmp_path / "alive"
    child = (
        f"import time, pathlib\nwhile True: pathlib.Path({str(trace)!r}).write_text(str(time.time())); time.sleep(.02)"
    )
    deed = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(60)"

    await read(GOOD, doing(deed))

    await asyncio.sleep(0.1)
    last = trace.read_text()
    await asyncio.sleep(0.2)
    assert trace.read_text() == last


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit memory otherwise, or not at all")
async def test_it_is_given_no_more_memory_and_time_than_reading_takes():
    limited = "import calendars.reader as r, resource; r._limit_oneself(); bytearray(300 * 1024 * 1024)"
    told = "import calendars.reader as r, resource; r._limit_oneself(); print(resource.getrlimit(resource.RLIMIT_CPU))"

    assert await read(GOOD, Reader(program=("-c", limited))) is Why.TOO_MUCH
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", told, stdout=asyncio.subprocess.PIPE)
    said, _ = await program.communicate()
    assert said.decode().strip() == "(5, 5)"


async def test_five_megabytes_of_appointments_are_read_within_the_limits():
    many = [
        event(f"DTSTART:202610{20 + n % 9}T0{n % 10}{n % 60:02}00Z", "DURATION:PT1H", "SUMMARY:" + "é" * 60, uid=str(n))
        for n in range(19_000)
    ]
    body = calendar(*many)

    found = await read(body, Reader(seconds=20))

    assert MOST_BYTES * 0.7 < len(body) < MOST_BYTES
    assert isinstance(found, Imported) and found.read == 19_000


async def test_many_at_once_take_turns():
    found = await asyncio.gather(*(read(GOOD, reader) for reader in [Reader(seconds=20)] for _ in range(5)))

    assert all(isinstance(one, Imported) for one in found) and PROGRAM[0] == "-I"


def test_the_program_answers_what_it_found_or_why_not():
    asked = {"zone": HERE, "begins": BEGINS.isoformat(), "ends": ENDS.isoformat()}

    assert answer(asked, b"") == {"why": Why.NOT_A_CALENDAR}
    assert answer(asked, GOOD)["problems"] == {"unreadable": 1}
