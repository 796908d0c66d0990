"""The promises of referrals: nobody is told without the person's agreement, and no silence is forgotten."""

from booking.storage.promises import Invariant

# A month of minutes: traces of mails are kept longer than that.

PROMISES_OF_REFERRALS = (
    Invariant(
        "referred-agreed",
        "No partner is told of somebody who has not agreed.",
        "SELECT id AS id FROM referrals WHERE sent_at IS NOT NULL AND agreed_at IS NULL",
    ),
    Invariant(
        "partners-told",
        "A partner with an address has a mail about whoever is sent to him.",
        """SELECT r.id AS id FROM referrals r
            LEFT JOIN partner_messages m ON m.referral_id = r.id AND m.kind = 'sent' AND m.state <> 'cancelled'
            WHERE r.state IN ('sent', 'met') AND r.way = 'mail' AND m.id IS NULL
              AND r.sent_at > :now - 43200 * {minute}""",
    ),
    Invariant(
        "silence-waited-for",
        "A partner's silence is looked at some day, or somebody has it on a list; once it is over, neither.",
        """SELECT id AS id FROM referrals
           WHERE (state IN ('sent', 'met')) <> (due_at IS NOT NULL OR overdue_at IS NOT NULL)
              OR (due_at IS NOT NULL AND overdue_at IS NOT NULL)""",
    ),
    Invariant(
        "reminded-once",
        "Every reminder to a partner is one mail.",
        """SELECT s.referral_id AS id FROM referral_steps s
            WHERE s.deed = 'reminded' AND s.staff_id IS NULL AND s.at > :now - 43200 * {minute}
            GROUP BY s.referral_id HAVING count(*) <> (
                SELECT count(*) FROM partner_messages m
                WHERE m.referral_id = s.referral_id AND m.kind = 'reminder'
                  AND m.created_at > :now - 43200 * {minute})""",
    ),
    Invariant(
        "cancelled-closed",
        "The link of a referral that was cancelled opens nothing.",
        """SELECT l.id AS id FROM referral_links l JOIN referrals r ON r.id = l.referral_id
           WHERE r.state = 'cancelled' AND l.revoked_at IS NULL""",
    ),
)
