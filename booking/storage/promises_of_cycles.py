"""The promises of cycles: terms of booking, joining on the way, and making up for one meeting."""

from booking.storage.promises import Invariant

PROMISES_OF_CYCLES = (
    Invariant(
        "open-as-the-terms-say",
        "A session takes bookings from when to when its terms and its meetings say.",
        """SELECT s.id AS id FROM sessions s
            JOIN meetings m ON m.session_id = s.id AND m.position = (
                SELECT max(l.position) FROM meetings l WHERE l.session_id = s.id
                AND (l.position <= s.join_until OR l.position = 1))
            WHERE s.closes_at <> m.starts_at - s.cutoff_hours * 60 * {minute}
               OR (s.opens_at IS NULL) <> (s.window_days IS NULL)
               OR s.opens_at <> s.starts_at - s.window_days * 1440 * {minute}""",
    ),
    Invariant(
        "nobody-before-his-seat",
        "A seat occupies no meeting that had begun when it was given.",
        """SELECT DISTINCT b.id AS id FROM bookings b JOIN job_seeker_times t ON t.booking_id = b.id
            WHERE t.starts_at <= b.changed_at""",
    ),
    Invariant(
        "made-up-in-one-meeting",
        "Who makes up for a meeting occupies the one meeting where he does, and no other.",
        """SELECT DISTINCT b.id AS id FROM bookings b JOIN job_seeker_times t ON t.booking_id = b.id
            WHERE b.only_meeting_id IS NOT NULL AND t.meeting_id <> b.only_meeting_id""",
    ),
    Invariant(
        "made-up-by-the-same-person",
        "A meeting is made up in another session of the same workshop, by who has a booking of the cycle.",
        """SELECT b.id AS id FROM bookings b JOIN sessions s ON s.id = b.session_id
            LEFT JOIN bookings o ON o.id = b.makes_up_id AND o.job_seeker_id = b.job_seeker_id
                 AND o.session_id <> b.session_id AND o.makes_up_id IS NULL
            LEFT JOIN sessions os ON os.id = o.session_id AND os.workshop_id = s.workshop_id
            WHERE b.makes_up_id IS NOT NULL AND os.id IS NULL""",
    ),
    Invariant(
        "made-up-once",
        "Nobody has two seats to make up for one meeting.",
        """SELECT min(CAST(id AS text)) AS id FROM bookings WHERE makes_up_id IS NOT NULL AND state <> 'cancelled'
            GROUP BY makes_up_id, missed_meeting_id HAVING count(*) > 1""",
    ),
)
