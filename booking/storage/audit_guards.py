"""Lines of the audit and their seals stay as they are: the database itself refuses to change or remove one.

Erasing a person takes words out of what a line says in detail, and nothing else of it. On PostgreSQL whoever writes a
line shares a lock until the end of its transaction: who seals takes it alone for a moment, and knows then that no line
is under way. It is taken by the table itself, so that nobody pays a round trip for it, or forgets it.
"""

SEALING = "1635083369, 1"
SAYS_MORE = "NOT (OLD.details @> NEW.details) OR to_jsonb(NEW) - 'details' IS DISTINCT FROM to_jsonb(OLD) - 'details'"
OF_A_LINE = ("id", "at", "staff_id", "agency_id", "action", "noun", "noun_id", "via", "place", "sign_in")
IS_OTHER = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in OF_A_LINE)
SAYS_NEW = """EXISTS (
    SELECT 1 FROM json_each(NEW.details) AS said WHERE NOT EXISTS (
        SELECT 1 FROM json_each(OLD.details) AS before WHERE before.key = said.key AND before.value IS said.value
    )
)"""
SAYS_MORE_IN_FILE = f"{IS_OTHER} OR {SAYS_NEW}"
SHARE = f"""
CREATE FUNCTION share_audit() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock_shared({SEALING}); RETURN NULL; END $$
"""


def audit_guards(dialect: str) -> list[str]:
    """The commands that keep the audit, after those of ``unchanging``."""
    if dialect == "postgresql":
        shared = "CREATE TRIGGER shared_audit BEFORE INSERT ON audit FOR EACH STATEMENT EXECUTE FUNCTION share_audit()"
        return [SHARE, shared, *_on_server("audit", SAYS_MORE), *_on_server("audit_seals", "true")]
    return [*_in_file("audit", SAYS_MORE_IN_FILE), *_in_file("audit_seals", "1")]


def _on_server(table: str, when: str) -> list[str]:
    refused = "EXECUTE FUNCTION refuse_change()"
    return [
        f"CREATE TRIGGER kept_{table}_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) {refused}",
        f"CREATE TRIGGER kept_{table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refused}",
        f"CREATE TRIGGER kept_{table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}",
    ]


def _in_file(table: str, when: str) -> list[str]:
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} never changes'); END"
    return [
        f"CREATE TRIGGER kept_{table}_update BEFORE UPDATE ON {table} WHEN {when} {refused}",
        f"CREATE TRIGGER kept_{table}_delete BEFORE DELETE ON {table} {refused}",
    ]
