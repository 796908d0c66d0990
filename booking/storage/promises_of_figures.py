"""The promises of figures: what is counted is what the rows say, and every sum is the sum of its parts.

What has happened since figures were counted last is counted in seconds, and no fault.
"""

from booking.storage.promises import Invariant

PROMISES_OF_FIGURES = (
    Invariant(
        "figures-equal-rows",
        "The figures of a session are what its bookings and presences say.",
        """SELECT f.session_id AS id FROM session_figures f LEFT JOIN (
               SELECT s.id, s.capacity + s.allowance AS seats, count(p.id) AS seated,
                      count(CASE WHEN p.present > 0 THEN 1 END) AS came,
                      count(CASE WHEN p.present = 0 AND p.absent > 0 THEN 1 END) AS absent
               FROM sessions s JOIN workshops w ON w.id = s.workshop_id LEFT JOIN (
                   SELECT b.id, b.session_id, j.staff_id,
                          count(CASE WHEN a.mark IN ('attended', 'late', 'left_early') THEN 1 END) AS present,
                          count(CASE WHEN a.mark = 'absent' THEN 1 END) AS absent
                   FROM bookings b JOIN job_seekers j ON j.id = b.job_seeker_id
                   LEFT JOIN attendance a ON a.booking_id = b.id
                   WHERE b.makes_up_id IS NULL
                   GROUP BY b.id, b.session_id, b.state, b.cancelled_because, j.staff_id
                   HAVING b.state IN {seated} OR (count(a.mark) > 0 AND b.cancelled_because <> 'not-there')
               ) p ON p.session_id = s.id AND (p.staff_id IS NULL OR w.audience = 'staff')
               WHERE s.state IN ('open', 'held') GROUP BY s.id, s.capacity, s.allowance
           ) c ON c.id = f.session_id
           WHERE f.is_begun AND f.called_off = 0
             AND (c.id IS NULL OR f.seats <> c.seats OR f.seated <> c.seated OR f.came <> c.came
                  OR f.absent <> c.absent)
             AND NOT EXISTS (
               SELECT 1 FROM audit a JOIN figure_marks k ON a.id > k.heard_id WHERE a.noun_id = f.session_id
               OR a.noun_id IN (SELECT b.id FROM bookings b WHERE b.session_id = f.session_id))""",
    ),
    Invariant(
        "figures-add-up",
        "The figures of an agency and of a workshop are the sums of their sessions.",
        """SELECT id FROM (
               SELECT CAST(agency_id AS text) || ' ' || CAST(scope_id AS text) || ' ' || CAST(slice_on AS text) AS id,
                      sessions, seats, seated, came, absent FROM figures
               UNION ALL
               SELECT CAST(agency_id AS text) || ' ' || CAST(workshop_id AS text) || ' ' || CAST(slice_on AS text),
                      -sum(sessions), -sum(seats), -sum(seated), -sum(came), -sum(absent)
               FROM session_figures GROUP BY agency_id, workshop_id, slice_on
               UNION ALL
               SELECT CAST(agency_id AS text) || ' ' || CAST(agency_id AS text) || ' ' || CAST(slice_on AS text),
                      -sum(sessions), -sum(seats), -sum(seated), -sum(came), -sum(absent)
               FROM session_figures WHERE NOT is_training GROUP BY agency_id, slice_on
           ) AS both_ways GROUP BY id
           HAVING sum(sessions) <> 0 OR sum(seats) <> 0 OR sum(seated) <> 0 OR sum(came) <> 0 OR sum(absent) <> 0""",
    ),
    Invariant(
        "steps-add-up",
        "The steps of an agency are the sums of those of its people.",
        """SELECT id FROM (
               SELECT CAST(agency_id AS text) || ' ' || CAST(slice_on AS text) AS id,
                      known, diagnosed, oriented, seated, attended, finished FROM step_figures
               UNION ALL
               SELECT CAST(agency_id AS text) || ' ' || CAST(slice_on AS text), -count(*), -count(diagnosed_at),
                      -count(oriented_at), -count(seated_at), -count(attended_at), -count(finished_at)
               FROM person_steps GROUP BY agency_id, slice_on
           ) AS both_ways GROUP BY id
           HAVING sum(known) <> 0 OR sum(diagnosed) <> 0 OR sum(oriented) <> 0 OR sum(seated) <> 0
               OR sum(attended) <> 0 OR sum(finished) <> 0""",
    ),
    Invariant(
        "steps-of-people",
        "No step is counted of somebody who is not there.",
        """SELECT p.job_seeker_id AS id FROM person_steps p LEFT JOIN job_seekers j ON j.id = p.job_seeker_id
           WHERE j.id IS NULL""",
    ),
)
