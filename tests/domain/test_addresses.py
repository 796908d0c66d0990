"""Addresses of databases, with one host or several."""

import pytest

from booking.domain.addresses import hosts


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("postgresql://u:p@un:5432,deux:5433,trois/nom", [("un", 5432), ("deux", 5433), ("trois", 5432)]),
        ("postgresql://u@/nom?host=un:1&host=deux:2", [("un", 1), ("deux", 2)]),
        ("postgresql://[::1]:6000,[fe80::2]/nom", [("::1", 6000), ("fe80::2", 5432)]),
        ("postgresql:///nom?host=/run/postgresql", [("/run/postgresql", 5432)]),
        ("sqlite:////srv/ateliers.sqlite3", []),
    ],
)
def test_every_host_is_known_with_its_port(said: str, known: list[tuple[str, int]]):
    assert hosts(said) == known


@pytest.mark.parametrize("said", ["postgresql://u@un:x/nom", "postgresql://u@un,,deux/nom", "postgresql://un:70000/n"])
def test_what_is_no_host_is_refused(said: str):
    with pytest.raises(ValueError, match=r"host|Port|port"):
        hosts(said)
