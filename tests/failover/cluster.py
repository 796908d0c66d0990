"""etcd, and PostgreSQL under Patroni on three hosts."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.failover.hosts import HUB, Host, run
from tests.postgresql import binaries, parent_of

NODES = 3
READY = 240
SETTINGS = {"ttl": 20, "loop_wait": 2, "retry_timeout": 5, "primary_start_timeout": 0, "failsafe_mode": True}
SAFE = {"synchronous_mode": "quorum", "synchronous_mode_strict": True}
USUAL = {"max_connections": 100, "wal_keep_size": "512MB", "wal_log_hints": "on", "timezone": "UTC"}
NOBODY = pwd.getpwnam("nobody")
AS_NOBODY = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}


def patroni_in(folder: Path) -> Path:
    """Patroni, in a virtual environment of its own, of a Python that every account can run."""
    home = folder / "patroni"
    run("/usr/bin/python3", "-m", "venv", home)
    run(home / "bin" / "pip", "install", "--quiet", "patroni[etcd3]>=4.1", "psycopg2-binary")
    return home / "bin" / "patroni"


class Etcd:
    """The memory of the cluster, in the middle of the network."""

    url = f"http://{HUB}:2379"

    def __init__(self, folder: Path) -> None:
        self._data, self._log = folder / "etcd", (folder / "etcd.log").open("ab")
        self.start()

    def start(self) -> None:
        """As it was when it ended."""
        peer = f"http://{HUB}:2380"
        where = ["--listen-client-urls", self.url, "--advertise-client-urls", self.url]
        others = ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"one={peer}"]
        command = ["etcd", "--name", "one", "--data-dir", str(self._data), *where, *others]
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)

    def kill(self) -> None:
        """Without a goodbye."""
        self._process.kill()
        self._process.wait()


class Node:
    """One host with Patroni and its PostgreSQL."""

    def __init__(self, n: int, folder: Path, patroni: Path, *, is_safe: bool) -> None:
        self.name, self.host = f"n{n}", Host(n)
        self._home, self._patroni = folder / self.name, patroni
        self._home.mkdir()
        shutil.chown(self._home, NOBODY.pw_uid, NOBODY.pw_gid)
        self._data = self._home / "data"
        (self._home / "patroni.json").write_text(json.dumps(self._settings(is_safe=is_safe)))
        self._log = (folder / f"{self.name}.log").open("ab")

    def _settings(self, *, is_safe: bool) -> dict[str, Any]:
        here = self.host.address
        dcs = SETTINGS | (SAFE if is_safe else {}) | {"postgresql": {"use_pg_rewind": True, "parameters": USUAL}}
        known = {"superuser": {"username": "postgres"}, "replication": {"username": "postgres"}}
        return {
            "scope": "ateliers",
            "name": self.name,
            "restapi": {"listen": f"{here}:8008", "connect_address": f"{here}:8008"},
            "etcd3": {"hosts": [Etcd.url.removeprefix("http://")]},
            "bootstrap": {"dcs": dcs, "initdb": ["data-checksums", {"encoding": "UTF8"}, {"locale": "C.UTF-8"}]},
            "postgresql": {
                "listen": f"{here}:5432",
                "connect_address": f"{here}:5432",
                "data_dir": str(self._data),
                "bin_dir": str(binaries()),
                "pgpass": str(self._home / "pgpass"),
                "authentication": known,
                "parameters": {"unix_socket_directories": str(self._home)},
                "pg_hba": ["host all all all trust", "host replication all all trust", "local all all trust"],
            },
        }

    def start(self) -> None:
        """Patroni, which starts PostgreSQL when that is right."""
        command = [*self.host.inside, "setpriv", f"--reuid={NOBODY.pw_uid}", f"--regid={NOBODY.pw_gid}"]
        program = ["--clear-groups", str(self._patroni), str(self._home / "patroni.json")]
        known = {"cwd": self._home, "env": os.environ | {"HOME": str(self._home), "LC_ALL": "C.UTF-8"}}
        self._process = subprocess.Popen([*command, *program], stdout=self._log, stderr=self._log, **known)

    def postgresql(self) -> list[int]:
        """The server's own processes, postmaster first."""
        with suppress(OSError, ValueError):
            first = int((self._data / "postmaster.pid").read_text().splitlines()[0])
            stats = {int(stat.parent.name): parent_of(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
            return [first, *(pid for pid, parent in stats.items() if parent == first)] if first in stats else []
        return []

    def crash(self) -> None:
        """The database ends at once, without a goodbye."""
        _send(signal.SIGKILL, self.postgresql()[:1])

    def everyone(self, sign: signal.Signals) -> None:
        """Patroni and PostgreSQL at once."""
        _send(sign, [self._process.pid, *self.postgresql()])
        if sign == signal.SIGKILL:
            self._process.wait()

    def asked(self, path: str, said: dict[str, str] | None = None) -> Any:
        """Patroni's answer, or None when there is none."""
        body = json.dumps(said).encode() if said else None
        with suppress(OSError, ValueError):
            request = urllib.request.Request(f"http://{self.host.address}:8008{path}", body)
            with urllib.request.urlopen(request, timeout=10 if said else 1) as answer:  # noqa: S310
                read = answer.read()
                return read if said else json.loads(read)
        return None


def _send(sign: signal.Signals, pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


class Cluster:
    """All of it, to be used in a ``with`` block."""

    def __init__(self, folder: Path, patroni: Path, *, is_safe: bool) -> None:
        self.etcd = Etcd(folder)
        self.nodes = [Node(n, folder, patroni, is_safe=is_safe) for n in range(1, NODES + 1)]

    @property
    def hosts(self) -> str:
        """As the address of the database names them."""
        return ",".join(f"{node.host.address}:5432" for node in self.nodes)

    def start(self) -> None:
        """Every node."""
        for node in self.nodes:
            node.start()

    def members(self) -> dict[str, str]:
        """Each that is well, with its role, as one that knows tells it."""
        known = next((said for node in self.nodes if (said := node.asked("/cluster"))), {"members": []})
        well = [one for one in known["members"] if one.get("state") in ("running", "streaming")]
        return {one["name"]: one["role"] for one in well}

    def primary(self) -> Node:
        """Who takes writes; waits until somebody does."""
        ends = time.monotonic() + READY
        while time.monotonic() < ends:
            for node in self.nodes:
                if (said := node.asked("/primary")) and said.get("role") in ("primary", "master"):
                    return node
            time.sleep(0.2)
        raise TimeoutError("no primary")

    def standbys(self) -> list[Node]:
        """The others."""
        primary = self.primary()
        return [node for node in self.nodes if node is not primary]

    def until_whole(self) -> None:
        """Wait until one takes writes and every other one follows in step."""
        ends = time.monotonic() + READY
        while time.monotonic() < ends:
            roles = self.members()
            if len(roles) == NODES and "leader" in roles.values():
                return
            time.sleep(0.3)
        raise TimeoutError(f"not whole: {roles}")

    def end(self) -> None:
        """Every process that was started here."""
        for node in self.nodes:
            node.host.plug()
            node.everyone(signal.SIGCONT)
            node.everyone(signal.SIGKILL)
            node.host.end()
        self.etcd.kill()
