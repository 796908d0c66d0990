"""Which tests stay together when the suite is shared out among processes."""

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = {
    "tests/races/": "races",  # two races at a time would slow each other down
    "tests/demo/": "demo",  # to fill an invented world takes long: one process does it for all who look at it
    "tests/browser/": "demo",
    "tests/services/test_needs.py": "demo",
    # The largest shares are dealt first, so that nobody is left alone with these at the end.
    "tests/machines/": "machines",
    "tests/year/": "year",
    "tests/web/test_rights.py": "rights",
}


class Shares(LoadScopeScheduling):
    """Each test goes to whoever is free, but for the folders that stay with one process.

    The marks of xdist are not used: what it appends to the name of a marked test is lost on pytest 9.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((group for folder, group in TOGETHER.items() if nodeid.startswith(folder)), nodeid)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """One test is over; a share of which nothing is left is forgotten, for all are counted after every test."""
        scope = self._split_scope(self.registered_collections[node][item_index])
        super().mark_test_complete(node, item_index, duration)
        if all(self.assigned_work[node][scope].values()):
            del self.assigned_work[node][scope]
