"""Every promise of the trade, each as a question in SQL that finds the rows where it is broken; for both databases."""

from collections.abc import Iterable
from dataclasses import dataclass

from booking.domain.bookings import BookingState
from booking.domain.messages import ABOUT_AN_END, LEASED, PENDING, MessageKind


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise: its name, what it says, and SQL whose rows (one column, ``id``) break it; for one dialect, or both."""

    name: str
    sentence: str
    sql: str
    dialect: str = ""


def _words(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


# What stands between braces in the questions.
SETS = {
    "seated": _words(state for state in BookingState if state.has_seat),
    "seat_said": _words((MessageKind.CONFIRMATION, MessageKind.SEAT_GIVEN, MessageKind.BOOKING_MOVED)),
    "end_said": _words(ABOUT_AN_END),
    "to_be_said": _words(PENDING),
    "leased": _words(LEASED),
    "elsewhere": """
        SELECT 1 FROM meetings m JOIN job_seeker_times t ON t.starts_at < m.ends_at AND t.ends_at > m.starts_at
        WHERE m.session_id = s.id AND m.starts_at > :now AND t.job_seeker_id = w.job_seeker_id
        UNION ALL
        SELECT 1 FROM meetings m JOIN occupancies o ON o.starts_at < m.ends_at AND o.ends_at > m.starts_at
        JOIN job_seekers p ON p.staff_id = o.holder_id
        WHERE m.session_id = s.id AND m.starts_at > :now AND p.id = w.job_seeker_id
    """,
    "seat_of_workshop": """
        SELECT 1 FROM bookings o JOIN sessions os ON os.id = o.session_id AND os.state = 'open'
        WHERE o.job_seeker_id = w.job_seeker_id AND os.workshop_id = s.workshop_id AND o.session_id <> s.id
          AND o.state IN ('held', 'booked', 'offered') AND o.makes_up_id IS NULL
    """,
    "passed_over": """
        SELECT 1 FROM skips k WHERE k.session_id = s.id AND k.waiter_id = w.id
          AND k.reason IN ('declined', 'prerequisite')
    """,
    "counted": """
        SELECT session_id, count(*) FILTER (WHERE state IN ('held', 'booked', 'offered')) AS seated,
               count(*) FILTER (WHERE state = 'waitlisted') AS waiting
        FROM bookings WHERE state <> 'cancelled' GROUP BY session_id
    """,
}
# Rivals may be written in another order than their clocks say; nobody waits a minute for that.
MINUTE = {"sqlite": "60000000", "postgresql": "interval '1 minute'"}

PROMISES = (
    Invariant(
        "seats-counted",
        "The seats taken of a session are its held, booked and offered bookings.",
        """SELECT s.id AS id FROM sessions s LEFT JOIN ({counted}) b ON b.session_id = s.id
            WHERE s.taken <> coalesce(b.seated, 0)""",
    ),
    Invariant(
        "waiting-counted",
        "The waiting count of a session is its waitlisted bookings.",
        """SELECT s.id AS id FROM sessions s LEFT JOIN ({counted}) b ON b.session_id = s.id
            WHERE s.waiting <> coalesce(b.waiting, 0)""",
    ),
    Invariant(
        "never-too-many",
        "No session has more people seated and seats kept than its capacity and allowance.",
        """SELECT s.id AS id FROM sessions s LEFT JOIN ({counted}) b ON b.session_id = s.id
            WHERE s.capacity + s.allowance < coalesce(b.seated, 0) + s.kept
               OR s.capacity + s.allowance < s.taken + s.kept""",
    ),
    Invariant(
        "kept-counted",
        "The seats kept of a session are the unused ones of its contingents that still run.",
        """SELECT s.id AS id FROM sessions s LEFT JOIN (
               SELECT session_id, sum(unused) AS unused FROM contingents WHERE released_at IS NULL GROUP BY session_id
           ) c ON c.session_id = s.id WHERE s.kept <> coalesce(c.unused, 0)""",
    ),
    Invariant(
        "contingents-counted",
        "The used seats of a contingent that still runs are those of the people of its agency who have one.",
        """SELECT c.session_id AS id FROM contingents c LEFT JOIN (
               SELECT session_id, agency_id, count(*) AS used FROM bookings
               WHERE is_from_contingent AND state IN {seated} GROUP BY session_id, agency_id
           ) b ON b.session_id = c.session_id AND b.agency_id = c.agency_id
           WHERE c.released_at IS NULL AND c.seats - c.unused <> coalesce(b.used, 0)""",
    ),
    Invariant(
        "booked-once",
        "Nobody has two places in one session.",
        """SELECT min(CAST(id AS text)) AS id FROM bookings WHERE state <> 'cancelled'
           GROUP BY session_id, job_seeker_id HAVING count(*) > 1""",
    ),
    Invariant(
        "one-place-at-a-time",
        "Nobody is seated in two meetings that overlap.",
        """SELECT DISTINCT id FROM (
                SELECT b.id AS id, m.starts_at AS starts_at, max(m.ends_at) OVER (
                    PARTITION BY b.job_seeker_id ORDER BY m.starts_at, m.ends_at, m.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
                FROM bookings b JOIN meetings m ON m.session_id = b.session_id AND m.starts_at > b.changed_at
                     AND m.id = coalesce(b.only_meeting_id, m.id) WHERE b.state IN {seated}
            ) AS seated WHERE busy_until > starts_at""",
    ),
    Invariant(
        "seats-occupy-times",
        "Every seat occupies the times of the meetings that were to come when it was given.",
        """SELECT DISTINCT b.id AS id FROM bookings b JOIN meetings m ON m.session_id = b.session_id
            LEFT JOIN job_seeker_times t ON t.booking_id = b.id AND t.meeting_id = m.id
            WHERE b.state IN {seated} AND m.starts_at > b.changed_at
              AND m.id = coalesce(b.only_meeting_id, m.id)
              AND (t.booking_id IS NULL OR t.job_seeker_id <> b.job_seeker_id
                  OR t.starts_at <> m.starts_at OR t.ends_at <> m.ends_at)""",
    ),
    Invariant(
        "times-belong-to-seats",
        "No time is occupied without a seat in that session.",
        """SELECT DISTINCT t.booking_id AS id FROM job_seeker_times t
            LEFT JOIN bookings b ON b.id = t.booking_id AND b.state IN {seated}
            LEFT JOIN meetings m ON m.id = t.meeting_id AND m.session_id = b.session_id WHERE m.id IS NULL""",
    ),
    Invariant(
        "holders-in-one-place",
        "No room and no member of staff is in two meetings that overlap.",
        """SELECT DISTINCT id FROM (
                SELECT meeting_id AS id, starts_at, max(ends_at) OVER (
                    PARTITION BY holder_id ORDER BY starts_at, ends_at, meeting_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
                FROM occupancies
            ) AS held WHERE busy_until > starts_at""",
    ),
    Invariant(
        "meetings-hold-their-places",
        "A meeting holds its room and its facilitator at its own hours; a cancelled session holds nothing.",
        """SELECT m.id AS id FROM meetings m JOIN sessions s ON s.id = m.session_id
            LEFT JOIN occupancies r ON r.meeting_id = m.id AND r.room_id = m.room_id
                 AND r.starts_at = m.starts_at AND r.ends_at = m.ends_at
            LEFT JOIN occupancies f ON f.meeting_id = m.id AND f.staff_id = m.facilitator_id
                 AND f.starts_at = m.starts_at AND f.ends_at = m.ends_at
            WHERE s.state <> 'cancelled' AND (m.room_id IS NOT NULL AND r.meeting_id IS NULL
                  OR m.facilitator_id IS NOT NULL AND f.meeting_id IS NULL)
            UNION SELECT m.id FROM meetings m JOIN sessions s ON s.id = m.session_id AND s.state <> 'cancelled'
            LEFT JOIN occupancies a ON a.meeting_id = m.id AND a.is_assistant IS TRUE
            GROUP BY m.id, m.assistant_ids
            HAVING count(a.staff_id) <> (length(m.assistant_ids) + 1) / 37
            UNION SELECT o.meeting_id FROM occupancies o LEFT JOIN meetings m ON m.id = o.meeting_id
            LEFT JOIN sessions s ON s.id = m.session_id
            WHERE s.id IS NULL OR s.state = 'cancelled' OR o.room_id IS NOT NULL AND o.room_id <> m.room_id""",
    ),
    Invariant(
        "no-place-in-cancelled",
        "Nobody has a place in a cancelled session or in a draft.",
        """SELECT b.id AS id FROM sessions s JOIN bookings b ON b.session_id = s.id AND b.state <> 'cancelled'
           WHERE s.state IN ('cancelled', 'draft')""",
    ),
    Invariant(
        "free-seats-given",
        "Nobody waits who could take a free seat.",
        """SELECT w.id AS id FROM sessions s
           JOIN bookings w ON w.session_id = s.id AND w.state = 'waitlisted'
           WHERE s.state = 'open' AND s.closes_at > :now AND (s.opens_at IS NULL OR s.opens_at <= :now) AND (
               s.taken + s.kept < s.capacity + s.allowance OR EXISTS (
                   SELECT 1 FROM contingents c WHERE c.session_id = s.id AND c.agency_id = w.agency_id
                   AND c.released_at IS NULL AND c.unused > 0)
           ) AND NOT EXISTS ({elsewhere}) AND NOT EXISTS ({seat_of_workshop}) AND NOT EXISTS ({passed_over})""",
    ),
    Invariant(
        "waits-served",
        "Nobody waits for a workshop who could take a free seat of it where he would go.",
        """SELECT w.id AS id FROM sessions s JOIN wait_agencies a ON a.agency_id = s.agency_id
           JOIN waits w ON w.id = a.wait_id AND w.workshop_id = s.workshop_id AND w.state = 'waiting'
           WHERE s.state = 'open' AND s.closes_at > :now AND (s.opens_at IS NULL OR s.opens_at <= :now)
             AND s.taken + s.kept < s.capacity + s.allowance AND NOT EXISTS (
               SELECT 1 FROM bookings b
               WHERE b.session_id = s.id AND b.job_seeker_id = w.job_seeker_id AND b.state <> 'cancelled')
             AND NOT EXISTS ({elsewhere}) AND NOT EXISTS ({seat_of_workshop}) AND NOT EXISTS ({passed_over})""",
    ),
    Invariant(
        # Who has another booking may have been elsewhere at the time; of those nothing can be said.
        "line-kept",
        "Nobody was given a seat before somebody who waited longer and had no other booking.",
        """SELECT DISTINCT p.id AS id FROM bookings w
            JOIN bookings p ON p.session_id = w.session_id AND p.state <> 'cancelled' AND p.state IN {seated}
            WHERE w.state = 'waitlisted' AND w.created_at < p.changed_at - {minute} AND NOT p.is_from_contingent
              AND (p.waiting_since IS NOT NULL OR w.created_at < p.created_at - {minute})
              AND (w.priority = p.priority OR p.waiting_since IS NULL OR p.sequence < 2)
              AND NOT EXISTS (SELECT 1 FROM skips k WHERE k.session_id = w.session_id AND k.waiter_id = w.id)
              AND (p.waiting_since IS NULL OR (w.priority, w.waiting_since, w.id) < (p.priority, p.waiting_since, p.id))
              AND NOT EXISTS (SELECT 1 FROM bookings o WHERE o.job_seeker_id = w.job_seeker_id AND o.id <> w.id)""",
    ),
    Invariant(
        "session-times",
        "A session begins with its first meeting and ends with its last.",
        """SELECT s.id AS id FROM sessions s LEFT JOIN (
               SELECT session_id, min(starts_at) AS starts_at, max(ends_at) AS ends_at FROM meetings GROUP BY session_id
           ) m ON m.session_id = s.id
           WHERE m.session_id IS NULL OR m.starts_at <> s.starts_at OR m.ends_at <> s.ends_at""",
    ),
    Invariant(
        "meetings-apart",
        "The meetings of a session do not overlap.",
        """SELECT id FROM (
               SELECT id, starts_at, lag(ends_at) OVER (PARTITION BY session_id ORDER BY starts_at, id) AS before_ended
               FROM meetings
           ) AS in_turn WHERE before_ended > starts_at""",
    ),
    Invariant(
        "meetings-numbered",
        "The meetings of a session are numbered from 1 in the order of time.",
        """SELECT id FROM (
               SELECT id, position,
                      row_number() OVER (PARTITION BY session_id ORDER BY starts_at, id) AS n FROM meetings
           ) AS in_turn WHERE position <> n""",
    ),
    Invariant(
        "seats-confirmed",
        "Whoever is booked in a coming session was told, or will be.",
        """SELECT b.id AS id FROM sessions s JOIN bookings b ON b.session_id = s.id AND b.state = 'booked'
            LEFT JOIN messages m ON m.booking_id = b.id AND m.kind IN {seat_said}
            WHERE s.state = 'open' AND s.starts_at > :now AND m.id IS NULL""",
    ),
    Invariant(
        "cancelled-are-silent",
        "Of a cancelled booking nothing is still to be said but that it is cancelled.",
        """SELECT m.id AS id FROM messages m JOIN bookings b ON b.id = m.booking_id
            WHERE m.state IN {to_be_said} AND b.state = 'cancelled' AND m.kind NOT IN {end_said}""",
    ),
    Invariant(
        "reminders-current",
        "A reminder still to be said knows the latest state of its booking and session.",
        """SELECT m.id AS id FROM messages m
            JOIN bookings b ON b.id = m.booking_id JOIN sessions s ON s.id = m.session_id
            WHERE m.kind = 'reminder' AND m.state IN {to_be_said} AND (m.session_id <> b.session_id
                  OR m.booking_sequence <> b.sequence OR m.session_sequence <> s.sequence)""",
    ),
    Invariant(
        "leases-whole",
        "A message on its way, and only such a one, has a lease with token and end.",
        """SELECT id FROM messages WHERE (state IN {leased}) <> (lease_token IS NOT NULL)
            OR (lease_token IS NULL) <> (lease_until IS NULL)""",
    ),
    Invariant(
        "attempts-of-messages",
        "Every attempt belongs to a message, which counts it.",
        """SELECT DISTINCT a.message_id AS id FROM message_attempts a LEFT JOIN messages m ON m.id = a.message_id
           WHERE m.id IS NULL OR m.attempts < a.n""",
    ),
    Invariant(
        "attendance-of-seats",
        "Presence is marked of people who held a seat.",
        """SELECT DISTINCT a.booking_id AS id FROM attendance a LEFT JOIN bookings b ON b.id = a.booking_id
           WHERE b.id IS NULL OR b.state = 'waitlisted' OR (b.state = 'cancelled' AND a.marked_at > b.changed_at
                 AND b.cancelled_because NOT IN ('absences', 'made-up'))""",
    ),
    Invariant(
        "people-found",
        "Every job seeker is found by a sign, but nobody who turned out to be somebody else, and no member of staff.",
        """SELECT j.id AS id FROM job_seekers j LEFT JOIN (SELECT DISTINCT job_seeker_id FROM job_seeker_words) w
               ON w.job_seeker_id = j.id
           WHERE (j.search <> '' AND j.staff_id IS NULL AND w.job_seeker_id IS NULL)
              OR ((j.merged_into IS NOT NULL OR j.staff_id IS NOT NULL) AND w.job_seeker_id IS NOT NULL)""",
    ),
)
