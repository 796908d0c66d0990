"""What is always true of calendars: they show what is planned, and what is no more as cancelled; so do guests' own."""

from booking.storage.promises import Invariant

PROMISES_OF_CALENDARS = (
    Invariant(
        "published-are-shown",
        "Every meeting of a published session has its calendar entry, and no draft has one.",
        """SELECT m.id AS id FROM meetings m JOIN sessions s ON s.id = m.session_id
           LEFT JOIN feed_entries e ON e.meeting_id = m.id
           WHERE (s.state IN ('open', 'held') AND (e.meeting_id IS NULL OR e.is_cancelled))
              OR (s.state = 'draft' AND e.meeting_id IS NOT NULL)""",
    ),
    Invariant(
        "shown-as-planned",
        "A calendar entry has the times of its meeting, and stands in the calendars of its workshop and its room.",
        """SELECT m.id AS id FROM feed_entries e JOIN meetings m ON m.id = e.meeting_id
           JOIN sessions s ON s.id = m.session_id
           LEFT JOIN feed_scopes w ON w.meeting_id = e.meeting_id AND w.scope_id = s.workshop_id
           LEFT JOIN feed_scopes r ON r.meeting_id = e.meeting_id AND r.scope_id = m.room_id
           WHERE e.starts_at <> m.starts_at OR e.ends_at <> m.ends_at OR w.scope_id IS NULL
              OR (m.room_id IS NOT NULL AND r.scope_id IS NULL)""",
    ),
    Invariant(
        "removed-are-cancelled",
        "What stands in a calendar without a meeting is shown as cancelled.",
        """SELECT e.meeting_id AS id FROM feed_entries e LEFT JOIN meetings m ON m.id = e.meeting_id
           WHERE m.id IS NULL AND NOT e.is_cancelled""",
    ),
    Invariant(
        "feeds-move",
        "The version of an agency's feed is not behind its last change.",
        """SELECT a.id AS id FROM agencies a
           JOIN (SELECT agency_id, max(version) AS version FROM feed_changes GROUP BY agency_id) c ON c.agency_id = a.id
           WHERE a.feed_version < c.version""",
    ),
    Invariant(
        "guests-as-planned",
        "Whoever's calendar was told that he leads or assists in a meeting to come does so, at that time.",
        """SELECT i.id AS id FROM invitations i
           LEFT JOIN occupancies o ON o.meeting_id = i.meeting_id AND o.staff_id = i.staff_id
           WHERE NOT i.is_cancelled AND i.ends_at > :now AND (o.meeting_id IS NULL
              OR (o.starts_at > :now AND (o.starts_at <> i.starts_at OR o.ends_at <> i.ends_at)))""",
    ),
    Invariant(
        "invitations-leased-whole",
        "An invitation is leased when it is about to leave, and only then, until some time.",
        """SELECT id AS id FROM invitations WHERE (state = 'sending') <> (lease_token IS NOT NULL)
              OR (lease_token IS NULL) <> (lease_until IS NULL)""",
    ),
    Invariant(
        "refusals-seen-to",
        "Only a refusal by calendar is seen to, and somebody did so.",
        """SELECT booking_id AS id FROM calendar_replies WHERE (settled_at IS NULL) <> (settled_by IS NULL)
              OR (settled_at IS NOT NULL AND partstat <> 'declined')""",
    ),
)
