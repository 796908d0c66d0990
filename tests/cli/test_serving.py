"""Starting a server, as far as it does not start."""

from pathlib import Path

from booking.storage.alone import alone
from tests.cli.conftest import Ateliers
from tests.cli.test_listening import free_port


def test_a_second_server_of_one_sqlite_file_is_refused(ateliers: Ateliers, folder: Path):
    with alone(folder / "ateliers.sqlite3"):
        said = ateliers("serve", "--even-so", "--port", free_port())

    assert said.exit_code == 1
    assert said.stderr.startswith("Un autre serveur tient déjà cette base SQLite")
