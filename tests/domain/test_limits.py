"""So many in a time, or a few and then ever longer pauses."""

from datetime import timedelta

import pytest

from booking.domain.errors import TooManyRequests
from booking.domain.limits import MINUTE, Patience, Rate, Tally, key_of
from tests.given import NOW

SECOND = timedelta(seconds=1)
RATE, PATIENCE = Rate("essai", 6, MINUTE), Patience("essai", 5)
FRESH = Tally("x", 0, NOW, NOW)


def test_six_a_minute_may_come_at_once_and_the_next_after_ten_seconds():
    tally = RATE.spent(FRESH, NOW, 6)

    with pytest.raises(TooManyRequests) as refused:
        RATE.spent(tally, NOW)

    assert refused.value.facts == {"seconds": 10}
    assert RATE.spent(tally, NOW + 10 * SECOND)


def test_who_waits_a_minute_has_all_six_again():
    tally = RATE.spent(RATE.spent(FRESH, NOW, 6), NOW + MINUTE, 6)

    assert tally.forgotten_at == NOW + 2 * MINUTE


def test_the_pause_doubles_up_to_a_quarter_of_an_hour_and_never_lasts():
    tally, now, pauses = FRESH, NOW, []
    for _ in range(12):
        tally = PATIENCE.tried(tally, now)
        pauses.append(max(0, (tally.free_at - now) // MINUTE))
        now = max(now, tally.free_at)

    assert pauses == [0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15]
    assert PATIENCE.tried(tally, tally.forgotten_at).count == 1


def test_a_try_during_the_pause_makes_it_no_longer():
    tally = FRESH
    for _ in range(5):
        tally = PATIENCE.tried(tally, NOW)

    with pytest.raises(TooManyRequests) as refused:
        PATIENCE.tried(tally, NOW + 20 * SECOND)

    assert refused.value.facts == {"seconds": 40}


def test_what_is_pardoned_was_never_tried():
    tally = FRESH
    for _ in range(50):
        tally = PATIENCE.pardoned(PATIENCE.tried(tally, NOW), NOW)

    assert tally.count == 0


def test_what_is_kept_says_neither_address_nor_name():
    assert "192.0.2.7" not in key_of(RATE, "192.0.2.7")
    assert key_of(RATE, "a") != key_of(Rate("autre", 6, MINUTE), "a")
