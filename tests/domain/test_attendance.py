"""Presence: on the day of the place, with a reason only for who is excused."""

from datetime import UTC, date, datetime

import pytest

from booking.domain.attendance import PARTNER_STATUS, Attendance, Mark, Reason
from booking.domain.errors import InvalidField, MeetingNotBegun
from booking.domain.identifiers import new_id
from tests.given import NOW

TUESDAY = date(2026, 10, 20)


def a_mark(mark: Mark = Mark.ATTENDED, reason: Reason | None = None, at: datetime = NOW) -> Attendance:
    who = {"booking_id": new_id(NOW), "meeting_id": new_id(NOW), "marked_by": new_id(NOW)}
    return Attendance(mark=mark, reason=reason, marked_at=at, **who)


def test_presence_is_marked_from_the_morning_of_the_day():
    midnight_in_paris = datetime(2026, 10, 19, 22, 0, tzinfo=UTC)

    mark = a_mark(at=midnight_in_paris)

    assert mark.checked(TUESDAY, "Europe/Paris") is mark


def test_the_day_before_is_too_early():
    mark = a_mark(at=datetime(2026, 10, 19, 21, 59, tzinfo=UTC))

    with pytest.raises(MeetingNotBegun) as refused:
        mark.checked(TUESDAY, "Europe/Paris")

    assert refused.value.facts == {"meeting_id": mark.meeting_id, "meeting_on": TUESDAY}


def test_the_day_is_that_of_the_place():
    evening_utc = a_mark(at=datetime(2026, 10, 19, 21, 0, tzinfo=UTC))

    evening_utc.checked(TUESDAY, "Indian/Reunion")
    with pytest.raises(MeetingNotBegun):
        evening_utc.checked(TUESDAY, "America/Martinique")


def test_a_mark_may_come_later():
    a_mark(at=datetime(2026, 12, 1, tzinfo=UTC)).checked(TUESDAY, "Europe/Paris")


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.EXCUSED])
def test_only_who_is_excused_has_a_reason(mark):
    with pytest.raises(InvalidField) as refused:
        a_mark(mark, Reason.ILL).checked(NOW.date(), "Europe/Paris")

    assert refused.value.facts["fields"] == {"reason": "only-when-excused"}


def test_who_is_excused_need_not_say_why():
    a_mark(Mark.EXCUSED, Reason.JOB).checked(NOW.date(), "Europe/Paris")
    a_mark(Mark.EXCUSED).checked(NOW.date(), "Europe/Paris")


def test_who_came_late_or_left_early_was_there():
    assert {mark for mark in Mark if mark.is_present} == {Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY}


def test_every_mark_has_a_word_for_the_partner():
    assert set(PARTNER_STATUS) == set(Mark)
    assert {PARTNER_STATUS[mark] for mark in Mark if mark.is_present} == {"EFFECTUE"}
