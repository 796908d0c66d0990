"""What is written once: the database itself refuses to change or remove it, whoever asks.

The words are the first migration's; a table that never changes is named here.
"""

# A line may go when it has been kept long enough. SQLite counts instants in microseconds.
IS_KEPT = {
    "sqlite": "OLD.keep_until > CAST(strftime('%s', 'now') AS INTEGER) * 1000000",
    "postgresql": "OLD.keep_until > now()",
}
# A document may only be kept for longer.
IS_OTHER = (
    "NEW.hash <> OLD.hash OR NEW.media_type <> OLD.media_type OR NEW.size <> OLD.size"
    " OR NEW.packed <> OLD.packed OR NEW.keep_until < OLD.keep_until"
)
CHANGES = {"evidence": "", "documents": IS_OTHER}
REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
"""


def guards(dialect: str) -> list[str]:
    """The commands that make these tables unchanging."""
    if dialect == "postgresql":
        return [REFUSAL, *(command for table in CHANGES for command in _on_server(table))]
    return [command for table in CHANGES for command in _in_file(table)]


def _in_file(table: str) -> list[str]:
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} never changes'); END"
    when = f" WHEN {CHANGES[table]}" if CHANGES[table] else ""
    return [
        f"CREATE TRIGGER unchanging_{table}_update BEFORE UPDATE ON {table}{when} {refused}",
        f"CREATE TRIGGER unchanging_{table}_delete BEFORE DELETE ON {table} WHEN {IS_KEPT['sqlite']} {refused}",
    ]


def _on_server(table: str) -> list[str]:
    refused = "EXECUTE FUNCTION refuse_change()"
    when = f" WHEN ({CHANGES[table]})" if CHANGES[table] else ""
    kept = f" WHEN ({IS_KEPT['postgresql']})"
    return [
        f"CREATE TRIGGER unchanging_{table}_update BEFORE UPDATE ON {table} FOR EACH ROW{when} {refused}",
        f"CREATE TRIGGER unchanging_{table}_delete BEFORE DELETE ON {table} FOR EACH ROW{kept} {refused}",
        f"CREATE TRIGGER unchanging_{table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}",
    ]
