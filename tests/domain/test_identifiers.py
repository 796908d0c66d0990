"""Identifiers: unlike each other, in the order of time, and the same from the same seed."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import RFC_4122

import pytest

from booking.domain.identifiers import draw_at_random, draw_from, new_id
from tests.given import NOW


@pytest.fixture
def seeded() -> Iterator[None]:
    draw_from(Random(7))
    yield
    draw_at_random()


def test_an_identifier_is_a_uuid_of_version_7():
    made = new_id(NOW)

    assert (made.version, made.variant) == (7, RFC_4122)


def test_it_begins_with_the_milliseconds_since_1970():
    assert new_id(NOW).int >> 80 == int(NOW.timestamp()) * 1000


def test_later_ones_come_after_earlier_ones():
    moments = [NOW + n * timedelta(milliseconds=1) for n in range(200)]

    made = [new_id(moment) for moment in moments]

    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(map(str, made))


def test_a_thousand_of_one_moment_are_a_thousand():
    assert len({new_id(NOW) for _ in range(1000)}) == 1000


def test_those_of_one_moment_stand_in_the_order_in_which_they_were_made():
    draw_at_random()

    made = [new_id(NOW) for _ in range(1000)]

    assert made == sorted(made)


def test_every_bit_that_chance_may_set_is_set_by_it():
    ones, zeros = 0, (1 << 80) - 1
    for n in range(500):
        drawn = new_id(NOW + n * timedelta(milliseconds=1)).int & ((1 << 80) - 1)
        ones, zeros = ones | drawn, zeros & drawn

    assert (ones ^ zeros).bit_count() == 74


def test_the_same_seed_gives_the_same_identifiers(seeded: None):
    first = [new_id(NOW) for _ in range(3)]
    draw_from(Random(7))

    assert [new_id(NOW) for _ in range(3)] == first
