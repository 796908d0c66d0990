"""What a guest's calendar must be told next."""

from dataclasses import replace

from booking.domain.identifiers import new_id
from booking.domain.invitations import Entry, next_word, next_words
from tests.given import HOUR, NOW, in_days


def an_entry(**known: object) -> Entry:
    usual = {
        "meeting_id": new_id(NOW),
        "sequence": 0,
        "zone": "Europe/Paris",
        "title": "Premiers pas",
        "place": "Vercors",
    }
    times = {"starts_at": in_days(7), "ends_at": in_days(7, 2)}
    return Entry(**usual | times | known)  # type: ignore[arg-type]


def test_a_new_guest_is_asked_to_come():
    wanted = an_entry()

    assert next_word(None, wanted, NOW) == wanted


def test_a_calendar_that_is_right_is_left_alone():
    told = an_entry(sequence=3)

    assert next_word(told, replace(told, sequence=9, title="Autre titre", note="autre"), NOW) is None
    assert next_word(None, None, NOW) is None


def test_a_later_word_has_a_higher_sequence():
    told = an_entry(sequence=3)

    for moved in ({"starts_at": in_days(6)}, {"ends_at": in_days(7, 3)}, {"place": "Chartreuse"}):
        assert next_word(told, replace(told, sequence=1, **moved), NOW).sequence == 4
        assert next_word(told, replace(told, sequence=8, **moved), NOW).sequence == 8


def test_a_guest_who_is_not_expected_any_more_is_called_off_once():
    told = an_entry(sequence=3)

    off = next_word(told, None, NOW)

    assert off == replace(told, is_cancelled=True, sequence=4)
    assert next_word(off, None, NOW) is None


def test_a_guest_may_be_asked_again():
    off = an_entry(sequence=4, is_cancelled=True)

    assert next_word(off, replace(off, sequence=0, is_cancelled=False), NOW).sequence == 5


def test_what_has_begun_needs_no_word_and_what_is_over_no_end():
    begun, over = an_entry(starts_at=NOW - HOUR, ends_at=NOW + HOUR), an_entry(starts_at=in_days(-1), ends_at=NOW)

    assert next_word(None, begun, NOW) is None
    assert next_word(over, None, NOW) is None
    assert next_word(begun, None, NOW).is_cancelled


def test_where_one_is_to_come_is_said_first():
    late, soon, off = an_entry(starts_at=in_days(7)), an_entry(starts_at=in_days(6)), an_entry(starts_at=in_days(1))

    words = next_words({off.meeting_id: off}, {late.meeting_id: late, soon.meeting_id: soon}, NOW)

    assert [one.meeting_id for one in words] == [soon.meeting_id, late.meeting_id, off.meeting_id]


def test_an_entry_is_kept_and_read_again():
    entry = an_entry(note="À apporter : rien", is_cancelled=True)

    assert Entry.read(entry.kept) == entry


def test_an_entry_that_an_older_program_kept_is_still_read():
    entry = an_entry(note="À apporter : rien")

    kept = {name: said for name, said in entry.kept.items() if name != "note"}

    assert Entry.read(entry.kept) == entry
    assert Entry.read(kept) == replace(entry, note="")
