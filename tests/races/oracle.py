"""What is true in the database, by SQL alone: a race is judged by its rows, not by what anybody was told."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text

from booking.storage.database import Database

SEATED = "b.state IN ('held', 'booked', 'offered')"
RULES: Mapping[str, str] = {
    "more people than seats": f"""
        SELECT s.id FROM sessions s JOIN bookings b ON b.session_id = s.id AND {SEATED}
        GROUP BY s.id, s.capacity, s.allowance, s.kept HAVING count(*) + s.kept > s.capacity + s.allowance""",
    "what is kept is not what contingents keep": """
        SELECT s.id FROM sessions s LEFT JOIN contingents c ON c.session_id = s.id AND c.released_at IS NULL
        GROUP BY s.id, s.kept HAVING s.kept <> coalesce(sum(c.unused), 0)""",
    "a contingent does not know who sits on it": f"""
        SELECT c.session_id FROM contingents c LEFT JOIN bookings b
          ON b.session_id = c.session_id AND b.agency_id = c.agency_id AND b.is_from_contingent AND {SEATED}
        WHERE c.released_at IS NULL
        GROUP BY c.session_id, c.agency_id, c.seats, c.unused HAVING c.seats - c.unused <> count(b.id)""",
    "the counter is not the number of people": f"""
        SELECT s.id FROM sessions s LEFT JOIN bookings b ON b.session_id = s.id
        GROUP BY s.id, s.taken, s.waiting
        HAVING s.taken <> count(CASE WHEN {SEATED} THEN 1 END)
            OR s.waiting <> count(CASE WHEN b.state = 'waitlisted' THEN 1 END)""",
    "somebody twice in one session": """
        SELECT b.session_id FROM bookings b WHERE b.state <> 'cancelled'
        GROUP BY b.session_id, b.job_seeker_id HAVING count(*) > 1""",
    "somebody in two places at once": f"""
        SELECT b.job_seeker_id FROM bookings b JOIN meetings m ON m.session_id = b.session_id
        JOIN bookings c ON c.job_seeker_id = b.job_seeker_id AND c.id > b.id
        JOIN meetings n ON n.session_id = c.session_id
        WHERE {SEATED} AND c.state IN ('held', 'booked', 'offered')
          AND m.starts_at < n.ends_at AND n.starts_at < m.ends_at""",
    "the times of a person are not those of his seats": f"""
        SELECT m.id FROM meetings m LEFT JOIN bookings b ON b.session_id = m.session_id AND {SEATED}
        LEFT JOIN job_seeker_times t ON t.meeting_id = m.id AND t.booking_id = b.id
          AND t.starts_at = m.starts_at AND t.ends_at = m.ends_at AND t.job_seeker_id = b.job_seeker_id
        WHERE b.id IS NOT NULL AND t.booking_id IS NULL
        UNION ALL SELECT t.meeting_id FROM job_seeker_times t JOIN bookings b ON b.id = t.booking_id
        WHERE NOT {SEATED}""",
    "somebody waits while a seat is free that he could take": f"""
        SELECT w.id FROM bookings w JOIN sessions s ON s.id = w.session_id
        WHERE w.state = 'waitlisted' AND s.state = 'open' AND s.taken + s.kept < s.capacity + s.allowance
          AND NOT EXISTS (
            SELECT 1 FROM job_seeker_times t JOIN meetings m ON m.session_id = s.id
            WHERE t.job_seeker_id = w.job_seeker_id AND t.starts_at < m.ends_at AND t.ends_at > m.starts_at)
          AND NOT EXISTS (
            SELECT 1 FROM bookings b JOIN sessions o ON o.id = b.session_id
            WHERE b.job_seeker_id = w.job_seeker_id AND o.workshop_id = s.workshop_id AND o.state = 'open'
              AND {SEATED})""",
    "a room or a member of staff in two places at once": """
        SELECT m.id FROM meetings m JOIN sessions s ON s.id = m.session_id AND s.state <> 'cancelled'
        JOIN meetings n ON n.id > m.id AND m.starts_at < n.ends_at AND n.starts_at < m.ends_at
         AND (n.room_id = m.room_id OR n.facilitator_id = m.facilitator_id)
        JOIN sessions t ON t.id = n.session_id AND t.state <> 'cancelled'""",
    "a place in a cancelled session": """
        SELECT s.id FROM sessions s JOIN bookings b ON b.session_id = s.id
        WHERE s.state = 'cancelled' AND b.state <> 'cancelled'""",
    "a place nobody was told of": """
        SELECT b.id FROM bookings b WHERE b.state IN ('booked', 'waitlisted', 'offered')
          AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.booking_id = b.id)""",
    "somebody waits for a workshop of which a seat is free where he would go": f"""
        SELECT w.id FROM waits w JOIN wait_agencies a ON a.wait_id = w.id
        JOIN sessions s ON s.workshop_id = w.workshop_id AND s.agency_id = a.agency_id
        WHERE w.state = 'waiting' AND s.state = 'open' AND s.taken + s.kept < s.capacity + s.allowance
          AND NOT EXISTS (
            SELECT 1 FROM job_seeker_times t JOIN meetings m ON m.session_id = s.id
            WHERE t.job_seeker_id = w.job_seeker_id AND t.starts_at < m.ends_at AND t.ends_at > m.starts_at)
          AND NOT EXISTS (
            SELECT 1 FROM bookings b JOIN sessions o ON o.id = b.session_id
            WHERE b.job_seeker_id = w.job_seeker_id AND o.workshop_id = s.workshop_id AND o.state = 'open'
              AND ({SEATED} OR o.id = s.id AND b.state = 'waitlisted'))
          AND NOT EXISTS (SELECT 1 FROM skips k WHERE k.waiter_id = w.id AND k.session_id = s.id)""",
    "a place without its line in the audit": """
        SELECT b.id FROM bookings b WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.noun_id = b.id)""",
}


async def faults(db: Database) -> dict[str, int]:
    """Each broken rule, and how often; empty when every promise was kept."""
    async with db.reading() as tx:
        found = {rule: len(await tx.rows(text(question))) for rule, question in RULES.items()}
    return {rule: times for rule, times in found.items() if times}


async def deadlocks(db: Database) -> int:
    """How often the server had to break one; each costs whoever is in it a second or more."""
    if db.dialect == "sqlite":
        return 0
    async with db.reading() as tx:
        question = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return await tx.value(text(question))  # type: ignore[no-any-return]


async def seats(db: Database) -> dict[UUID, int]:
    """How many people sit in each session, counted one by one."""
    people = f"bookings b ON b.session_id = s.id AND {SEATED}"
    question = text(f"SELECT s.id, count(b.id) FROM sessions s LEFT JOIN {people} GROUP BY s.id")
    async with db.reading() as tx:
        return {_id(row[0]): row[1] for row in await tx.rows(question)}


async def places(db: Database, state: str = "booked") -> dict[UUID, tuple[UUID, UUID]]:
    """Every booking in this state: session and person."""
    question = text("SELECT id, session_id, job_seeker_id FROM bookings WHERE state = :state")
    async with db.reading() as tx:
        rows = await tx.rows(question, {"state": state})
    return {_id(row[0]): (_id(row[1]), _id(row[2])) for row in rows}


def _id(value: object) -> UUID:
    return UUID(str(value))
