"""How Alembic runs a step: on the connection it is handed, inside that connection's transaction."""

from alembic import context

from booking.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
