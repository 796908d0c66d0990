"""Small counts: what points at few people is hidden, and does not come back by subtraction."""

import pytest

from booking.domain.small_counts import told, told_sum


def test_large_counts_are_told():
    assert told({"a": 5, "b": 12}) == {"a": 5, "b": 12}
    assert told_sum({"a": 5, "b": 12}) == 17


def test_a_small_count_is_hidden_with_another_one():
    """Alone it would be the sum less the others."""
    assert told({"a": 3, "b": 12, "c": 40}) == {"a": None, "b": None, "c": 40}
    assert told_sum({"a": 3, "b": 12, "c": 40}) == 55


def test_nobody_at_all_may_be_told_where_nothing_is_hidden():
    assert told({"a": 0, "b": 12}) == {"a": 0, "b": 12}


def test_two_small_ones_that_are_few_together_take_a_third_along():
    assert told({"a": 1, "b": 2, "c": 30, "d": 9}) == {"a": None, "b": None, "c": 30, "d": None}


@pytest.mark.parametrize("counts", [{"a": 3}, {"a": 3, "b": 0}, {"a": 1, "b": 2}])
def test_a_sum_that_points_at_few_is_hidden_too(counts):
    assert told_sum(counts) is None


@pytest.mark.parametrize(
    "counts", [{"a": 1, "b": 4, "c": 7}, {"a": 4, "b": 4, "c": 4}, {"a": 0, "b": 1, "c": 9}, {"a": 2, "b": 50}]
)
def test_what_is_hidden_cannot_be_worked_out(counts):
    shown, total = told(counts), told_sum(counts)

    hidden = [counts[key] for key, number in shown.items() if number is None]

    assert total is None or (len(hidden) >= 2 and sum(hidden) >= 5)
