from datetime import date, timedelta

import pytest

from calendars.events import Status, entry
from calendars.zones import NaiveInstant, midnight
from tests.calendars.given import END, START, a_meeting, lines, utc


def names(text):
    return [line.partition(":")[0].partition(";")[0] for line in lines(text)]


def test_an_entry_says_its_properties_in_one_order():
    meeting = a_meeting(
        description="Niveau débutant",
        location="Salle 2",
        url="https://ateliers.example/1",
        latitude=45.188529,
        longitude=5.724524,
        categories=("débutant",),
    )

    order = "BEGIN SUMMARY DTSTART DTEND DTSTAMP UID SEQUENCE CATEGORIES CLASS CREATED DESCRIPTION"
    assert names(entry(meeting)) == f"{order} GEO LAST-MODIFIED LOCATION STATUS TRANSP URL END".split()


def test_an_entry_leaves_out_what_is_not_known():
    assert names(entry(a_meeting())) == (
        "BEGIN SUMMARY DTSTART DTEND DTSTAMP UID SEQUENCE CLASS CREATED LAST-MODIFIED STATUS TRANSP END".split()
    )


def test_an_entry_says_wall_time_and_its_zone():
    said = lines(entry(a_meeting(time_zone="Indian/Reunion")))

    assert "DTSTART;TZID=Indian/Reunion:20250318T123000" in said
    assert "DTEND;TZID=Indian/Reunion:20250318T143000" in said


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_both_passes_of_a_doubled_hour_are_said_in_utc(minute):
    said = lines(entry(a_meeting(starts_at=utc(2025, 10, 26, 0, minute), ends_at=utc(2025, 10, 26, 1, minute))))

    assert f"DTSTART:20251026T00{minute:02}00Z" in said
    assert f"DTEND:20251026T01{minute:02}00Z" in said


def test_the_hours_beside_a_doubled_one_are_said_on_the_wall():
    said = lines(entry(a_meeting(starts_at=utc(2025, 10, 25, 23, 59), ends_at=utc(2025, 10, 26, 2))))

    assert "DTSTART;TZID=Europe/Paris:20251026T015900" in said
    assert "DTEND;TZID=Europe/Paris:20251026T030000" in said


def test_the_hours_beside_a_skipped_one_are_said_on_the_wall():
    said = lines(entry(a_meeting(starts_at=utc(2025, 3, 30, 0, 59), ends_at=utc(2025, 3, 30, 1))))

    assert "DTSTART;TZID=Europe/Paris:20250330T015900" in said
    assert "DTEND;TZID=Europe/Paris:20250330T030000" in said


@pytest.mark.parametrize(("day", "hours"), [((2025, 3, 30), 23), ((2025, 10, 26), 25), ((2025, 3, 18), 24)])
def test_a_day_of_the_change_has_as_many_hours_as_it_has(day, hours):
    begins = midnight(date(*day), "Europe/Paris")
    ends = midnight(date(*day) + timedelta(days=1), "Europe/Paris")

    said = lines(entry(a_meeting(starts_at=begins, ends_at=ends)))

    assert ends - begins == timedelta(hours=hours)
    assert f"DTSTART;TZID=Europe/Paris:{date(*day):%Y%m%d}T000000" in said
    assert f"DTEND;TZID=Europe/Paris:{date(*day) + timedelta(days=1):%Y%m%d}T000000" in said


def test_an_entry_is_stamped_with_its_last_change():
    said = lines(entry(a_meeting(sequence=3, changed_at=utc(2025, 3, 2, 9, 5, 7))))

    assert {"DTSTAMP:20250302T090507Z", "LAST-MODIFIED:20250302T090507Z", "SEQUENCE:3", "CLASS:PUBLIC"} < set(said)
    assert "CREATED:20250301T080000Z" in said


def test_a_cancelled_meeting_says_so_in_words_and_takes_no_time():
    said = lines(entry(a_meeting(status=Status.CANCELLED, summary="Tableur")))

    assert {"SUMMARY:ANNULÉ – Tableur", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"} < set(said)


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.TENTATIVE])
def test_a_meeting_that_stands_takes_time(status):
    said = lines(entry(a_meeting(status=status, summary="Tableur")))

    assert {"SUMMARY:Tableur", f"STATUS:{status.value}", "TRANSP:OPAQUE"} < set(said)


def test_a_position_is_written_with_dots_and_no_exponent():
    assert "GEO:-21.115141;0.000001" in lines(entry(a_meeting(latitude=-21.115141, longitude=0.000001)))


def test_half_a_position_is_none():
    assert "GEO" not in names(entry(a_meeting(latitude=45.18)))


def test_categories_are_set_apart_by_commas_and_keep_their_own():
    said = lines(entry(a_meeting(categories=("lire, écrire", "débutant"))))

    assert r"CATEGORIES:lire\, écrire,débutant" in said


def test_an_entry_breaks_its_lines_with_cr_lf_only():
    text = entry(a_meeting(description="une\ndeux\r\ntrois", location="x\ry"))

    assert text.endswith("END:VEVENT\r\n")
    assert not {"\r", "\n"} & set(text.replace("\r\n", ""))


@pytest.mark.parametrize("field", ["uid", "summary", "description", "location", "url", "categories"])
def test_no_text_adds_a_property_to_an_entry(field):
    attack = "x\r\nATTENDEE:mailto:y@z.example"

    text = entry(a_meeting(**{field: (attack,) if field == "categories" else attack}))

    assert "ATTENDEE" not in names(text)


@pytest.mark.parametrize("forbidden", ["METHOD", "ORGANIZER", "ATTENDEE", "VALARM", "RRULE", "RECURRENCE-ID", "SOURCE"])
def test_an_entry_of_a_feed_has_nothing_of_an_invitation(forbidden):
    assert forbidden not in entry(a_meeting(categories=("a",), url="https://a.example", latitude=1.0, longitude=1.0))


@pytest.mark.parametrize("field", ["starts_at", "ends_at", "created_at", "changed_at"])
def test_an_instant_without_a_zone_is_refused(field):
    with pytest.raises(NaiveInstant):
        entry(a_meeting(**{field: START.replace(tzinfo=None)}))


def test_equal_meetings_give_equal_bytes():
    assert entry(a_meeting(starts_at=START, ends_at=END)) == entry(a_meeting())
