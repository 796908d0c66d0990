"""Where a session may be planned: the database itself refuses one where nobody hosts any, whoever asks.

What was planned before the agency stopped stays, and may be written anew: it was made before ``phase_since``; but no
draft of then is opened any more. An agency that is closed and has the day of its opening prepares its first sessions,
and they stay when nothing comes of that day. What counts is the moment of the row, so that a copy can be put back.
"""

NAME = "ck_sessions_hosted"
REFUSED = """
    SELECT 1 FROM agencies AS a WHERE a.id = NEW.agency_id
      AND (a.phase_since IS NULL OR a.phase_since <= {at})
      AND (NOT a.hosts OR a.phase = 'closed') AND NOT EXISTS (
          SELECT 1 FROM phase_changes AS p WHERE p.agency_id = a.id AND p.hosts AND p.phase <> 'closed'
            AND (p.done_at IS NULL OR p.done_at > {at}) AND (p.dropped_at IS NULL OR p.dropped_at > {at})
      )
"""
IN_FILE = f"""
CREATE TRIGGER hosted_sessions BEFORE INSERT ON sessions
WHEN NEW.state IN ('draft', 'open') AND EXISTS ({REFUSED.format(at="NEW.created_at")})
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""
OPENED_IN_FILE = f"""
CREATE TRIGGER hosted_openings BEFORE UPDATE ON sessions
WHEN OLD.state = 'draft' AND NEW.state = 'open' AND EXISTS ({REFUSED.format(at="NEW.changed_at")})
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""
# Whoever changes the phase of an agency holds its row alone: the look comes behind the lock, and sees what it became.
ON_SERVER = f"""
CREATE FUNCTION refuse_unhosted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE NEW.changed_at END;
BEGIN
    PERFORM 1 FROM agencies WHERE id = NEW.agency_id FOR KEY SHARE;
    IF EXISTS ({REFUSED.format(at="moment")}) THEN
        RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation', CONSTRAINT = '{NAME}';
    END IF;
    RETURN NEW;
END $$
"""
FOR_EACH = """
CREATE TRIGGER hosted_sessions BEFORE INSERT ON sessions FOR EACH ROW
WHEN (NEW.state IN ('draft', 'open')) EXECUTE FUNCTION refuse_unhosted()
"""
FOR_EACH_OPENED = """
CREATE TRIGGER hosted_openings BEFORE UPDATE ON sessions FOR EACH ROW
WHEN (OLD.state = 'draft' AND NEW.state = 'open') EXECUTE FUNCTION refuse_unhosted()
"""


def hosting_guards(dialect: str) -> list[str]:
    """The commands that keep sessions out of where nobody hosts any."""
    return [ON_SERVER, FOR_EACH, FOR_EACH_OPENED] if dialect == "postgresql" else [IN_FILE, OPENED_IN_FILE]
