"""Somebody else's calendar: when he is busy, in whatever form his program wrote it."""

from datetime import timedelta

import pytest

from calendars.foreign import Unreadable, Why
from calendars.importing import busy_times
from tests.calendars.given_foreign import BEGINS, ENDS, HERE, calendar, event, read, times

MORNING = ("DTSTART;TZID=Europe/Paris:20261020T090000", "DTEND;TZID=Europe/Paris:20261020T100000")
WEEKLY = (*MORNING, "RRULE:FREQ=WEEKLY;COUNT=3")


def test_an_hour_is_busy_and_nothing_else_of_it_is_kept():
    (found,) = read(event(*MORNING, "SUMMARY:Médecin", "LOCATION:Grenoble", uid="a@b")).times

    assert (found.starts_at, found.ends_at, found.uid) == (
        BEGINS + timedelta(hours=31),
        BEGINS + timedelta(hours=32),
        "a@b",
    )
    assert set(found.__slots__) == {"starts_at", "ends_at", "uid"}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["DTSTART:20261020T070000Z", "DTEND:20261020T080000Z"], "10-20 07:00–08:00"),
        (["DTSTART:20261020T090000", "DTEND:20261020T100000"], "10-20 07:00–08:00"),
        (["DTSTART:20261020T0900", "DTEND:20261020T1000"], "10-20 07:00–08:00"),
        (["DTSTART:20261020T090000", "DURATION:PT1H30M"], "10-20 07:00–08:30"),
        (["DTSTART;VALUE=DATE:20261020"], "10-19 22:00–10-20 22:00"),
        (["DTSTART;VALUE=DATE:20261020", "DTEND;VALUE=DATE:20261022"], "10-19 22:00–10-21 22:00"),
        (["DTSTART;VALUE=DATE:20261020", "DTEND;VALUE=DATE:20261020"], "10-19 22:00–10-20 22:00"),
        (["DTSTART;VALUE=DATE:20261020", "DURATION:P2D"], "10-19 22:00–10-21 22:00"),
        # The day on which the clocks go back is an hour longer.
        (["DTSTART;VALUE=DATE:20261025"], "10-24 22:00–10-25 23:00"),
        (["DTSTART:20261024T090000", "DURATION:P1D"], "10-24 07:00–10-25 08:00"),
        (["DTSTART:20261024T090000", "DURATION:PT24H"], "10-24 07:00–10-25 07:00"),
        # What has begun before and what ends after is cut to what is of interest.
        (["DTSTART:20200101T090000", "DTEND:20400101T090000"], "10-19 00:00–11-19 00:00"),
    ],
)
def test_a_time_is_said_in_many_ways(lines: list[str], found: str):
    assert times(event(*lines)) == [found]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "status:cancelled",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:karim@example.fr",
    ],
)
def test_what_is_free_cancelled_or_declined_is_not_busy(line: str):
    found = read(event(*MORNING, line))

    assert (found.times, found.read, found.problems) == ((), 1, {})


def test_somebody_elses_no_is_not_mine():
    guests = (
        'ATTENDEE;CN="Diallo; A:B";PARTSTAT=DECLINED:mailto:a@x.fr',
        "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Karim@x.fr",
    )

    assert len(times(event(*MORNING, *guests))) == 1
    assert len(times(event(*MORNING, *guests), head="X-WR-CALNAME:karim@x.fr\r\n")) == 1
    assert times(event(*MORNING, *guests), head="X-WR-CALNAME:a@x.fr\r\n") == []


def test_what_takes_no_time_keeps_nobody_busy():
    assert times(event("DTSTART:20261020T090000")) == []
    assert times(event("DTSTART:20261020T090000Z", "DTEND:20261020T090000Z")) == []


def test_what_repeats_is_at_the_same_hour_of_the_wall():
    assert times(event(*WEEKLY)) == ["10-20 07:00–08:00", "10-27 08:00–09:00", "11-03 08:00–09:00"]


def test_what_began_long_ago_repeats_still():
    old = ("DTSTART;TZID=Europe/Paris:20040105T090000", "DTEND;TZID=Europe/Paris:20040105T100000", "RRULE:FREQ=WEEKLY")

    assert len(times(event(*old))) == 57


@pytest.mark.parametrize("until", ["20261027T080000Z", "20261027T090000", "20261027", "20261102T235959Z"])
def test_a_repetition_ends_on_its_last_day(until: str):
    assert len(times(event(*MORNING, f"RRULE:FREQ=WEEKLY;UNTIL={until}"))) == 2


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;TZID=Europe/Paris:20261027T090000",
        "EXDATE:20261027T080000Z,20301027T080000Z",
        "EXDATE;VALUE=DATE:20261027",
        "EXRULE:FREQ=WEEKLY;INTERVAL=5;BYDAY=TU;BYMONTHDAY=27",
    ],
)
def test_what_is_left_out_is_left_out(line: str):
    found = times(event(*WEEKLY, line.replace("INTERVAL=5;", "")))

    assert found == ["10-20 07:00–08:00", "11-03 08:00–09:00"]


def test_dates_are_added_with_the_usual_length_or_their_own():
    added = (
        "RDATE;TZID=Europe/Paris:20261102T140000",
        "RDATE;VALUE=DATE:20261110",
        "RDATE;VALUE=PERIOD:20261120T100000Z/PT3H,20261121T100000Z/20261121T110000Z",
    )

    assert times(event(*MORNING, *added))[1:] == [
        "11-02 13:00–14:00",
        "11-10 08:00–09:00",
        "11-20 10:00–13:00",
        "11-21 10:00–11:00",
    ]


def test_one_of_a_row_is_moved_and_another_cancelled():
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Paris:20261027T090000", "DTSTART:20261028T130000Z", "DTEND:20261028T140000Z"
    )
    cancelled = event("RECURRENCE-ID:20261103T080000Z", "DTSTART:20261103T080000Z", "DURATION:PT1H", "STATUS:CANCELLED")

    assert times(moved, event(*WEEKLY), cancelled) == ["10-20 07:00–08:00", "10-28 13:00–14:00"]


def test_of_two_versions_the_later_one_counts():
    later = ("DTSTART:20261021T070000Z", "DTEND:20261021T080000Z", "SEQUENCE:2")

    assert times(event(*later), event(*MORNING, "SEQUENCE:1")) == ["10-21 07:00–08:00"]


def test_a_program_that_gives_everything_one_name_loses_nothing():
    assert len(times(event(*MORNING), event("DTSTART:20261021T070000Z", "DTEND:20261021T080000Z"))) == 2


def test_entries_without_a_name_are_several():
    nameless = [event(*MORNING).replace("UID:1\r\n", ""), event("DTSTART;VALUE=DATE:20261101").replace("UID:1\r\n", "")]

    assert len(times(*nameless)) == 2


def test_what_is_said_twice_is_busy_once():
    assert times(event(*MORNING, uid="1"), event(*MORNING, uid="2")) == ["10-20 07:00–08:00"]


def test_a_list_of_busy_times_alone_is_read():
    busy = event(
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261020T070000Z/PT1H",
        "FREEBUSY;FBTYPE=FREE:20261021T070000Z/PT1H",
        "FREEBUSY:20261022T070000Z/20261022T080000Z",
        kind="VFREEBUSY",
    )

    assert times(busy) == ["10-20 07:00–08:00", "10-22 07:00–08:00"]


def test_tasks_and_alarms_are_no_appointments():
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT9H\r\nREPEAT:2\r\nEND:VALARM"

    assert times(event(*MORNING[:1], "DURATION:PT1H", alarm), event(*MORNING, kind="VTODO")) == ["10-20 07:00–08:00"]


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:tomorrow",
        "DTSTART:20261399T090000",
        "DTSTART;TZID=Europe/Paris",
        "RRULE:FREQ=SOMETIMES",
        "EXDATE:?",
        "DURATION:P999999W",
        "DTEND:20251020T090000Z",
        "DURATION:-PT1H",
        "RDATE;VALUE=PERIOD:1/2",
        "END:VTODO",
    ],
)
def test_an_entry_that_cannot_be_read_is_counted_and_the_others_are_kept(line: str):
    wrong = "DTEND" if line.startswith("DTEND") else "DTSTART" if line.startswith("DTSTART") else line
    lines = [one for one in MORNING if not one.startswith(wrong)]
    lines = lines[:1] if line.startswith("DURATION") else lines

    found = read(event(*lines, line, uid="bad"), event("DTSTART:20261101T070000Z", "DURATION:PT1H", uid="good"))

    assert (len(found.times), found.read, found.problems) == (1, 1, {"unreadable": 1})


def test_what_repeats_within_the_day_is_refused_alone():
    found = read(event(*MORNING, "RRULE:FREQ=SECONDLY", uid="bad"), event(*MORNING))

    assert (found.read, found.problems) == (1, {"too-often": 1})


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([event(*MORNING, "RRULE:FREQ=SECONDLY")], Why.TOO_OFTEN),
        ([event("DTSTART:x")], Why.NOTHING_READ),
        ([event("DTSTART:00010101T000000", "RRULE:FREQ=DAILY;COUNT=9999999")], Why.TOO_MUCH),
        ([event(*MORNING, "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,20,40")] * 3, None),
        (
            [event("DTSTART:19700101T0900", "RRULE:FREQ=DAILY;COUNT=99999", uid=str(n)) for n in range(60)],
            Why.TOO_MUCH,
        ),
        (
            [
                event(
                    f"DTSTART:2026102{n % 9}T{n // 3600:02}{n // 60 % 60:02}{n % 60:02}Z", "DURATION:PT1H", uid=str(n)
                )
                for n in range(20_001)
            ],
            Why.TOO_MANY_ENTRIES,
        ),
    ],
)
def test_what_would_take_for_ever_is_refused(parts: list[str], why: Why | None):
    if why is None:
        assert len(times(*parts)) > 9000
        return
    with pytest.raises(Unreadable) as refusal:
        read(*parts)
    assert refusal.value.why is why


def test_more_times_than_anybody_has_are_refused():
    hours = ",".join(map(str, range(24)))
    often = [
        event(f"DTSTART:20261020T00{n:02}00Z", "DURATION:PT1M", f"RRULE:FREQ=DAILY;BYHOUR={hours}", uid=str(n))
        for n in range(3)
    ]

    with pytest.raises(Unreadable) as refusal:
        read(*often)
    assert refusal.value.why is Why.TOO_MANY_ENTRIES


def test_an_empty_calendar_keeps_nobody_busy():
    assert read() == busy_times(calendar(), HERE, BEGINS, ENDS)
    assert (read().times, read().read) == ((), 0)


def test_several_calendars_in_one_file_are_all_read():
    both = calendar(event(*MORNING)) + calendar(event("DTSTART:20261101T070000Z", "DURATION:PT1H"))

    assert len(busy_times(both, HERE, BEGINS, ENDS).times) == 2
