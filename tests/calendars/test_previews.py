"""A preview of a calendar: the next entries of its bytes, in their order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from calendars.feeds import Feed, body
from calendars.lines import block, line, text
from calendars.previews import upcoming

NOW = datetime(2026, 10, 24, 12, tzinfo=UTC)
FEED = Feed(
    id=UUID(int=7),
    domain="ateliers.example",
    name="Tout",
    description="Tout",
    url="https://ateliers.example/agendas",
    time_zone="Europe/Paris",
    colour_name="teal",
    colour_hex="#0b4f5c",
    changed_at=NOW,
    zones=("Europe/Paris",),
)


def entry(starts: str, ends: str, summary: str = "Premiers pas", status: str = "CONFIRMED", place: str = "") -> str:
    return block(
        "VEVENT",
        text("SUMMARY", summary),
        line("DTSTART;TZID=Europe/Paris", starts),
        line("DTEND;TZID=Europe/Paris", ends),
        line("DTSTAMP", "20261001T080000Z"),
        line("UID", f"{starts}@ateliers.example"),
        *([text("LOCATION", place)] if place else []),
        line("STATUS", status),
    )


def test_it_begins_with_what_is_not_over_and_ends_after_as_many_as_asked_for():
    days = [entry(f"202610{day}T093000", f"202610{day}T113000", f"le {day}") for day in range(20, 31)]

    shown = upcoming(body(FEED, days, NOW.date()), NOW, 3)

    assert [one.summary for one in shown] == ["le 25", "le 26", "le 27"]


def test_what_goes_on_right_now_is_shown():
    (one,) = upcoming(body(FEED, [entry("20261024T120000", "20261024T150000")], NOW.date()), NOW, 10)

    assert one.starts_at == NOW - timedelta(hours=2) and one.zone == "Europe/Paris"


def test_hours_are_those_of_the_place_on_both_sides_of_the_change_of_clocks():
    days = [entry(f"202610{day}T093000", f"202610{day}T113000") for day in (25, 26)]

    shown = upcoming(body(FEED, days, NOW.date()), NOW, 10)

    assert {one.starts_at.astimezone(UTC).hour for one in shown} == {8}
    assert (
        upcoming(body(FEED, [entry("20261024T143000", "20261024T160000")], NOW.date()), NOW, 1)[0].starts_at.hour == 14
    )


def test_what_is_written_in_it_is_read_back():
    said = "Tri ; « fichiers », 1\\2 " + "é" * 80
    one = entry("20261025T093000", "20261025T113000", f"ANNULÉ – {said}", "CANCELLED", "Vercors, 12 rue des Alliés")

    (shown,) = upcoming(body(FEED, [one], NOW.date()), NOW, 10)

    assert (shown.summary, shown.location, shown.is_cancelled) == (
        f"ANNULÉ – {said}".strip(),
        "Vercors, 12 rue des Alliés",
        True,
    )


def test_an_empty_calendar_says_so_for_the_whole_of_today():
    (notice,) = upcoming(body(FEED, [], NOW.date()), NOW, 10)

    assert (notice.summary, notice.zone, notice.starts_at.date()) == ("Aucun atelier programmé", "", NOW.date())
