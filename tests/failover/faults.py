"""What may go wrong, one function each; every one leaves the cluster to recover by itself."""

import random
import signal
import time
from collections.abc import Callable

from tests.failover.cluster import Cluster
from tests.failover.servers import Servers

# Longer than the primary keeps its lease.
LONG = 26
Fault = Callable[[Cluster, Servers], None]


def crash(cluster: Cluster, _: Servers) -> None:
    """The database of the primary is killed."""
    cluster.primary().crash()


def freeze(cluster: Cluster, _: Servers) -> None:
    """The whole primary stands still, and wakes up when it is one no more."""
    primary = cluster.primary()
    primary.everyone(signal.SIGSTOP)
    time.sleep(LONG)
    primary.everyone(signal.SIGCONT)


def partition(cluster: Cluster, _: Servers) -> None:
    """The primary is cut off from everybody, and comes back."""
    primary = cluster.primary()
    primary.host.unplug()
    time.sleep(LONG)
    primary.host.plug()


def loss(cluster: Cluster, _: Servers) -> None:
    """The host of the primary is lost, and begins again later."""
    primary = cluster.primary()
    primary.host.unplug()
    primary.everyone(signal.SIGKILL)
    time.sleep(LONG)
    primary.host.plug()
    primary.start()


def behind(cluster: Cluster, servers: Servers) -> None:
    """The standbys are cut off for three seconds, then the primary is lost: what only it knew would be lost with it."""
    primary, standbys = cluster.primary(), cluster.standbys()
    for standby in standbys:
        standby.host.unplug()
    time.sleep(3)
    primary.host.unplug()
    for standby in standbys:
        standby.host.plug()
    primary.everyone(signal.SIGKILL)
    time.sleep(LONG)
    primary.host.plug()
    primary.start()


def switchover(cluster: Cluster, _: Servers) -> None:
    """An operator hands over to another host."""
    primary = cluster.primary()
    primary.asked("/switchover", {"leader": primary.name})


def standby(cluster: Cluster, _: Servers) -> None:
    """The database of one standby is killed."""
    random.choice(cluster.standbys()).crash()


def memory(cluster: Cluster, _: Servers) -> None:
    """All of etcd is away for a while."""
    cluster.etcd.kill()
    time.sleep(15)
    cluster.etcd.start()


def power(cluster: Cluster, _: Servers) -> None:
    """Everything is killed and begins again. What was written and not on the disk is not lost this way."""
    cluster.etcd.kill()
    for node in cluster.nodes:
        node.everyone(signal.SIGKILL)
    cluster.etcd.start()
    cluster.start()


def server(_: Cluster, servers: Servers) -> None:
    """One process of Ateliers is killed, and another begins."""
    servers.kill(random.choice(servers.doors))


def worker(_: Cluster, servers: Servers) -> None:
    """The process that sends messages is killed, and another begins."""
    servers.kill(servers.worker)


FAULTS: dict[str, Fault] = {
    one.__name__: one
    for one in (crash, switchover, standby, partition, freeze, loss, behind, memory, power, server, worker)
}
