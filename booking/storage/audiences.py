"""A training is for staff, every other workshop for job seekers: the database itself lets nobody into the other kind.

Whom a workshop is for does not change once a session of it was planned, so a seat that was right stays right.
"""

BOOKED = """
    SELECT 1 FROM sessions s JOIN workshops w ON w.id = s.workshop_id JOIN job_seekers p ON p.id = NEW.job_seeker_id
    WHERE s.id = NEW.session_id AND (w.audience = 'staff') <> (p.staff_id IS NOT NULL)
"""
WAITS = """
    SELECT 1 FROM workshops w JOIN job_seekers p ON p.id = NEW.job_seeker_id
    WHERE w.id = NEW.workshop_id AND (w.audience = 'staff') <> (p.staff_id IS NOT NULL)
"""
PLANNED = "SELECT 1 FROM sessions s WHERE s.workshop_id = NEW.id AND NEW.audience <> OLD.audience"
# Name, table, event, and what must not be found.
RULES = (
    ("ck_bookings_audience", "bookings", "INSERT", BOOKED),
    ("ck_waits_audience", "waits", "INSERT", WAITS),
    ("ck_workshops_audience_fixed", "workshops", "UPDATE", PLANNED),
)
IN_FILE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN EXISTS ({broken}) BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
ON_SERVER = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({broken}) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
END $$
"""
FOR_EACH = "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def audience_guards(dialect: str) -> list[str]:
    """The commands that keep the two apart."""
    kinds = (ON_SERVER, FOR_EACH) if dialect == "postgresql" else (IN_FILE,)
    facts = [dict(zip(("name", "table", "event", "broken"), rule, strict=True)) for rule in RULES]
    return [kind.format(**said) for said in facts for kind in kinds]
