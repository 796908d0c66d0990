"""The little words of pages: how far, who, which number, and the day an address asks for."""

from datetime import date

import pytest

from booking.web.pages.dates import WRITTEN, day_of
from booking.web.pages.words import phone
from booking.web.templating import initials, km_words

TODAY = date(2026, 10, 19)


@pytest.mark.parametrize(
    ("km", "said"), [(0.04, "0,0"), (2.34, "2,3"), (9.94, "9,9"), (9.96, "10"), (10, "10"), (14.4, "14"), (431, "431")]
)
def test_a_way_is_said_with_as_many_figures_as_one_compares(km, said):
    assert km_words(km) == f"{said}\u00a0km"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Nadia Haddad", "NH"), ("nadia", "N"), ("Anne Marie Le Goff", "AG"), ("  Zoé   Öz ", "ZÖ"), ("", "")],
)
def test_a_person_is_two_letters(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+33476123456", "04 76 12 34 56"),
        ("+33639980001", "06 39 98 00 01"),
        ("+262262123456", "+262262123456"),
        ("+334761234", "+334761234"),
        ("", ""),
    ],
)
def test_a_french_number_is_said_in_pairs_and_any_other_as_it_is(number, said):
    assert phone(number) == said.replace(" ", "\u00a0")


class TestTheDayOfAnAddress:
    @pytest.mark.parametrize(
        ("name", "said", "day"),
        [
            ("jour", "2026-11-24", date(2026, 11, 24)),
            ("semaine", "2026-W48", date(2026, 11, 23)),
            ("semaine", "2026-w01", date(2025, 12, 29)),
            ("mois", "2026-11", date(2026, 11, 1)),
            ("jour", "2000-01-01", date(2000, 1, 1)),
            ("jour", "2099-12-31", date(2099, 12, 31)),
        ],
    )
    def test_it_is_read(self, name, said, day):
        assert day_of(name, said, TODAY) == day

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("jour", "24/11/2026"),
            ("jour", "2026-02-30"),
            ("jour", ""),
            ("semaine", "2026-48"),
            ("semaine", "2026-W54"),
            ("semaine", "2026-W48-W1"),
            ("semaine", "99999999999999999999-W01"),
            ("mois", "2026-13"),
            ("mois", "novembre"),
            ("jour", "1999-12-31"),
            ("jour", "2100-01-01"),
        ],
    )
    def test_what_cannot_be_read_or_lies_too_far_is_today(self, name, said):
        assert day_of(name, said, TODAY) == TODAY

    @pytest.mark.parametrize("name", WRITTEN)
    @pytest.mark.parametrize("day", [date(2026, 11, 24), date(2027, 1, 1), date(2020, 12, 31)])
    def test_what_is_written_leads_back_to_the_same_time(self, name, day):
        first = day_of(name, WRITTEN[name](day), TODAY)

        assert first <= day and WRITTEN[name](first) == WRITTEN[name](day)
