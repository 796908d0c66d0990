"""Entries of calendars are kept while there is room, and those not asked for the longest go first."""

from booking.services.feeds import Content
from booking.services.kept_contents import KeptContents


def of(entries: str) -> Content:
    return Content(entries.encode(), frozenset(), is_current=True)


def test_what_is_kept_is_found_by_its_tag():
    kept = KeptContents()
    kept.keep("a", of("BEGIN"))

    assert (kept.get("a"), kept.get("b")) == (of("BEGIN"), None)


def test_what_was_not_asked_for_the_longest_goes_first():
    kept = KeptContents(room=10)
    kept.keep("a", of("12345"))
    kept.keep("b", of("12345"))
    kept.get("a")

    kept.keep("c", of("1"))

    assert [tag for tag in "abc" if kept.get(tag)] == ["a", "c"]


def test_what_is_larger_than_all_the_room_drives_nobody_out():
    kept = KeptContents(room=10)
    kept.keep("a", of("12345"))

    kept.keep("b", of("x" * 11))

    assert (kept.get("a"), kept.get("b")) == (of("12345"), None)


def test_calendars_without_a_meeting_are_not_kept_for_ever():
    kept = KeptContents(most=2)
    for tag in "abc":
        kept.keep(tag, of(""))

    assert [tag for tag in "abc" if kept.get(tag)] == ["b", "c"]


def test_what_is_kept_twice_takes_its_room_once():
    kept = KeptContents(room=10)
    for _ in range(3):
        kept.keep("a", of("12345"))

    kept.keep("b", of("12345"))

    assert kept.get("a") and kept.get("b")
