"""What ical.js, node-ical and libical find in a served calendar is what the rows of the database say."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from calendars.definitions import DEFINITIONS
from calendars.events import Event, Status, entry
from calendars.feeds import LIMIT, body
from tests.calendars.any_meetings import facts
from tests.calendars.given import a_feed, a_meeting, utc
from tests.calendars.readers import Found
from tests.calendars.test_readers import EDGES, WORDS
from tests.given import World
from tests.given_calendars import served_with_rows
from tests.readers.programs import CLOCKS, read
from tests.web.programs import running

TODAY = date(2025, 3, 10)


def as_read(reader: str, said: list[Found]) -> list[Found]:
    """The same, but node-ical 0.26 takes the second half of an escaped backslash and a letter n for a line break."""
    if reader != "node-ical":
        return said
    words = ("summary", "description", "location")
    return [one._replace(**{w: re.sub(r"\\[nN]", "\\\\\n", getattr(one, w)) for w in words}) for one in said]


def served(given: list[Event]) -> bytes:
    return body(a_feed(zones=tuple(DEFINITIONS)), map(entry, given), TODAY)


async def test_a_reader_finds_on_three_clocks_what_the_rows_say(world: World, reader: str, folder: Path) -> None:
    async with running(world) as programs:
        for path, rows in (await served_with_rows(world)).items():
            content = (await programs.http.get(path)).content

            assert len(rows) > 12
            assert read(reader, folder, content) == as_read(reader, rows), path


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_reader_finds_the_instants_on_every_edge_of_every_zone(reader: str, folder: Path, clock: str) -> None:
    given = [
        a_meeting(uid=f"{n}@ateliers.example", time_zone=zone, starts_at=start, ends_at=start + timedelta(hours=hours))
        for n, (zone, start, hours) in enumerate((z, s, h) for z in sorted(DEFINITIONS) for s in EDGES for h in (1, 2))
    ]

    assert read(reader, folder, served(given), clock) == [facts(meeting) for meeting in given]


def test_a_reader_finds_a_meeting_at_every_hour_around_the_changes(reader: str, folder: Path) -> None:
    # Not after 2035: node-ical knows no change of the clocks that is ten years away, and feeds reach 400 days.
    changes = [utc(2025, 3, 30), utc(2025, 10, 25, 20), utc(2030, 3, 31), utc(2033, 10, 30), utc(2025, 11, 2)]
    starts = [change + timedelta(minutes=30 * n) for change in changes for n in range(16)]
    given = [
        a_meeting(uid=f"{n}@a.example", time_zone=zone, starts_at=start, ends_at=start + timedelta(minutes=45))
        for n, (zone, start) in enumerate((z, s) for z in ("Europe/Paris", "America/Miquelon") for s in starts)
    ]

    assert read(reader, folder, served(given)) == [facts(meeting) for meeting in given]


@pytest.mark.parametrize("status", Status)
def test_a_reader_finds_the_words_that_were_given(reader: str, folder: Path, status: Status) -> None:
    given = [
        a_meeting(uid=f"{n}@a.example", sequence=n, summary=f"x{said}", description=said, location=said, status=status)
        for n, said in enumerate(WORDS)
    ]

    assert read(reader, folder, served(given)) == as_read(reader, [facts(meeting) for meeting in given])


def test_a_reader_finds_words_folded_at_every_place(reader: str, folder: Path) -> None:
    letters = ("a", "é", "€", "🖥", "e\u0301", "👩🏽‍💻", ", ", "; ", "\\ ")
    given = [
        a_meeting(uid=f"{n}.{m}@a.example", summary="x" * n + letter * 60)
        for n in range(5)
        for m, letter in enumerate(letters)
    ]

    assert read(reader, folder, served(given)) == [facts(meeting) for meeting in given]


def test_a_reader_finds_in_an_empty_calendar_the_day_that_is_empty(reader: str, folder: Path) -> None:
    (found,) = read(reader, folder, served([]))

    assert (found.start, found.end) == (utc(2025, 3, 10), utc(2025, 3, 11))
    assert (found.summary, found.status) == ("Aucun atelier programmé", "CONFIRMED")


def test_a_reader_finds_two_thousand_meetings(reader: str, folder: Path) -> None:
    starts = [utc(2025, 3, 10, 8) + n * timedelta(hours=4) for n in range(LIMIT)]
    given = [
        a_meeting(uid=f"{n}@a.example", starts_at=start, ends_at=start + timedelta(hours=2))
        for n, start in enumerate(starts)
    ]

    assert read(reader, folder, served(given)) == [facts(meeting) for meeting in given]
