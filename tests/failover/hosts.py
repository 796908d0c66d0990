"""Hosts of their own on this machine: each a network namespace that can be unplugged. Linux, as root.

Everything stands in one namespace that this program made for itself: nobody else's network is touched.
"""

import os
import subprocess
import sys
from pathlib import Path

HUB = "10.9.0.254"
INSIDE = "ATELIERS_FAILOVER_INSIDE"


def is_inside() -> bool:
    """Whether this process stands in a network of its own."""
    return INSIDE in os.environ


def go_inside(*more: str) -> int:
    """The same command again in a network of its own, with more words behind it; returns what it ended with."""
    command = ["unshare", "--net", "--", sys.executable, "-m", "tests.failover", *sys.argv[1:], *more]
    return subprocess.run(command, env=os.environ | {INSIDE: "yes"}, check=False).returncode


def run(*command: str | Path) -> None:
    """Something that must succeed."""
    subprocess.run([str(word) for word in command], check=True)


def make_hub() -> None:
    """The switch to which every host is plugged; clients stand here."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "hub", "type", "bridge")
    run("ip", "addr", "add", f"{HUB}/24", "dev", "hub")
    run("ip", "link", "set", "hub", "up")


class Host:
    """One host, ``10.9.0.n``; a process holds its network for as long as it stands."""

    def __init__(self, n: int) -> None:
        self.address, self._plug, self._socket = f"10.9.0.{n}", f"plug{n}", f"eth{n}"
        self._holder = subprocess.Popen(["unshare", "--net", "--", "sleep", "infinity"])
        mine = Path("/proc/self/ns/net")
        while Path(f"/proc/{self._holder.pid}/ns/net").readlink() == mine.readlink():
            """Until it has a network of its own."""
        run("ip", "link", "add", self._plug, "type", "veth", "peer", "name", self._socket)
        run("ip", "link", "set", self._socket, "netns", str(self._holder.pid))
        run("ip", "link", "set", self._plug, "master", "hub", "up")
        run(*self.inside, "ip", "link", "set", "lo", "up")
        run(*self.inside, "ip", "addr", "add", f"{self.address}/24", "dev", self._socket)
        run(*self.inside, "ip", "link", "set", self._socket, "up")

    @property
    def inside(self) -> list[str]:
        """What stands before a command that is to run on this host."""
        return ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", "--"]

    def unplug(self) -> None:
        """Nobody reaches it, and it reaches nobody; nothing is refused, all is lost."""
        run("ip", "link", "set", self._plug, "down")

    def plug(self) -> None:
        """Back again."""
        run("ip", "link", "set", self._plug, "up")

    def end(self) -> None:
        """Its network goes with it."""
        self._holder.kill()
        self._holder.wait()
