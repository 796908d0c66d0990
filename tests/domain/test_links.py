"""The address of a person's own page: made of nothing that is kept, and of use for one booking only."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from booking.domain.links import address_of, expires_at, path_of, proof, proven
from tests.given import SITE, in_days
from tests.given_cases import a_booking, a_case, a_session


def test_an_address_is_the_code_and_sixteen_characters():
    booking = a_booking(a_session())

    assert re.fullmatch(rf"/p/{booking.code}/[A-Za-z0-9_-]{{16}}", path_of(booking, SITE))
    assert address_of(booking, SITE) == f"https://ateliers.example{path_of(booking, SITE)}"


def test_it_is_the_same_each_time_and_on_every_host():
    booking = a_booking(a_session())

    assert proof(booking, SITE) == proof(booking, replace(SITE, url="https://other.example"))


def test_another_secret_makes_another_address():
    booking = a_booking(a_session())

    assert proof(booking, SITE) != proof(booking, replace(SITE, secret=b"another secret, as long as it must be"))


def test_a_new_link_is_another_and_the_old_one_proves_nothing():
    booking = a_booking(a_session())
    renewed = replace(booking, link_version=1)

    assert proof(renewed, SITE) != proof(booking, SITE)
    assert proven(proof(booking, SITE), [renewed], SITE) is None
    assert proven(proof(renewed, SITE), [renewed], SITE) == renewed


def test_of_those_who_share_a_code_the_proof_tells_which():
    one, other = a_booking(a_session()), a_booking(a_session())

    assert proven(proof(other, SITE), [one, other], SITE) == other


@pytest.mark.parametrize("said", ["", "a", "é" * 16, "\x00", "A" * 16, "A" * 10_000])
def test_what_proves_nothing_opens_nothing(said):
    assert proven(said, [a_booking(a_session())], SITE) is None


def test_a_proof_is_not_shortened_or_lengthened():
    booking = a_booking(a_session())
    fits = proof(booking, SITE)

    assert not any(proven(said, [booking], SITE) for said in (fits[:-2], fits + "A", fits.swapcase(), f" {fits}"))


def test_a_hyphen_at_the_end_may_be_lost_on_the_way():
    ending = next(one for one in (a_booking(a_session()) for _ in range(10_000)) if proof(one, SITE)[-1] == "-")

    assert proven(proof(ending, SITE)[:-1], [ending], SITE) == ending


def test_a_page_lasts_until_the_end_of_the_last_day():
    case = a_case(in_days(1), in_days(14))

    # Midnight in Grenoble, which is winter by then.
    assert expires_at(case) == datetime(2026, 11, 2, 23, 0, tzinfo=UTC)


def test_the_day_ends_where_the_session_is():
    case = a_case(in_days(14))
    far = replace(case, agency=replace(case.agency, time_zone="Indian/Reunion"))

    assert expires_at(far) == datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
