"""Days and hours on screen: French as French is written, by the clock of the place."""

from datetime import UTC, date, datetime

from booking.web import moments

NINE_THIRTY = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
PARIS, REUNION = "Europe/Paris", "Indian/Reunion"


def said(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_moment_is_said_by_the_clock_of_the_place():
    assert said(moments.hour(NINE_THIRTY, PARIS, language="fr")) == "9 h 30"
    assert said(moments.hour(NINE_THIRTY, REUNION, language="fr")) == "12 h 30"


def test_a_day_is_said_in_words():
    assert moments.full_day(NINE_THIRTY, PARIS, language="fr") == "mardi 24 novembre 2026"
    assert moments.day(datetime(2026, 12, 1, 9, tzinfo=UTC), PARIS, language="fr") == "mardi 1er décembre"
    assert said(moments.short_day(NINE_THIRTY, PARIS, language="fr")) == "24 nov."


def test_english_has_its_own_words():
    assert moments.day(NINE_THIRTY, PARIS, language="en") == "Tuesday 24 November"
    assert moments.hour(NINE_THIRTY, PARIS, language="en") == "9:30"


def test_arabic_says_days_from_the_right_with_western_digits():
    assert moments.day(NINE_THIRTY, PARIS, language="ar") == "الثلاثاء 24 نوفمبر"
    assert moments.full_day(date(2026, 12, 1), language="ar") == "الثلاثاء 1 ديسمبر 2026"
    assert moments.hour(NINE_THIRTY, PARIS, language="ar") == "9:30"


def test_day_and_hour_are_parted_by_the_comma_of_the_language():
    words = {language: moments.day_and_hour(NINE_THIRTY, PARIS, language=language) for language in ("fr", "ar")}

    assert said(words["fr"]) == "mardi 24 novembre, 9 h 30"
    assert words["ar"] == "الثلاثاء 24 نوفمبر، 9:30"
