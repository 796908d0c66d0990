"""The promises of roles that no constraint can say."""

from booking.storage.promises import Invariant

PROMISES_OF_ROLES = (
    Invariant(
        "roles-held-once",
        "Nobody holds the same role in the same agency twice at the same time, other than by delegation.",
        """SELECT a.id AS id FROM staff_roles a JOIN staff_roles b
            ON b.staff_id = a.staff_id AND b.role = a.role AND b.id <> a.id
            AND (b.agency_id = a.agency_id OR (b.agency_id IS NULL AND a.agency_id IS NULL))
            WHERE a.delegated_from IS NULL AND b.delegated_from IS NULL
              AND (a.ends_at IS NULL OR b.starts_at IS NULL OR b.starts_at < a.ends_at)
              AND (b.ends_at IS NULL OR a.starts_at IS NULL OR a.starts_at < b.ends_at)
              AND (a.ends_at IS NULL OR a.starts_at IS NULL OR a.starts_at < a.ends_at)
              AND (b.ends_at IS NULL OR b.starts_at IS NULL OR b.starts_at < b.ends_at)""",
    ),
    Invariant(
        "entrusted-by-its-holder",
        "A role that was entrusted comes from who entrusted it, and was not entrusted to him.",
        """SELECT d.id AS id FROM staff_roles d JOIN staff_roles own ON own.id = d.delegated_from
            WHERE own.staff_id <> d.given_by OR own.delegated_from IS NOT NULL
              OR own.role IN ('assistant', 'auditor')""",
    ),
)
