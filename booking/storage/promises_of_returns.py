"""The promises of what comes back: receipts, and addresses that are used no more."""

from booking.storage.promises import Invariant

PROMISES_OF_RETURNS = (
    Invariant(
        "delivered-was-sent",
        "A message that arrived was taken by a provider, on the way that it names.",
        """SELECT m.id AS id FROM messages m WHERE m.state = 'delivered' AND NOT EXISTS (
            SELECT 1 FROM message_attempts a
            WHERE a.message_id = m.id AND a.channel = m.channel AND a.outcome = 'accepted')""",
    ),
    Invariant(
        "addresses-are-hashes",
        "Of an address that is used no more only its hash is kept.",
        """SELECT id FROM contact_suppressions WHERE length(address_hash) <> 64
            OR address_hash LIKE '%@%' OR address_hash LIKE '%+%'""",
    ),
)
