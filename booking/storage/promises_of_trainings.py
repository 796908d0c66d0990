"""The promises of trainings: staff are apart from job seekers, and in one place at a time with all that they lead."""

from booking.storage.promises import Invariant

PROMISES_OF_TRAININGS = (
    Invariant(
        "each-in-his-workshops",
        "Members of staff have places in trainings only, and job seekers in none.",
        """SELECT b.id AS id FROM bookings b JOIN sessions s ON s.id = b.session_id
           JOIN workshops w ON w.id = s.workshop_id JOIN job_seekers p ON p.id = b.job_seeker_id
           WHERE (w.audience = 'staff') <> (p.staff_id IS NOT NULL) AND p.erased_at IS NULL
           UNION SELECT a.id FROM waits a JOIN workshops w ON w.id = a.workshop_id
           JOIN job_seekers p ON p.id = a.job_seeker_id
           WHERE (w.audience = 'staff') <> (p.staff_id IS NOT NULL) AND p.erased_at IS NULL""",
    ),
    Invariant(
        "staff-attend-where-seated",
        "A member of staff with a seat in a training is there at its hours, and is there for nothing but a seat.",
        """SELECT DISTINCT t.booking_id AS id FROM job_seeker_times t
           JOIN job_seekers p ON p.id = t.job_seeker_id AND p.staff_id IS NOT NULL
           JOIN meetings m ON m.id = t.meeting_id JOIN sessions s ON s.id = m.session_id AND s.state <> 'cancelled'
           LEFT JOIN occupancies o ON o.meeting_id = t.meeting_id AND o.holder_id = p.staff_id
                AND o.booking_id = t.booking_id
           WHERE o.meeting_id IS NULL
           UNION SELECT o.booking_id FROM occupancies o
           LEFT JOIN bookings b ON b.id = o.booking_id
           LEFT JOIN job_seekers p ON p.id = b.job_seeker_id AND p.staff_id = o.holder_id
           WHERE o.booking_id IS NOT NULL AND p.id IS NULL""",
    ),
)
