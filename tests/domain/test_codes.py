"""The code on every paper: read out at a desk, on a bad line, by who reads little."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.codes import DIGITS, LETTERS, code_in, code_of, spaced
from booking.domain.identifiers import new_id
from tests.given import NOW


def test_a_code_is_three_pairs_of_a_letter_and_a_digit():
    code = code_of(new_id(NOW))

    assert [letter in LETTERS and digit in DIGITS for letter, digit in zip(code[::2], code[1::2], strict=True)] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("019a0000-0000-7000-8000-000000000000", "A2A2A2"),
        ("019a0000-0000-7000-8000-000000000001", "C2A2A2"),
        ("019a0000-0000-7000-8000-000000000013", "A3A2A2"),
        ("019a0000-0000-7000-bfff-ffffffffffff", "L3J4L6"),
    ],
)
def test_papers_handed_out_keep_their_code_for_ever(id, code):
    assert code_of(UUID(id)) == code


def test_the_moment_of_booking_is_no_part_of_the_code():
    one, other = UUID("019a0000-0000-7000-8000-00000000abcd"), UUID("029b1234-5678-7fff-8000-00000000abcd")

    assert code_of(one) == code_of(other)


def test_codes_are_spread_so_that_few_people_share_one():
    codes = {code_of(new_id(NOW)) for _ in range(1000)}

    assert len(codes) > 990


@pytest.mark.parametrize("pair", ["0O", "1I", "5S", "8B", "2Z", "BP", "GJ", "UQ"])
def test_of_two_signs_taken_for_one_another_at_most_one_stands_in_a_code(pair):
    assert len(set(pair) & set(LETTERS + DIGITS)) <= 1


def test_a_code_is_printed_in_pairs():
    assert spaced("K7M4P2") == "K7 M4 P2"


@pytest.mark.parametrize("said", ["K7M4P2", "k7m4p2", "K7 M4 P2", " k7-m4-p2. ", "K 7 M 4 P 2"])
def test_however_it_is_typed_it_is_understood(said):
    assert code_in(said) == "K7M4P2"


@pytest.mark.parametrize(
    "said",
    ["", "K7M4P", "K7M4P22", "7KM4P2", "B7M4P2", "K8M4P2", "K7M4PP", "Nadia", "K7M4P2K7M4P2", "K7M4P²"],
)
def test_anything_else_is_no_code(said):
    assert code_in(said) is None


@given(st.uuids())
def test_every_code_that_is_printed_is_understood(id):
    assert code_in(spaced(code_of(id))) == code_of(id)
