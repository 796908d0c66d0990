"""An index on a table that is written to all the time, built while it is."""

from alembic import op


def build(name: str, definition: str) -> None:
    """``CREATE INDEX name definition``, as the only deed of a step: PostgreSQL builds it outside of any transaction.

    It waits for whoever reads, and nobody waits for it. What a broken attempt left behind is built anew.
    """
    if op.get_context().dialect.name != "postgresql":
        op.execute(f"CREATE INDEX {name} {definition}")
        return
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.execute(f"CREATE INDEX CONCURRENTLY {name} {definition}")
