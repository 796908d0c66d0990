"""The promises of erasing: nothing that somebody said or wrote stands behind a person without a name."""

from booking.storage.promises import Invariant

PROMISES_OF_ERASURE = (
    Invariant(
        "erased-say-nothing",
        "Of somebody erased no word, no way to reach him and no place to come is left.",
        """SELECT j.id AS id FROM job_seekers j
           WHERE j.erased_at IS NOT NULL AND (
               EXISTS (SELECT 1 FROM job_seeker_words w WHERE w.job_seeker_id = j.id)
               OR EXISTS (SELECT 1 FROM recent_people r WHERE r.job_seeker_id = j.id)
               OR EXISTS (SELECT 1 FROM told_apart a WHERE j.id IN (a.one_id, a.other_id))
               OR EXISTS (
                   SELECT 1 FROM waits w WHERE w.job_seeker_id = j.id
                   AND (w.state = 'waiting' OR coalesce(w.priority_because, '') <> ''
                        OR coalesce(w.overridden_because, '') <> ''))
               OR EXISTS (
                   SELECT 1 FROM bookings b JOIN sessions s ON s.id = b.session_id WHERE b.job_seeker_id = j.id
                   AND (b.code <> '' OR coalesce(b.priority_because, '') <> ''
                        OR coalesce(b.overridden_because, '') <> ''
                        OR b.state <> 'cancelled' AND s.ends_at > j.erased_at))
               OR EXISTS (
                   SELECT 1 FROM messages m WHERE m.job_seeker_id = j.id
                   AND (m.state IN {to_be_said} OR CAST(m.details AS text) <> '{{}}'
                        OR EXISTS (SELECT 1 FROM sent_texts t WHERE t.message_id = m.id)
                        OR EXISTS (SELECT 1 FROM message_attempts a WHERE a.message_id = m.id AND a.error IS NOT NULL)))
               OR EXISTS (
                   SELECT 1 FROM incoming_texts i JOIN bookings b ON b.id = i.booking_id
                   WHERE b.job_seeker_id = j.id AND (i.number IS NOT NULL OR i.body IS NOT NULL)))""",
    ),
    Invariant(
        "erased-are-hashes",
        "The journal of who was erased names nobody.",
        "SELECT person_hash AS id FROM erasures WHERE length(person_hash) <> 64 OR person_hash LIKE '%-%'",
    ),
)
