"""The database's clock is the one that all hosts share: nobody below the doors asks his own machine what time it is."""

import ast

from tests.house.source import modules

# SQLite has no clock of its own; OVHcloud is signed by its own; an HTTP date is relative to whoever reads it.
MAY_LOOK = {"booking/storage/sqlite.py", "booking/delivery/sms_ovh.py", "booking/delivery/webhooks.py"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "func.now"}


def looks(tree: ast.AST) -> set[str]:
    """Which clocks are asked."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {ast.unparse(call) for call in calls} & CLOCKS


def test_what_is_written_down_is_timed_by_the_database():
    found = {
        repr(module): looks(module.tree)
        for floor in ("booking/domain", "booking/storage", "booking/services", "booking/delivery", "booking/documents")
        for module in modules(floor)
        if repr(module) not in MAY_LOOK
    }

    assert len(found) > 100
    assert not {module: clocks for module, clocks in found.items() if clocks}
