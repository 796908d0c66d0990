"""``ateliers figures recount``."""

from tests.cli.conftest import Ateliers


def test_everything_is_counted_anew(ateliers: Ateliers) -> None:
    said = ateliers("figures", "recount")

    assert (said.exit_code, said.stdout) == (0, "Sessions comptées : 0.\n")
