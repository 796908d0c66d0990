"""What is always true of subscriptions: one good link each, of which only a hash is kept, to what its owner may see."""

from booking.storage.promises import Invariant

PROMISES_OF_SUBSCRIPTIONS = (
    Invariant(
        "one-good-link",
        "Every subscription has one link that was not given up, and no other.",
        """SELECT s.id AS id FROM subscriptions s
           LEFT JOIN subscription_secrets k ON k.subscription_id = s.id AND k.ended_at IS NULL
           GROUP BY s.id HAVING count(k.secret_hash) <> 1""",
    ),
    Invariant(
        "links-are-hashes",
        "Of a link nothing is kept but its SHA-256.",
        "SELECT subscription_id AS id FROM subscription_secrets WHERE length(secret_hash) <> 64",
    ),
    Invariant(
        "follows-what-is-there",
        "A subscription shows its owner, or an agency, a room of that agency, or a workshop that is there.",
        """SELECT s.id AS id FROM subscriptions s
           LEFT JOIN rooms r ON r.id = s.scope_id AND r.agency_id = s.agency_id
           LEFT JOIN workshops w ON w.id = s.scope_id
           WHERE (s.kind IN ('facilitator', 'adviser') AND s.scope_id <> s.owner_id)
              OR (s.kind = 'agency' AND s.scope_id <> s.agency_id)
              OR (s.kind = 'room' AND r.id IS NULL) OR (s.kind = 'workshop' AND w.id IS NULL)""",
    ),
)
