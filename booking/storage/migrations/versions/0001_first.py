"""The first schema: agencies, catalogue, sessions, seats, messages, and the traces they leave."""

import sqlalchemy as sa
from alembic import op

from booking.storage.audiences import audience_guards
from booking.storage.audit_guards import audit_guards
from booking.storage.columns import Day, Flag, Id, Instant, Json, Number, Whole
from booking.storage.hosting import hosting_guards
from booking.storage.unchanging import guards

revision = "0001"
down_revision = None

# PostgreSQL: no extension is needed for an exclusion over a UUID, once a UUID can be a range of one.
EXCLUSION = """
ALTER TABLE {table} ADD CONSTRAINT ex_{table}_overlap EXCLUDE USING gist (
    uuidrange({who}, {who}, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
) DEFERRABLE INITIALLY IMMEDIATE
"""

# SQLite: one writer at a time, so looking before writing is enough; meetings of one session are told apart elsewhere.
TRIGGER = """
CREATE TRIGGER ex_{table}_overlap_{event} BEFORE {what} ON {table}
WHEN EXISTS (
    SELECT 1 FROM {table} AS other
    WHERE other.{who} = NEW.{who} AND other.{of} <> NEW.{of}
      AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
)
BEGIN SELECT RAISE(ABORT, 'ex_{table}_overlap'); END
"""
# Who is in one place at a time, and what makes two rows different places.
IN_ONE_PLACE = (
    {"table": "job_seeker_times", "who": "job_seeker_id", "of": "booking_id"},
    {"table": "occupancies", "who": "holder_id", "of": "meeting_id"},
)


def upgrade() -> None:
    _create_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TYPE uuidrange AS RANGE (subtype = uuid)")
        for rule in IN_ONE_PLACE:
            op.execute(EXCLUSION.format(**rule))
        # Room on each page for the next version of a row, so that counting a seat touches no index.
        for table in ("sessions", "messages", "agencies"):
            op.execute(f"ALTER TABLE {table} SET (fillfactor = 80)")
    else:
        for rule in IN_ONE_PLACE:
            op.execute(TRIGGER.format(event="insert", what="INSERT", **rule))
            op.execute(TRIGGER.format(event="update", what="UPDATE OF starts_at, ends_at", **rule))
    dialect = op.get_bind().dialect.name
    for command in (*guards(dialect), *audit_guards(dialect), *audience_guards(dialect), *hosting_guards(dialect)):
        op.execute(command)


def _create_tables() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", Id(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("insee", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("latitude", Number, nullable=True),
        sa.Column("longitude", Number, nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("holiday_territory", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("hosts", Flag(), server_default=sa.text("true"), nullable=False),
        sa.Column("phase_since", Instant(), nullable=True),
        sa.Column("publishes", Flag(), nullable=False),
        sa.Column("directions", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("hold_minutes", Whole, server_default=sa.text("10"), nullable=False),
        sa.Column("waitlist_policy", sa.Text(), server_default=sa.text("'give'"), nullable=False),
        sa.Column("feed_version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("feed_changed_at", Instant(), nullable=True),
        sa.Column("letter_tried_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("phase IN ('pilot', 'open', 'closed')", name=op.f("ck_agencies_phase")),
        sa.CheckConstraint("waitlist_policy IN ('give', 'offer')", name=op.f("ck_agencies_waitlist_policy")),
        sa.CheckConstraint("hold_minutes > 0", name=op.f("ck_agencies_hold_minutes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("code", name=op.f("uq_agencies_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_agencies_reference")),
        sa.UniqueConstraint("slug", name=op.f("uq_agencies_slug")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", Whole, autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("staff_id", Id(), nullable=True),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("noun_id", Id(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("sign_in", sa.Text(), nullable=True),
        sa.Column("details", Json(), nullable=False),
        sa.CheckConstraint("via IN ('page', 'api', 'command', 'job')", name=op.f("ck_audit_via")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_agency", "audit", ["agency_id", "id"], unique=False)
    op.create_index("ix_audit_noun", "audit", ["noun_id"], unique=False)
    op.create_table(
        "audit_faults",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line", Whole, nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('changed', 'removed', 'inserted', 'reordered', 'cut')", name=op.f("ck_audit_faults_kind")
        ),
        sa.PrimaryKeyConstraint("kind", "line", name=op.f("pk_audit_faults")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_seals",
        sa.Column("n", Whole, autoincrement=False, nullable=False),
        sa.Column("audit_id", Whole, nullable=False),
        sa.Column("details", Json(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_audit_seals_n")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_audit_seals_audit_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_receipts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("message_key", sa.Text(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.Column("became", sa.Text(), nullable=True),
        sa.CheckConstraint("became IN ('applied', 'known', 'unknown')", name=op.f("ck_delivery_receipts_became")),
        sa.CheckConstraint("fate IN ('delivered', 'failed', 'unreachable')", name=op.f("ck_delivery_receipts_fate")),
        sa.CheckConstraint("(applied_at IS NULL) = (became IS NULL)", name=op.f("ck_delivery_receipts_applied")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_receipts")),
        sa.UniqueConstraint("provider", "event", name=op.f("uq_delivery_receipts_provider_event")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_delivery_receipts_open",
        "delivery_receipts",
        ["id"],
        unique=False,
        postgresql_where=sa.text("applied_at IS NULL"),
        sqlite_where=sa.text("applied_at IS NULL"),
    )
    op.create_table(
        "documents",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", Whole, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=False),
        sa.Column("keep_until", Instant(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'text/plain')",
            name=op.f("ck_documents_media_type"),
        ),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_documents_hash")),
        sa.CheckConstraint("size BETWEEN 1 AND 10485760", name=op.f("ck_documents_size")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_documents")),
        sqlite_strict=True,
    )
    op.create_index("ix_documents_keep_until", "documents", ["keep_until"], unique=False)
    op.create_table(
        "figure_marks",
        sa.Column("id", Whole, autoincrement=False, nullable=False),
        sa.Column("heard_id", Whole, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_figure_marks_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_marks")),
        sqlite_strict=True,
    )
    op.create_table(
        "issuer_states",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("worked_at", Instant(), nullable=True),
        sa.Column("failed_at", Instant(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("issuer", name=op.f("pk_issuer_states")),
        sqlite_strict=True,
    )
    op.create_table(
        "job_ticks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("rows", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_ticks")),
        sqlite_strict=True,
    )
    op.create_table(
        "logout_orders",
        sa.Column("order_hash", sa.Text(), nullable=False),
        sa.Column("forgotten_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("order_hash", name=op.f("pk_logout_orders")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_logout_orders_forgotten_at"), "logout_orders", ["forgotten_at"], unique=False)
    op.create_table(
        "partners",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("pivot", sa.Text(), nullable=False),
        sa.Column("typology", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_extra", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("insee", sa.Text(), nullable=False),
        sa.Column("latitude", Number, nullable=True),
        sa.Column("longitude", Number, nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("emails", sa.Text(), nullable=False),
        sa.Column("referral_email", sa.Text(), nullable=False),
        sa.Column("websites", sa.Text(), nullable=False),
        sa.Column("booking_url", sa.Text(), nullable=False),
        sa.Column("access_sheet", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("directions", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("publics", sa.Text(), nullable=False),
        sa.Column("care", sa.Text(), nullable=False),
        sa.Column("fees", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("roaming", sa.Text(), nullable=False),
        sa.Column("programmes", sa.Text(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("other_labels", sa.Text(), nullable=False),
        sa.Column("updated_on", Day(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('mediation', 'solidarity', 'mission_locale', 'caf', 'cpam', 'training', 'youth', 'family', 'france_services', 'social', 'library', 'association', 'company', 'other')",
            name=op.f("ck_partners_kind"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_partners_name")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_partners_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("source", "reference", name=op.f("uq_partners_source_reference")),
        sqlite_strict=True,
    )
    op.create_table(
        "provider_gates",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tokens", Number, server_default=sa.text("0"), nullable=False),
        sa.Column("filled_at", Instant(), nullable=True),
        sa.Column("day", Day(), nullable=True),
        sa.Column("sent", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("full_until", Instant(), nullable=True),
        sa.Column("failures", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("open_until", Instant(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("alerted_at", Instant(), nullable=True),
        sa.Column("credit", Number, nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.CheckConstraint("trouble IN ('silent', 'key', 'credit', 'refused')", name=op.f("ck_provider_gates_trouble")),
        sa.CheckConstraint("(trouble IS NULL) = (failing_since IS NULL)", name=op.f("ck_provider_gates_failing_since")),
        sa.CheckConstraint("sent >= 0 AND tokens >= 0", name=op.f("ck_provider_gates_tokens")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_provider_gates")),
        sqlite_strict=True,
    )
    op.create_table(
        "retention_runs",
        sa.Column("on_day", Day(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("counts", Json(), nullable=False),
        sa.PrimaryKeyConstraint("on_day", name=op.f("pk_retention_runs")),
        sqlite_strict=True,
    )
    op.create_table(
        "school_holidays",
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("first_on", Day(), nullable=False),
        sa.Column("last_on", Day(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_school_holidays_days")),
        sa.PrimaryKeyConstraint("zone", "first_on", name=op.f("pk_school_holidays")),
        sqlite_strict=True,
    )
    op.create_table(
        "staff",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sign_in_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("availability", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("ends_on", Day(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("takes_invitations", Flag(), server_default=sa.text("false"), nullable=False),
        sa.Column("unwanted_mails", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("has_shortcuts", Flag(), server_default=sa.text("true"), nullable=False),
        sa.Column("first_steps_away_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.CheckConstraint("email IS NOT NULL OR NOT takes_invitations", name=op.f("ck_staff_takes_invitations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_staff_sign_in_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "tallies",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", Whole, nullable=False),
        sa.Column("free_at", Instant(), nullable=False),
        sa.Column("forgotten_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tallies")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tallies_forgotten_at"), "tallies", ["forgotten_at"], unique=False)
    op.create_table(
        "workshops",
        sa.Column("id", Id(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("short_title", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("theme_code", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("colour", sa.Text(), server_default=sa.text("'blue'"), nullable=False),
        sa.Column("skills", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("is_compulsory", Flag(), nullable=False),
        sa.Column("usual_minutes", Whole, nullable=False),
        sa.Column("usual_capacity", Whole, nullable=False),
        sa.Column("minimum", Whole, nullable=False),
        sa.Column("to_bring", sa.Text(), nullable=False),
        sa.Column("window_days", Whole, nullable=True),
        sa.Column("cutoff_hours", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("join_until", Whole, server_default=sa.text("1"), nullable=False),
        sa.Column("frees_when_absent", Flag(), server_default=sa.text("false"), nullable=False),
        sa.Column("required_for", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("validity_months", Whole, nullable=True),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "audience = 'staff' OR (required_for = '' AND validity_months IS NULL)",
            name=op.f("ck_workshops_required_of_staff"),
        ),
        sa.CheckConstraint("audience IN ('job_seekers', 'staff')", name=op.f("ck_workshops_audience")),
        sa.CheckConstraint(
            "colour IN ('blue', 'teal', 'green', 'ochre', 'orange', 'red', 'purple', 'grey')",
            name=op.f("ck_workshops_colour"),
        ),
        sa.CheckConstraint("level IN ('beginner', 'intermediate', 'advanced')", name=op.f("ck_workshops_level")),
        sa.CheckConstraint("cutoff_hours >= 0 AND join_until > 0", name=op.f("ck_workshops_terms")),
        sa.CheckConstraint("validity_months > 0", name=op.f("ck_workshops_validity_months")),
        sa.CheckConstraint("window_days > 0", name=op.f("ck_workshops_window_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshops")),
        sa.UniqueConstraint("title", name=op.f("uq_workshops_title")),
        sqlite_strict=True,
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), server_default=sa.text("'write'"), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.CheckConstraint("scope IN ('read', 'write')", name=op.f("ck_api_tokens_scope")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_api_tokens_life")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_api_tokens_agency_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_tokens_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_tokens_secret_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_api_tokens_staff_id"), "api_tokens", ["staff_id"], unique=False)
    op.create_table(
        "batches",
        sa.Column("id", Id(), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("told", Json(), nullable=False),
        sa.Column("undoes", Id(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lines_total", Whole, nullable=False),
        sa.Column("lines_done", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("tries", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name=op.f("ck_batches_lease")),
        sa.CheckConstraint(
            "(state IN ('done', 'stopped', 'failed')) = (settled_at IS NOT NULL)", name=op.f("ck_batches_settled")
        ),
        sa.CheckConstraint(
            "deed IN ('publish', 'shift', 'lead', 'resize', 'copy', 'cancel', 'tick', 'resend', 'archive')",
            name=op.f("ck_batches_deed"),
        ),
        sa.CheckConstraint("state <> 'done' OR lines_done = lines_total", name=op.f("ck_batches_whole")),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'running', 'done', 'stopped', 'failed')", name=op.f("ck_batches_state")
        ),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_batches_lease_until")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_batches_expires")),
        sa.CheckConstraint("lines_total > 0 AND lines_done BETWEEN 0 AND lines_total", name=op.f("ck_batches_lines")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_batches_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("undoes", name=op.f("uq_batches_undoes")),
        sqlite_strict=True,
    )
    op.create_index("ix_batches_asked_by", "batches", ["asked_by", "created_at"], unique=False)
    op.create_index(op.f("ix_batches_expires_at"), "batches", ["expires_at"], unique=False)
    op.create_index(
        "ix_batches_to_do",
        "batches",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "busy_times",
        sa.Column("id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_busy_times_times")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_busy_times_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_times")),
        sqlite_strict=True,
    )
    op.create_index("ix_busy_times_staff_starts", "busy_times", ["staff_id", "starts_at"], unique=False)
    op.create_table(
        "contact_suppressions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_by", Id(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "because IN ('stop', 'bounced', 'invalid', 'complained')", name=op.f("ck_contact_suppressions_because")
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'sms', 'call', 'letter', 'hand')", name=op.f("ck_contact_suppressions_channel")
        ),
        sa.CheckConstraint(
            "lifted_at IS NOT NULL OR (lifted_by IS NULL AND lifted_because IS NULL)",
            name=op.f("ck_contact_suppressions_lifted"),
        ),
        sa.ForeignKeyConstraint(["lifted_by"], ["staff.id"], name=op.f("fk_contact_suppressions_lifted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_suppressions")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_contact_suppressions_open",
        "contact_suppressions",
        ["address_hash", "channel"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
        sqlite_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "departures",
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("staff_id", Id(), nullable=True),
        sa.Column("link_hash", sa.Text(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.CheckConstraint("staff_id IS NULL OR link_hash IS NULL", name=op.f("ck_departures_one_owner")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_departures_staff_id")),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_departures")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_departures_expires_at"), "departures", ["expires_at"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("person_hash", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("erased_by", Id(), nullable=True),
        sa.CheckConstraint("because IN ('asked', 'mistake', 'expired', 'restored')", name=op.f("ck_erasures_because")),
        sa.CheckConstraint("length(person_hash) = 64", name=op.f("ck_erasures_hash")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_erasures_agency_id")),
        sa.ForeignKeyConstraint(["erased_by"], ["staff.id"], name=op.f("fk_erasures_erased_by")),
        sa.PrimaryKeyConstraint("person_hash", name=op.f("pk_erasures")),
        sqlite_strict=True,
    )
    op.create_table(
        "feed_changes",
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("removed", Flag(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_feed_changes_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "version", "meeting_id", name=op.f("pk_feed_changes")),
        sqlite_strict=True,
    )
    op.create_table(
        "feed_entries",
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("is_cancelled", Flag(), nullable=False),
        sa.Column("sequence", Whole, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("busy", sa.Text(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_feed_entries_times")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_feed_entries_agency_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_feed_entries")),
        sqlite_strict=True,
    )
    op.create_index("ix_feed_entries_agency_starts", "feed_entries", ["agency_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_feed_entries_session_id"), "feed_entries", ["session_id"], unique=False)
    op.create_index("ix_feed_entries_starts", "feed_entries", ["starts_at"], unique=False)
    op.create_table(
        "feed_versions",
        sa.Column("scope_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_feed_versions_agency_id")),
        sa.PrimaryKeyConstraint("scope_id", "agency_id", name=op.f("pk_feed_versions")),
        sqlite_strict=True,
    )
    op.create_table(
        "figures",
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("scope_id", Id(), nullable=False),
        sa.Column("slice_on", Day(), nullable=False),
        sa.Column("sessions", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("seats", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("seated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("came", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("finished", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("absent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("excused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unmarked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("walk_ins", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_up", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waited", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waited_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_person", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_adviser", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_service", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("called_off", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_day", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_week", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_fortnight", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_longer", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_day", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_week", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_fortnight", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_longer", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_sms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_call", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_letter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_none", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_sms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_call", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_letter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_none", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_sms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_call", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_letter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_hand", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_none", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_figures_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "scope_id", "slice_on", name=op.f("pk_figures")),
        sqlite_strict=True,
    )
    op.create_index("ix_figures_scope_slice", "figures", ["scope_id", "slice_on"], unique=False)
    op.create_index(
        "ix_figures_slice",
        "figures",
        ["slice_on"],
        unique=False,
        postgresql_where=sa.text("scope_id = agency_id"),
        sqlite_where=sa.text("scope_id = agency_id"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("answer", Json(), nullable=True),
        sa.Column("replays", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_idempotency_keys_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "key", name=op.f("pk_idempotency_keys")),
        sqlite_strict=True,
    )
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_identities_staff_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
        sa.UniqueConstraint("staff_id", "issuer", name=op.f("uq_identities_staff_id_issuer")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_columns",
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("columns", Json(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", Id(), nullable=False),
        sa.CheckConstraint("kind IN ('people', 'history')", name=op.f("ck_import_columns_kind")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_import_columns_agency_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_import_columns_changed_by")),
        sa.PrimaryKeyConstraint("agency_id", "kind", name=op.f("pk_import_columns")),
        sqlite_strict=True,
    )
    op.create_table(
        "imports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("columns", Json(), nullable=False),
        sa.Column("is_dry_run", Flag(), server_default=sa.text("true"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rows_total", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("rows_done", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("tries", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name=op.f("ck_imports_lease")),
        sa.CheckConstraint(
            "(state IN ('done', 'stopped', 'failed')) = (settled_at IS NOT NULL)", name=op.f("ck_imports_settled")
        ),
        sa.CheckConstraint("kind IN ('people', 'history')", name=op.f("ck_imports_kind")),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'running', 'checked', 'done', 'stopped', 'failed')",
            name=op.f("ck_imports_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'waiting', 'running') OR content IS NOT NULL", name=op.f("ck_imports_content")
        ),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_imports_lease_until")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_imports_expires")),
        sa.CheckConstraint("rows_done BETWEEN 0 AND rows_total", name=op.f("ck_imports_rows")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_imports_agency_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_imports_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sqlite_strict=True,
    )
    op.create_index("ix_imports_agency", "imports", ["agency_id", "created_at"], unique=False)
    op.create_index(op.f("ix_imports_expires_at"), "imports", ["expires_at"], unique=False)
    op.create_index(
        "ix_imports_to_do",
        "imports",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("sequence", Whole, nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_cancelled", Flag(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("first_key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("attempts", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("partstat", sa.Text(), nullable=True),
        sa.Column("stamp", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name=op.f("ck_invitations_lease")),
        sa.CheckConstraint("partstat IN ('accepted', 'tentative', 'declined')", name=op.f("ck_invitations_partstat")),
        sa.CheckConstraint("state IN ('planned', 'sending', 'sent', 'failed')", name=op.f("ck_invitations_state")),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_invitations_lease_until")),
        sa.CheckConstraint("(partstat IS NULL) = (answered_at IS NULL)", name=op.f("ck_invitations_answered")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_invitations_agency_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_invitations_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("meeting_id", "staff_id", name=op.f("uq_invitations_meeting_id_staff_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_invitations_declined",
        "invitations",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("partstat = 'declined'"),
        sqlite_where=sa.text("partstat = 'declined'"),
    )
    op.create_index(
        "ix_invitations_due",
        "invitations",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('planned', 'sending')"),
        sqlite_where=sa.text("state IN ('planned', 'sending')"),
    )
    op.create_index(op.f("ix_invitations_session_id"), "invitations", ["session_id"], unique=False)
    op.create_index("ix_invitations_staff", "invitations", ["staff_id", "ends_at"], unique=False)
    op.create_table(
        "job_seekers",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("identifier", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("birth_year", Whole, nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_takes_sms", Flag(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Text(), nullable=True),
        sa.Column("needs", Json(), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("merged_into", Id(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.Column("staff_id", Id(), nullable=True),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "erased_at IS NULL OR (identifier IS NULL AND email IS NULL AND phone IS NULL AND birth_year IS NULL AND search = '' AND address = '' AND postcode = '' AND commune = '' AND language = '')",
            name=op.f("ck_job_seekers_erased"),
        ),
        sa.CheckConstraint(
            "preferred IN ('email', 'sms', 'call', 'letter', 'hand')", name=op.f("ck_job_seekers_preferred")
        ),
        sa.CheckConstraint(
            "staff_id IS NULL OR (merged_into IS NULL AND erased_at IS NULL AND identifier IS NULL AND birth_year IS NULL AND phone IS NULL AND address = '' AND postcode = '' AND commune = '' AND language = '')",
            name=op.f("ck_job_seekers_attendee"),
        ),
        sa.CheckConstraint("(merged_into IS NULL) = (agency_id IS NOT NULL)", name=op.f("ck_job_seekers_merged")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_job_seekers_agency_id")),
        sa.ForeignKeyConstraint(["merged_into"], ["job_seekers.id"], name=op.f("fk_job_seekers_merged_into")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_job_seekers_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_seekers")),
        sa.UniqueConstraint("agency_id", "identifier", name=op.f("uq_job_seekers_agency_id_identifier")),
        sa.UniqueConstraint("id", "agency_id", name=op.f("uq_job_seekers_id_agency_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_job_seekers_merged",
        "job_seekers",
        ["merged_into"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NOT NULL"),
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index(
        "ix_job_seekers_phone",
        "job_seekers",
        ["phone"],
        unique=False,
        postgresql_where=sa.text("phone IS NOT NULL"),
        sqlite_where=sa.text("phone IS NOT NULL"),
    )
    op.create_index(
        "uq_job_seekers_staff",
        "job_seekers",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("staff_id IS NOT NULL"),
        sqlite_where=sa.text("staff_id IS NOT NULL"),
    )
    op.create_table(
        "leaflets",
        sa.Column("id", Id(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("partner_id", Id(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("first_on", Day(), nullable=True),
        sa.Column("last_on", Day(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", Whole, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('tariff', 'leaflet', 'poster')", name=op.f("ck_leaflets_kind")),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name=op.f("ck_leaflets_media_type")
        ),
        sa.CheckConstraint(
            "service IN ('paperwork', 'everyday_tools', 'work', 'safety', 'parenting', 'leisure', 'understanding', 'access', 'equipment', 'solidarity_phone', 'solidarity_sim', 'solidarity_internet')",
            name=op.f("ck_leaflets_service"),
        ),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_leaflets_days")),
        sa.CheckConstraint("size BETWEEN 1 AND 10485760", name=op.f("ck_leaflets_size")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_leaflets_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaflets")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_leaflets_partner_id"), "leaflets", ["partner_id"], unique=False)
    op.create_table(
        "message_policies",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("workshop_id", Id(), nullable=True),
        sa.Column("version", Whole, nullable=False),
        sa.Column("facts", Json(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.Column("is_settled", Flag(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_message_policies_version")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_message_policies_agency_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_message_policies_made_by")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_message_policies_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_policies")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_message_policies_workshop_id"), "message_policies", ["workshop_id"], unique=False)
    op.create_index(
        "uq_message_policies_agency",
        "message_policies",
        ["agency_id", "version"],
        unique=True,
        postgresql_where=sa.text("workshop_id IS NULL"),
        sqlite_where=sa.text("workshop_id IS NULL"),
    )
    op.create_index(
        "uq_message_policies_workshop",
        "message_policies",
        ["agency_id", "workshop_id", "version"],
        unique=True,
        postgresql_where=sa.text("workshop_id IS NOT NULL"),
        sqlite_where=sa.text("workshop_id IS NOT NULL"),
    )
    op.create_table(
        "message_wordings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_original", Flag(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.CheckConstraint("form IN ('sms', 'mail')", name=op.f("ck_message_wordings_form")),
        sa.CheckConstraint(
            "kind IN ('confirmation', 'waitlisted', 'seat_given', 'reminder', 'session_moved', 'session_cancelled', 'session_cut_short', 'booking_moved', 'booking_cancelled', 'seat_offered', 'wait_ended', 'invitation', 'invitation_ended', 'next_meeting', 'absence_followup', 'no_noted')",
            name=op.f("ck_message_wordings_kind"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_message_wordings_version")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_message_wordings_agency_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_message_wordings_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_wordings")),
        sa.UniqueConstraint(
            "agency_id",
            "kind",
            "form",
            "language",
            "version",
            name=op.f("uq_message_wordings_agency_id_kind_form_language_version"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_message_wordings_network",
        "message_wordings",
        ["kind", "form", "language", "version"],
        unique=True,
        postgresql_where=sa.text("agency_id IS NULL"),
        sqlite_where=sa.text("agency_id IS NULL"),
    )
    op.create_table(
        "opening_notes",
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("noted_by", Id(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.CheckConstraint("because <> ''", name=op.f("ck_opening_notes_because")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_opening_notes_agency_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["staff.id"], name=op.f("fk_opening_notes_noted_by")),
        sa.PrimaryKeyConstraint("agency_id", "item", name=op.f("pk_opening_notes")),
        sqlite_strict=True,
    )
    op.create_table(
        "partner_agencies",
        sa.Column("partner_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_partner_agencies_agency_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_partner_agencies_partner_id")),
        sa.PrimaryKeyConstraint("partner_id", "agency_id", name=op.f("pk_partner_agencies")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_partner_agencies_agency_id"), "partner_agencies", ["agency_id"], unique=False)
    op.create_table(
        "partner_words",
        sa.Column("partner_id", Id(), nullable=False),
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_partner_words_partner_id")),
        sa.PrimaryKeyConstraint("partner_id", "word", name=op.f("pk_partner_words")),
        sqlite_strict=True,
    )
    op.create_index("ix_partner_words_word", "partner_words", ["word"], unique=False)
    op.create_table(
        "password_links",
        sa.Column("id", Id(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('invited', 'forgotten')", name=op.f("ck_password_links_kind")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_password_links_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_links")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_password_links_secret_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_password_links_staff_id"), "password_links", ["staff_id"], unique=False)
    op.create_table(
        "person_steps",
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("slice_on", Day(), nullable=False),
        sa.Column("diagnosed_at", Instant(), nullable=True),
        sa.Column("oriented_at", Instant(), nullable=True),
        sa.Column("seated_at", Instant(), nullable=True),
        sa.Column("attended_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_person_steps_agency_id")),
        sa.PrimaryKeyConstraint("job_seeker_id", name=op.f("pk_person_steps")),
        sqlite_strict=True,
    )
    op.create_index("ix_person_steps_agency_slice", "person_steps", ["agency_id", "slice_on"], unique=False)
    op.create_table(
        "phase_changes",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("hosts", Flag(), nullable=False),
        sa.Column("due_on", Day(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("planned_by", Id(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("phase_before", sa.Text(), nullable=True),
        sa.Column("hosted_before", Flag(), nullable=True),
        sa.Column("dropped_by", Id(), nullable=True),
        sa.Column("dropped_at", Instant(), nullable=True),
        sa.CheckConstraint("phase IN ('pilot', 'open', 'closed')", name=op.f("ck_phase_changes_phase")),
        sa.CheckConstraint("phase_before IN ('pilot', 'open', 'closed')", name=op.f("ck_phase_changes_phase_before")),
        sa.CheckConstraint("(done_at IS NULL) = (hosted_before IS NULL)", name=op.f("ck_phase_changes_hosted")),
        sa.CheckConstraint("(done_at IS NULL) = (phase_before IS NULL)", name=op.f("ck_phase_changes_before")),
        sa.CheckConstraint("done_at IS NULL OR dropped_at IS NULL", name=op.f("ck_phase_changes_end")),
        sa.CheckConstraint("due_on IS NOT NULL OR done_at IS NOT NULL", name=op.f("ck_phase_changes_due")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_phase_changes_agency_id")),
        sa.ForeignKeyConstraint(["dropped_by"], ["staff.id"], name=op.f("fk_phase_changes_dropped_by")),
        sa.ForeignKeyConstraint(["planned_by"], ["staff.id"], name=op.f("fk_phase_changes_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_changes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_phase_changes_agency_id"), "phase_changes", ["agency_id"], unique=False)
    op.create_index(
        "uq_phase_changes_planned",
        "phase_changes",
        ["agency_id"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL AND dropped_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dropped_at IS NULL"),
    )
    op.create_table(
        "questionnaires",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("questions", Json(), nullable=False),
        sa.Column("rules", Json(), nullable=False),
        sa.Column("edition", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", Id(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.CheckConstraint("length(CAST(questions AS text)) <= 60000", name=op.f("ck_questionnaires_questions")),
        sa.CheckConstraint("length(CAST(rules AS text)) <= 60000", name=op.f("ck_questionnaires_rules")),
        sa.CheckConstraint("version > 0", name=op.f("ck_questionnaires_version")),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_questionnaires_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("version", name=op.f("uq_questionnaires_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "recovery_codes",
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_codes_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "secret_hash", name=op.f("pk_recovery_codes")),
        sqlite_strict=True,
    )
    op.create_table(
        "referral_delays",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("is_network", Flag(), nullable=False),
        sa.Column("working_days", Whole, nullable=False),
        sa.Column("reminders", Whole, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", Id(), nullable=False),
        sa.CheckConstraint("is_network = (agency_id IS NULL)", name=op.f("ck_referral_delays_network")),
        sa.CheckConstraint("reminders BETWEEN 0 AND 3", name=op.f("ck_referral_delays_reminders")),
        sa.CheckConstraint("working_days BETWEEN 1 AND 60", name=op.f("ck_referral_delays_working_days")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_referral_delays_agency_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_referral_delays_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_delays")),
        sa.UniqueConstraint("agency_id", name=op.f("uq_referral_delays_agency_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_referral_delays_network",
        "referral_delays",
        ["is_network"],
        unique=True,
        postgresql_where=sa.text("agency_id IS NULL"),
        sqlite_where=sa.text("agency_id IS NULL"),
    )
    op.create_table(
        "referral_figures",
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("slice_on", Day(), nullable=False),
        sa.Column("made", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("sent", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("met", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("helped", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("unhelped", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("withdrawn", Whole, server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_referral_figures_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "slice_on", name=op.f("pk_referral_figures")),
        sqlite_strict=True,
    )
    op.create_index("ix_referral_figures_slice", "referral_figures", ["slice_on"], unique=False)
    op.create_table(
        "retention_delays",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("days", Whole, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", Id(), nullable=False),
        sa.CheckConstraint(
            "rule IN ('people', 'words', 'logs', 'calendars', 'links', 'keys', 'sign_ins')",
            name=op.f("ck_retention_delays_rule"),
        ),
        sa.CheckConstraint("days >= 0", name=op.f("ck_retention_delays_days")),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_retention_delays_changed_by")),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_retention_delays")),
        sqlite_strict=True,
    )
    op.create_table(
        "rooms",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seats", Whole, nullable=False),
        sa.Column("workstations", Whole, nullable=False),
        sa.Column("has_step_free_access", Flag(), nullable=False),
        sa.Column("has_hearing_loop", Flag(), nullable=False),
        sa.Column("opening_hours", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.CheckConstraint("seats > 0 AND workstations > 0", name=op.f("ck_rooms_size")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_rooms_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_rooms_agency_id_name")),
        sa.UniqueConstraint("id", "agency_id", name=op.f("uq_rooms_id_agency_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "second_factors",
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("last_number", Whole, server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_second_factors_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_factors")),
        sqlite_strict=True,
    )
    op.create_table(
        "session_figures",
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("workshop_id", Id(), nullable=False),
        sa.Column("slice_on", Day(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("is_begun", Flag(), nullable=False),
        sa.Column("is_training", Flag(), nullable=False),
        sa.Column("sessions", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("seats", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("seated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("came", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("finished", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("absent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("excused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unmarked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("walk_ins", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_up", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waited", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waited_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_person", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_adviser", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancelled_service", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("called_off", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_day", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_week", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_fortnight", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("noticed_longer", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_day", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_week", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_fortnight", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unnoticed_longer", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_sms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_call", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_letter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_none", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_sms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_call", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_letter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unminded_none", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_email", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_sms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_call", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_letter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_hand", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached_none", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_session_figures_agency_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_session_figures_workshop_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_figures")),
        sqlite_strict=True,
    )
    op.create_index("ix_session_figures_agency_slice", "session_figures", ["agency_id", "slice_on"], unique=False)
    op.create_index(
        "ix_session_figures_starts",
        "session_figures",
        ["starts_at"],
        unique=False,
        postgresql_where=sa.text("NOT is_begun"),
        sqlite_where=sa.text("NOT is_begun"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("workshop_id", Id(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("capacity", Whole, nullable=False),
        sa.Column("allowance", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("taken", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("waiting", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("kept", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column(
            "has_room", Flag(), sa.Computed("taken + kept < capacity + allowance", persisted=True), nullable=False
        ),
        sa.Column("sequence", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("window_days", Whole, nullable=True),
        sa.Column("cutoff_hours", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("join_until", Whole, server_default=sa.text("1"), nullable=False),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("languages", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("series_id", Id(), nullable=True),
        sa.Column("overridden_because", sa.Text(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'open', 'cancelled', 'held')", name=op.f("ck_sessions_state")),
        sa.CheckConstraint("capacity > 0 AND allowance >= 0", name=op.f("ck_sessions_capacity")),
        sa.CheckConstraint("cutoff_hours >= 0 AND join_until > 0", name=op.f("ck_sessions_terms")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sessions_times")),
        sa.CheckConstraint(
            "taken >= 0 AND kept >= 0 AND taken + kept <= capacity + allowance", name=op.f("ck_sessions_seats")
        ),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_sessions_waiting")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_sessions_agency_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_sessions_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("id", "agency_id", name=op.f("uq_sessions_id_agency_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_sessions_agency_free",
        "sessions",
        ["agency_id", "starts_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open' AND has_room"),
        sqlite_where=sa.text("state = 'open' AND has_room"),
    )
    op.create_index("ix_sessions_agency_starts", "sessions", ["agency_id", "starts_at"], unique=False)
    op.create_index(
        "ix_sessions_standing_ends",
        "sessions",
        ["ends_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('draft', 'open')"),
        sqlite_where=sa.text("state IN ('draft', 'open')"),
    )
    op.create_index(
        "ix_sessions_open_starts",
        "sessions",
        ["starts_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_sessions_series_id"), "sessions", ["series_id"], unique=False)
    op.create_index(op.f("ix_sessions_workshop_id"), "sessions", ["workshop_id"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("device", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("locked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_ins_staff_id")),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("id", name=op.f("uq_sign_ins_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sign_ins_staff_id"), "sign_ins", ["staff_id"], unique=False)
    op.create_table(
        "staff_messages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("about_on", Day(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("not_after", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("details", Json(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name=op.f("ck_staff_messages_lease")),
        sa.CheckConstraint(
            "kind IN ('roster', 'digest', 'decisions', 'calls', 'invited', 'forgotten', 'password_changed', 'factor_changed')",
            name=op.f("ck_staff_messages_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'claimed', 'sending', 'accepted', 'delivered', 'to_do', 'done', 'superseded', 'cancelled', 'expired', 'coalesced', 'suppressed', 'dead')",
            name=op.f("ck_staff_messages_state"),
        ),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_staff_messages_lease_until")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_staff_messages_agency_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_messages_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_messages")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_staff_messages_dedupe_key")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_staff_messages_dead",
        "staff_messages",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("state = 'dead'"),
        sqlite_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_staff_messages_due",
        "staff_messages",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('planned', 'sending')"),
        sqlite_where=sa.text("state IN ('planned', 'sending')"),
    )
    op.create_index(
        "ix_staff_messages_silent",
        "staff_messages",
        ["about_on"],
        unique=False,
        postgresql_where=sa.text("state = 'suppressed'"),
        sqlite_where=sa.text("state = 'suppressed'"),
    )
    op.create_index("ix_staff_messages_staff", "staff_messages", ["staff_id", "kind", "about_on"], unique=False)
    op.create_table(
        "staff_roles",
        sa.Column("id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("given_by", Id(), nullable=True),
        sa.Column("delegated_from", Id(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.CheckConstraint("role <> 'assistant' OR ends_at IS NOT NULL", name=op.f("ck_staff_roles_assistant_ends")),
        sa.CheckConstraint(
            "role IN ('adviser', 'facilitator', 'assistant', 'manager', 'administrator', 'auditor')",
            name=op.f("ck_staff_roles_role"),
        ),
        sa.CheckConstraint(
            "delegated_from IS NULL OR (agency_id IS NOT NULL AND given_by IS NOT NULL AND given_by <> staff_id AND starts_at IS NOT NULL AND ends_at IS NOT NULL)",
            name=op.f("ck_staff_roles_delegation"),
        ),
        sa.CheckConstraint(
            "issuer IS NULL OR (given_by IS NULL AND delegated_from IS NULL)", name=op.f("ck_staff_roles_issuer")
        ),
        sa.CheckConstraint(
            "starts_at IS NULL OR ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_staff_roles_period")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_staff_roles_agency_id")),
        sa.ForeignKeyConstraint(
            ["delegated_from", "agency_id", "role"],
            ["staff_roles.id", "staff_roles.agency_id", "staff_roles.role"],
            name=op.f("fk_staff_roles_delegated_from_agency_id_role"),
        ),
        sa.ForeignKeyConstraint(["given_by"], ["staff.id"], name=op.f("fk_staff_roles_given_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_roles_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_roles")),
        sa.UniqueConstraint("id", "agency_id", "role", name=op.f("uq_staff_roles_id_agency_id_role")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_staff_roles_staff_id"), "staff_roles", ["staff_id"], unique=False)
    op.create_index(
        "uq_staff_roles_held",
        "staff_roles",
        ["staff_id", "agency_id", "role"],
        unique=True,
        postgresql_where=sa.text("ends_at IS NULL"),
        sqlite_where=sa.text("ends_at IS NULL"),
    )
    op.create_table(
        "step_figures",
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("slice_on", Day(), nullable=False),
        sa.Column("known", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("diagnosed", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("oriented", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("seated", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("attended", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("finished", Whole, server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_step_figures_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "slice_on", name=op.f("pk_step_figures")),
        sqlite_strict=True,
    )
    op.create_index("ix_step_figures_slice", "step_figures", ["slice_on"], unique=False)
    op.create_table(
        "subscriptions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope_id", Id(), nullable=True),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hides_cancelled", Flag(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.Column("rotated_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("last_client", sa.Text(), nullable=True),
        sa.CheckConstraint("(kind = 'network') = (scope_id IS NULL)", name=op.f("ck_subscriptions_scope")),
        sa.CheckConstraint(
            "(kind IN ('agency', 'room')) = (agency_id IS NOT NULL)", name=op.f("ck_subscriptions_agency")
        ),
        sa.CheckConstraint("detail IN ('busy', 'title', 'place')", name=op.f("ck_subscriptions_detail")),
        sa.CheckConstraint(
            "kind IN ('agency', 'room', 'workshop', 'facilitator', 'adviser', 'network')",
            name=op.f("ck_subscriptions_kind"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_subscriptions_agency_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_subscriptions_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_subscriptions_owner_id"), "subscriptions", ["owner_id"], unique=False)
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("rotated_at", Instant(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.Column("disabled_because", sa.Text(), nullable=True),
        sa.Column("heard_id", Whole, nullable=False),
        sa.Column("seen_id", Whole, nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_webhook_endpoints_agency_id")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_webhook_endpoints_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoints")),
        sqlite_strict=True,
    )
    op.create_table(
        "workshop_prerequisites",
        sa.Column("workshop_id", Id(), nullable=False),
        sa.Column("required_id", Id(), nullable=False),
        sa.CheckConstraint("workshop_id <> required_id", name=op.f("ck_workshop_prerequisites_other")),
        sa.ForeignKeyConstraint(["required_id"], ["workshops.id"], name=op.f("fk_workshop_prerequisites_required_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_workshop_prerequisites_workshop_id")),
        sa.PrimaryKeyConstraint("workshop_id", "required_id", name=op.f("pk_workshop_prerequisites")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_workshop_prerequisites_required_id"), "workshop_prerequisites", ["required_id"], unique=False
    )
    op.create_table(
        "batch_lines",
        sa.Column("batch_id", Id(), nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("fields", Json(), nullable=False),
        sa.Column("kept", Json(), nullable=False),
        sa.CheckConstraint("outcome IN ('waiting', 'done', 'same', 'refused')", name=op.f("ck_batch_lines_outcome")),
        sa.CheckConstraint("number > 0", name=op.f("ck_batch_lines_number")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_lines_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_batch_lines")),
        sa.UniqueConstraint("batch_id", "subject_id", name=op.f("uq_batch_lines_batch_id_subject_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "closures",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("room_id", Id(), nullable=True),
        sa.Column("first_on", Day(), nullable=False),
        sa.Column("last_on", Day(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_closures_days")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_closures_agency_id")),
        sa.ForeignKeyConstraint(
            ["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"], name=op.f("fk_closures_room_id_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
        sqlite_strict=True,
    )
    op.create_index("ix_closures_agency_last", "closures", ["agency_id", "last_on"], unique=False)
    op.create_table(
        "contingents",
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("seats", Whole, nullable=False),
        sa.Column("unused", Whole, nullable=False),
        sa.Column("until_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.CheckConstraint("released_at IS NULL OR unused = 0", name=op.f("ck_contingents_released")),
        sa.CheckConstraint("seats > 0 AND unused >= 0 AND unused <= seats", name=op.f("ck_contingents_seats")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_contingents_agency_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_contingents_session_id")),
        sa.PrimaryKeyConstraint("session_id", "agency_id", name=op.f("pk_contingents")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_contingents_until",
        "contingents",
        ["until_at"],
        unique=False,
        postgresql_where=sa.text("released_at IS NULL"),
        sqlite_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "diagnoses",
        sa.Column("id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("questionnaire_id", Id(), nullable=False),
        sa.Column("answers", Json(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("answered_by", Id(), nullable=False),
        sa.CheckConstraint("length(CAST(answers AS text)) <= 4000", name=op.f("ck_diagnoses_answers")),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_diagnoses_answered_by")),
        sa.ForeignKeyConstraint(
            ["job_seeker_id", "agency_id"],
            ["job_seekers.id", "job_seekers.agency_id"],
            name=op.f("fk_diagnoses_job_seeker_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaires.id"], name=op.f("fk_diagnoses_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnoses")),
        sqlite_strict=True,
    )
    op.create_index("ix_diagnoses_agency", "diagnoses", ["agency_id", "answered_at"], unique=False)
    op.create_index("ix_diagnoses_person", "diagnoses", ["job_seeker_id", "answered_at"], unique=False)
    op.create_table(
        "disputes",
        sa.Column("id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("opened_by", Id(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", Id(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_disputes_closed")),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_disputes_closed_by")),
        sa.ForeignKeyConstraint(["job_seeker_id"], ["job_seekers.id"], name=op.f("fk_disputes_job_seeker_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["staff.id"], name=op.f("fk_disputes_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_disputes_running",
        "disputes",
        ["job_seeker_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "erasure_requests",
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.CheckConstraint(
            "because IN ('asked', 'mistake', 'expired', 'restored')", name=op.f("ck_erasure_requests_because")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_erasure_requests_asked_by")),
        sa.ForeignKeyConstraint(["job_seeker_id"], ["job_seekers.id"], name=op.f("fk_erasure_requests_job_seeker_id")),
        sa.PrimaryKeyConstraint("job_seeker_id", name=op.f("pk_erasure_requests")),
        sqlite_strict=True,
    )
    op.create_table(
        "exports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("session_id", Id(), nullable=True),
        sa.Column("first_on", Day(), nullable=True),
        sa.Column("last_on", Day(), nullable=True),
        sa.Column("led_by", Id(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("meetings_done", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("meetings_total", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("rows_done", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("size", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("tries", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(session_id IS NULL AND format <> 'zip') = (first_on IS NOT NULL)", name=op.f("ck_exports_first_on")
        ),
        sa.CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name=op.f("ck_exports_lease")),
        sa.CheckConstraint("(state IN ('done', 'failed')) = (settled_at IS NOT NULL)", name=op.f("ck_exports_settled")),
        sa.CheckConstraint(
            "format <> 'zip' OR (agency_id IS NULL AND session_id IS NULL)", name=op.f("ck_exports_whole")
        ),
        sa.CheckConstraint("format IN ('csv', 'xlsx', 'zip')", name=op.f("ck_exports_format")),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_exports_state")),
        sa.CheckConstraint("(first_on IS NULL) = (last_on IS NULL)", name=op.f("ck_exports_last_on")),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_exports_lease_until")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_exports_expires")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_exports_days")),
        sa.CheckConstraint("session_id IS NULL OR agency_id IS NOT NULL", name=op.f("ck_exports_agency")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_exports_agency_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_exports_asked_by")),
        sa.ForeignKeyConstraint(["led_by"], ["staff.id"], name=op.f("fk_exports_led_by")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_exports_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        sqlite_strict=True,
    )
    op.create_index("ix_exports_asked_by", "exports", ["asked_by", "created_at"], unique=False)
    op.create_index(op.f("ix_exports_expires_at"), "exports", ["expires_at"], unique=False)
    op.create_index(
        "ix_exports_to_make",
        "exports",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "external_calendars",
        sa.Column("id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("holder_id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=True),
        sa.Column("room_id", Id(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("etag", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_modified", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.Column("covers_until", Instant(), nullable=True),
        sa.Column("read", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("problems", Json(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("failures", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_external_calendars_lease")),
        sa.CheckConstraint("(room_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_external_calendars_one_holder")),
        sa.CheckConstraint("holder_id = coalesce(room_id, staff_id)", name=op.f("ck_external_calendars_holder")),
        sa.CheckConstraint("url IS NOT NULL OR next_at IS NULL", name=op.f("ck_external_calendars_upload")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_external_calendars_agency_id")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_external_calendars_created_by")),
        sa.ForeignKeyConstraint(
            ["room_id", "agency_id"],
            ["rooms.id", "rooms.agency_id"],
            name=op.f("fk_external_calendars_room_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_external_calendars_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_calendars")),
        sqlite_strict=True,
    )
    op.create_index("ix_external_calendars_holder", "external_calendars", ["holder_id"], unique=False)
    op.create_index(
        "ix_external_calendars_next",
        "external_calendars",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
        sqlite_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "feed_scopes",
        sa.Column("scope_id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["feed_entries.meeting_id"], name=op.f("fk_feed_scopes_meeting_id")),
        sa.PrimaryKeyConstraint("scope_id", "meeting_id", name=op.f("pk_feed_scopes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_scopes_meeting_id"), "feed_scopes", ["meeting_id"], unique=False)
    op.create_table(
        "import_rows",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("line", Whole, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("remarks", Json(), nullable=False),
        sa.Column("cells", Json(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('new', 'changed', 'unchanged', 'set_aside', 'refused', 'left_out')",
            name=op.f("ck_import_rows_outcome"),
        ),
        sa.CheckConstraint("line > 0", name=op.f("ck_import_rows_line")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id")),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_import_rows")),
        sqlite_strict=True,
    )
    op.create_table(
        "issued_sign_ins",
        sa.Column("sign_in_id", Id(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_ins.id"], name=op.f("fk_issued_sign_ins_sign_in_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sign_in_id", name=op.f("pk_issued_sign_ins")),
        sqlite_strict=True,
    )
    op.create_index("ix_issued_sign_ins_subject", "issued_sign_ins", ["issuer", "subject"], unique=False)
    op.create_table(
        "job_seeker_words",
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_seeker_id", "agency_id"],
            ["job_seekers.id", "job_seekers.agency_id"],
            name=op.f("fk_job_seeker_words_job_seeker_id_agency_id"),
        ),
        sa.PrimaryKeyConstraint("job_seeker_id", "word", name=op.f("pk_job_seeker_words")),
        sqlite_strict=True,
    )
    op.create_index("ix_job_seeker_words_agency_word", "job_seeker_words", ["agency_id", "word"], unique=False)
    op.create_index("ix_job_seeker_words_word", "job_seeker_words", ["word"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("position", Whole, nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("room_id", Id(), nullable=True),
        sa.Column("facilitator_id", Id(), nullable=True),
        sa.Column("assistant_ids", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sequence", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meetings_times")),
        sa.ForeignKeyConstraint(["facilitator_id"], ["staff.id"], name=op.f("fk_meetings_facilitator_id")),
        sa.ForeignKeyConstraint(
            ["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"], name=op.f("fk_meetings_room_id_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "agency_id"],
            ["sessions.id", "sessions.agency_id"],
            name=op.f("fk_meetings_session_id_agency_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("id", "session_id", name=op.f("uq_meetings_id_session_id")),
        sa.UniqueConstraint("id", "starts_at", "ends_at", name=op.f("uq_meetings_id_starts_at_ends_at")),
        sa.UniqueConstraint("session_id", "position", name=op.f("uq_meetings_session_id_position")),
        sqlite_strict=True,
    )
    op.create_index("ix_meetings_agency_starts", "meetings", ["agency_id", "starts_at"], unique=False)
    op.create_index("ix_meetings_facilitator_starts", "meetings", ["facilitator_id", "starts_at"], unique=False)
    op.create_table(
        "outages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("room_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("workstations", Whole, nullable=False),
        sa.Column("first_on", Day(), nullable=False),
        sa.Column("last_on", Day(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_outages_days")),
        sa.CheckConstraint("workstations > 0", name=op.f("ck_outages_workstations")),
        sa.ForeignKeyConstraint(
            ["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"], name=op.f("fk_outages_room_id_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
        sqlite_strict=True,
    )
    op.create_index("ix_outages_agency_last", "outages", ["agency_id", "last_on"], unique=False)
    op.create_table(
        "recent_people",
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["job_seeker_id"], ["job_seekers.id"], name=op.f("fk_recent_people_job_seeker_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recent_people_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "job_seeker_id", name=op.f("pk_recent_people")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_recent_people_job_seeker_id"), "recent_people", ["job_seeker_id"], unique=False)
    op.create_index(op.f("ix_recent_people_opened_at"), "recent_people", ["opened_at"], unique=False)
    op.create_table(
        "skips",
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("waiter_id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["job_seeker_id"], ["job_seekers.id"], name=op.f("fk_skips_job_seeker_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_skips_session_id")),
        sa.PrimaryKeyConstraint("session_id", "waiter_id", "reason", name=op.f("pk_skips")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_skips_job_seeker_id"), "skips", ["job_seeker_id"], unique=False)
    op.create_table(
        "subscription_secrets",
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("subscription_id", Id(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_subscription_secrets_subscription_id")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_subscription_secrets")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_subscription_secrets_good",
        "subscription_secrets",
        ["subscription_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "told_apart",
        sa.Column("one_id", Id(), nullable=False),
        sa.Column("other_id", Id(), nullable=False),
        sa.Column("said_by", Id(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_told_apart_in_order")),
        sa.ForeignKeyConstraint(["one_id"], ["job_seekers.id"], name=op.f("fk_told_apart_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["job_seekers.id"], name=op.f("fk_told_apart_other_id")),
        sa.ForeignKeyConstraint(["said_by"], ["staff.id"], name=op.f("fk_told_apart_said_by")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_told_apart")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_told_apart_other_id"), "told_apart", ["other_id"], unique=False)
    op.create_table(
        "waits",
        sa.Column("id", Id(), nullable=False),
        sa.Column("workshop_id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("priority_because", sa.Text(), nullable=True),
        sa.Column("waiting_since", Instant(), nullable=False),
        sa.Column("offers", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("overridden_because", sa.Text(), nullable=True),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name=op.f("ck_waits_ended")),
        sa.CheckConstraint("state IN ('waiting', 'served', 'left')", name=op.f("ck_waits_state")),
        sa.CheckConstraint("priority = 0 OR priority_because IS NOT NULL", name=op.f("ck_waits_priority")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_waits_created_by")),
        sa.ForeignKeyConstraint(
            ["job_seeker_id", "agency_id"],
            ["job_seekers.id", "job_seekers.agency_id"],
            name=op.f("fk_waits_job_seeker_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_waits_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waits")),
        sqlite_strict=True,
    )
    op.create_index("ix_waits_job_seeker", "waits", ["job_seeker_id"], unique=False)
    op.create_index(
        "uq_waits_waiting",
        "waits",
        ["workshop_id", "job_seeker_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", Id(), nullable=False),
        sa.Column("endpoint_id", Id(), nullable=False),
        sa.Column("audit_id", Whole, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("status", Whole, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'sending', 'delivered', 'dead')", name=op.f("ck_webhook_deliveries_state")
        ),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_webhook_deliveries_lease")),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoints.id"], name=op.f("fk_webhook_deliveries_endpoint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint("endpoint_id", "audit_id", name=op.f("uq_webhook_deliveries_endpoint_id_audit_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_webhook_deliveries_due",
        "webhook_deliveries",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
        sqlite_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "ix_webhook_deliveries_endpoint", "webhook_deliveries", ["endpoint_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_webhook_deliveries_leased",
        "webhook_deliveries",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("state = 'sending'"),
        sqlite_where=sa.text("state = 'sending'"),
    )
    op.create_table(
        "bookings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("priority", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("priority_because", sa.Text(), nullable=True),
        sa.Column("deadline_at", Instant(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("link_version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("overridden_because", sa.Text(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("wishes_other_at", Instant(), nullable=True),
        sa.Column("wait_id", Id(), nullable=True),
        sa.Column("only_meeting_id", Id(), nullable=True),
        sa.Column("makes_up_id", Id(), nullable=True),
        sa.Column("missed_meeting_id", Id(), nullable=True),
        sa.Column("booked_by", Id(), nullable=False),
        sa.Column("waiting_since", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("is_from_contingent", Flag(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("(state = 'cancelled') = (cancelled_by IS NOT NULL)", name=op.f("ck_bookings_ended")),
        sa.CheckConstraint(
            "(state IN ('held', 'offered')) = (deadline_at IS NOT NULL)", name=op.f("ck_bookings_deadline")
        ),
        sa.CheckConstraint("cancelled_by IN ('person', 'adviser', 'service')", name=op.f("ck_bookings_cancelled_by")),
        sa.CheckConstraint(
            "cancelled_reason IN ('ill', 'job', 'training', 'family', 'transport', 'other')",
            name=op.f("ck_bookings_cancelled_reason"),
        ),
        sa.CheckConstraint("cancelled_reason IS NULL OR state = 'cancelled'", name=op.f("ck_bookings_reason")),
        sa.CheckConstraint("state <> 'waitlisted' OR waiting_since IS NOT NULL", name=op.f("ck_bookings_waiting")),
        sa.CheckConstraint(
            "state IN ('held', 'booked', 'waitlisted', 'offered', 'cancelled')", name=op.f("ck_bookings_state")
        ),
        sa.CheckConstraint("(makes_up_id IS NULL) = (missed_meeting_id IS NULL)", name=op.f("ck_bookings_missed")),
        sa.CheckConstraint("(makes_up_id IS NULL) = (only_meeting_id IS NULL)", name=op.f("ck_bookings_makes_up")),
        sa.CheckConstraint("priority = 0 OR priority_because IS NOT NULL", name=op.f("ck_bookings_priority")),
        sa.ForeignKeyConstraint(["booked_by"], ["staff.id"], name=op.f("fk_bookings_booked_by")),
        sa.ForeignKeyConstraint(
            ["job_seeker_id", "agency_id"],
            ["job_seekers.id", "job_seekers.agency_id"],
            name=op.f("fk_bookings_job_seeker_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(["makes_up_id"], ["bookings.id"], name=op.f("fk_bookings_makes_up_id")),
        sa.ForeignKeyConstraint(
            ["only_meeting_id", "session_id"],
            ["meetings.id", "meetings.session_id"],
            name=op.f("fk_bookings_only_meeting_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_bookings_session_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["waits.id"], name=op.f("fk_bookings_wait_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("id", "job_seeker_id", name=op.f("uq_bookings_id_job_seeker_id")),
        sa.UniqueConstraint("id", "session_id", name=op.f("uq_bookings_id_session_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_bookings_booked_by", "bookings", ["booked_by", "created_at"], unique=False)
    op.create_index(
        "ix_bookings_cancelled",
        "bookings",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("state = 'cancelled'"),
        sqlite_where=sa.text("state = 'cancelled'"),
    )
    op.create_index("ix_bookings_code", "bookings", ["code"], unique=False)
    op.create_index(
        "ix_bookings_deadline",
        "bookings",
        ["deadline_at"],
        unique=False,
        postgresql_where=sa.text("deadline_at IS NOT NULL"),
        sqlite_where=sa.text("deadline_at IS NOT NULL"),
    )
    op.create_index("ix_bookings_job_seeker", "bookings", ["job_seeker_id"], unique=False)
    op.create_index(
        "ix_bookings_makes_up",
        "bookings",
        ["makes_up_id"],
        unique=False,
        postgresql_where=sa.text("makes_up_id IS NOT NULL"),
        sqlite_where=sa.text("makes_up_id IS NOT NULL"),
    )
    op.create_index(
        "ix_bookings_waitlist",
        "bookings",
        ["session_id", "priority", "waiting_since", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waitlisted'"),
        sqlite_where=sa.text("state = 'waitlisted'"),
    )
    op.create_index(
        "ix_bookings_wishing",
        "bookings",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("wishes_other_at IS NOT NULL"),
        sqlite_where=sa.text("wishes_other_at IS NOT NULL"),
    )
    op.create_index(
        "uq_bookings_active",
        "bookings",
        ["session_id", "job_seeker_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
        sqlite_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "export_pieces",
        sa.Column("export_id", Id(), nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_export_pieces_number")),
        sa.ForeignKeyConstraint(["export_id"], ["exports.id"], name=op.f("fk_export_pieces_export_id")),
        sa.PrimaryKeyConstraint("export_id", "number", name=op.f("pk_export_pieces")),
        sqlite_strict=True,
    )
    op.create_table(
        "external_times",
        sa.Column("calendar_id", Id(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_external_times_times")),
        sa.ForeignKeyConstraint(["calendar_id"], ["external_calendars.id"], name=op.f("fk_external_times_calendar_id")),
        sa.PrimaryKeyConstraint("calendar_id", "starts_at", "ends_at", name=op.f("pk_external_times")),
        sqlite_strict=True,
    )
    op.create_table(
        "referrals",
        sa.Column("id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("partner_id", Id(), nullable=False),
        sa.Column("diagnosis_id", Id(), nullable=True),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("aids", sa.Text(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("met_on", Day(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("news_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("overdue_at", Instant(), nullable=True),
        sa.Column("reminders", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("version", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_referrals_ended")),
        sa.CheckConstraint(
            "(state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)", name=op.f("ck_referrals_closed")
        ),
        sa.CheckConstraint(
            "(state IN ('sent', 'met')) = (due_at IS NOT NULL OR overdue_at IS NOT NULL)",
            name=op.f("ck_referrals_waited_for"),
        ),
        sa.CheckConstraint(
            "outcome IN ('equipped', 'tariff', 'trained', 'helped', 'not_come', 'not_reachable', 'not_eligible', 'refused_by_person', 'refused_by_partner', 'other')",
            name=op.f("ck_referrals_outcome"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'sent', 'met', 'closed', 'cancelled')", name=op.f("ck_referrals_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'sent', 'met') OR agreed_at IS NOT NULL", name=op.f("ck_referrals_agreed")
        ),
        sa.CheckConstraint("state NOT IN ('sent', 'met') OR sent_at IS NOT NULL", name=op.f("ck_referrals_sent")),
        sa.CheckConstraint("way IN ('mail', 'paper')", name=op.f("ck_referrals_way")),
        sa.CheckConstraint("(sent_at IS NULL) = (way IS NULL)", name=op.f("ck_referrals_told")),
        sa.CheckConstraint("due_at IS NULL OR overdue_at IS NULL", name=op.f("ck_referrals_due")),
        sa.CheckConstraint("sent_at IS NULL OR agreed_at IS NOT NULL", name=op.f("ck_referrals_sent_agreed")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_referrals_created_by")),
        sa.ForeignKeyConstraint(["diagnosis_id"], ["diagnoses.id"], name=op.f("fk_referrals_diagnosis_id")),
        sa.ForeignKeyConstraint(
            ["job_seeker_id", "agency_id"],
            ["job_seekers.id", "job_seekers.agency_id"],
            name=op.f("fk_referrals_job_seeker_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_referrals_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sqlite_strict=True,
    )
    op.create_index("ix_referrals_agency", "referrals", ["agency_id", "state", "created_at"], unique=False)
    op.create_index(
        "ix_referrals_due",
        "referrals",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_referrals_for_us",
        "referrals",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("overdue_at IS NOT NULL OR news_at IS NOT NULL"),
        sqlite_where=sa.text("overdue_at IS NOT NULL OR news_at IS NOT NULL"),
    )
    op.create_index("ix_referrals_job_seeker", "referrals", ["job_seeker_id", "agency_id"], unique=False)
    op.create_index("ix_referrals_partner", "referrals", ["partner_id"], unique=False)
    op.create_index(
        "uq_referrals_running",
        "referrals",
        ["job_seeker_id", "partner_id", "service"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'accepted', 'sent', 'met')"),
        sqlite_where=sa.text("state IN ('proposed', 'accepted', 'sent', 'met')"),
    )
    op.create_table(
        "roll_closings",
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("closed_by", Id(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_roll_closings_closed_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "session_id"],
            ["meetings.id", "meetings.session_id"],
            name=op.f("fk_roll_closings_meeting_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_roll_closings")),
        sqlite_strict=True,
    )
    op.create_table(
        "wait_agencies",
        sa.Column("wait_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_wait_agencies_agency_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["waits.id"], name=op.f("fk_wait_agencies_wait_id")),
        sa.PrimaryKeyConstraint("wait_id", "agency_id", name=op.f("pk_wait_agencies")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_wait_agencies_agency_id"), "wait_agencies", ["agency_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("booking_id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("marked_by", Id(), nullable=False),
        sa.Column("marked_at", Instant(), nullable=False),
        sa.Column("is_walk_in", Flag(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "mark IN ('attended', 'late', 'left_early', 'excused', 'absent')", name=op.f("ck_attendance_mark")
        ),
        sa.CheckConstraint(
            "reason IN ('ill', 'job', 'training', 'family', 'transport', 'other')", name=op.f("ck_attendance_reason")
        ),
        sa.CheckConstraint("reason IS NULL OR mark = 'excused'", name=op.f("ck_attendance_reason_excused")),
        sa.ForeignKeyConstraint(
            ["booking_id", "session_id"],
            ["bookings.id", "bookings.session_id"],
            name=op.f("fk_attendance_booking_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["staff.id"], name=op.f("fk_attendance_marked_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "session_id"],
            ["meetings.id", "meetings.session_id"],
            name=op.f("fk_attendance_meeting_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("booking_id", "meeting_id", name=op.f("pk_attendance")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_attendance_absent",
        "attendance",
        ["marked_at"],
        unique=False,
        postgresql_where=sa.text("mark = 'absent'"),
        sqlite_where=sa.text("mark = 'absent'"),
    )
    op.create_index("ix_attendance_meeting", "attendance", ["meeting_id"], unique=False)
    op.create_table(
        "calendar_replies",
        sa.Column("booking_id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("sequence", Whole, nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("partstat", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", Id(), nullable=True),
        sa.CheckConstraint(
            "partstat IN ('accepted', 'tentative', 'declined')", name=op.f("ck_calendar_replies_partstat")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_calendar_replies_agency_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_calendar_replies_booking_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_calendar_replies_settled_by")),
        sa.PrimaryKeyConstraint("booking_id", "meeting_id", name=op.f("pk_calendar_replies")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_calendar_replies_declined",
        "calendar_replies",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("partstat = 'declined' AND settled_at IS NULL"),
        sqlite_where=sa.text("partstat = 'declined' AND settled_at IS NULL"),
    )
    op.create_table(
        "diagnosis_choices",
        sa.Column("id", Id(), nullable=False),
        sa.Column("diagnosis_id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("decided_by", Id(), nullable=False),
        sa.Column("booking_id", Id(), nullable=True),
        sa.CheckConstraint("(verdict = 'set_aside') = (reason IS NOT NULL)", name=op.f("ck_diagnosis_choices_because")),
        sa.CheckConstraint(
            "booking_id IS NULL OR (kind = 'workshop' AND verdict = 'followed')",
            name=op.f("ck_diagnosis_choices_booking"),
        ),
        sa.CheckConstraint(
            "kind IN ('offer', 'workshop', 'partner', 'channel')", name=op.f("ck_diagnosis_choices_kind")
        ),
        sa.CheckConstraint(
            "reason IN ('declined', 'already', 'not_now', 'too_far', 'unfitting', 'other')",
            name=op.f("ck_diagnosis_choices_reason"),
        ),
        sa.CheckConstraint("verdict IN ('followed', 'set_aside')", name=op.f("ck_diagnosis_choices_verdict")),
        sa.CheckConstraint(
            "length(words) <= 120 AND length(suggestion) <= 200", name=op.f("ck_diagnosis_choices_lengths")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_diagnosis_choices_booking_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_diagnosis_choices_decided_by")),
        sa.ForeignKeyConstraint(["diagnosis_id"], ["diagnoses.id"], name=op.f("fk_diagnosis_choices_diagnosis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_choices")),
        sa.UniqueConstraint("diagnosis_id", "suggestion", name=op.f("uq_diagnosis_choices_diagnosis_id_suggestion")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_diagnosis_choices_booking_id"), "diagnosis_choices", ["booking_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", Id(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("staff_id", Id(), nullable=False),
        sa.Column("booking_id", Id(), nullable=True),
        sa.Column("meeting_id", Id(), nullable=True),
        sa.Column("referral_id", Id(), nullable=True),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("document_hash", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("given_to", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("message_id", Id(), nullable=True),
        sa.Column("keep_until", Instant(), nullable=False),
        sa.CheckConstraint(
            "(deed IN ('undone', 'removed')) = (document_hash IS NULL)", name=op.f("ck_evidence_document")
        ),
        sa.CheckConstraint(
            "CASE WHEN referral_id IS NULL THEN (booking_id IS NULL) <> (meeting_id IS NULL) ELSE booking_id IS NULL AND meeting_id IS NULL AND deed = 'printed' END",
            name=op.f("ck_evidence_about_one"),
        ),
        sa.CheckConstraint("deed <> 'removed' OR because <> ''", name=op.f("ck_evidence_because")),
        sa.CheckConstraint(
            "deed IN ('printed', 'handed-over', 'undone', 'attached', 'removed')", name=op.f("ck_evidence_deed")
        ),
        sa.CheckConstraint("deed NOT IN ('undone', 'removed') OR about_id IS NOT NULL", name=op.f("ck_evidence_about")),
        sa.CheckConstraint(
            "kind IN ('confirmation', 'waitlisted', 'seat_given', 'reminder', 'session_moved', 'session_cancelled', 'session_cut_short', 'booking_moved', 'booking_cancelled', 'seat_offered', 'wait_ended', 'invitation', 'invitation_ended', 'next_meeting', 'absence_followup', 'no_noted')",
            name=op.f("ck_evidence_kind"),
        ),
        sa.CheckConstraint(
            "referral_id IS NOT NULL OR deed NOT IN ('printed', 'handed-over') OR (booking_id IS NOT NULL AND kind IS NOT NULL)",
            name=op.f("ck_evidence_letter"),
        ),
        sa.ForeignKeyConstraint(["about_id"], ["evidence.id"], name=op.f("fk_evidence_about_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_evidence_agency_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_evidence_booking_id")),
        sa.ForeignKeyConstraint(["document_hash"], ["documents.hash"], name=op.f("fk_evidence_document_hash")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_evidence_referral_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_evidence_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_strict=True,
    )
    op.create_index("ix_evidence_booking", "evidence", ["booking_id", "at"], unique=False)
    op.create_index("ix_evidence_document", "evidence", ["document_hash"], unique=False)
    op.create_index("ix_evidence_keep_until", "evidence", ["keep_until"], unique=False)
    op.create_index("ix_evidence_meeting", "evidence", ["meeting_id"], unique=False)
    op.create_index("ix_evidence_referral", "evidence", ["referral_id"], unique=False)
    op.create_index(
        "uq_evidence_ended",
        "evidence",
        ["about_id"],
        unique=True,
        postgresql_where=sa.text("deed IN ('undone', 'removed')"),
        sqlite_where=sa.text("deed IN ('undone', 'removed')"),
    )
    op.create_table(
        "incoming_texts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("number_hash", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("booking_id", Id(), nullable=True),
        sa.Column("agency_id", Id(), nullable=True),
        sa.Column("handled_at", Instant(), nullable=True),
        sa.Column("handled_by", Id(), nullable=True),
        sa.CheckConstraint("(state = 'handled') = (handled_at IS NOT NULL)", name=op.f("ck_incoming_texts_handled")),
        sa.CheckConstraint("meaning IN ('yes', 'no', 'stop', 'unclear')", name=op.f("ck_incoming_texts_meaning")),
        sa.CheckConstraint("state IN ('received', 'acting', 'task', 'handled')", name=op.f("ck_incoming_texts_state")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_incoming_texts_agency_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_incoming_texts_booking_id")),
        sa.ForeignKeyConstraint(["handled_by"], ["staff.id"], name=op.f("fk_incoming_texts_handled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_texts")),
        sa.UniqueConstraint("provider", "event", name=op.f("uq_incoming_texts_provider_event")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_incoming_texts_open",
        "incoming_texts",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state IN ('received', 'acting')"),
        sqlite_where=sa.text("state IN ('received', 'acting')"),
    )
    op.create_index(
        "ix_incoming_texts_task",
        "incoming_texts",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("state = 'task'"),
        sqlite_where=sa.text("state = 'task'"),
    )
    op.create_index(
        "ix_incoming_texts_words",
        "incoming_texts",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("number IS NOT NULL"),
        sqlite_where=sa.text("number IS NOT NULL"),
    )
    op.create_table(
        "job_seeker_times",
        sa.Column("booking_id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id", "job_seeker_id"],
            ["bookings.id", "bookings.job_seeker_id"],
            name=op.f("fk_job_seeker_times_booking_id_job_seeker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "starts_at", "ends_at"],
            ["meetings.id", "meetings.starts_at", "meetings.ends_at"],
            name=op.f("fk_job_seeker_times_meeting_id_starts_at_ends_at"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("booking_id", "meeting_id", name=op.f("pk_job_seeker_times")),
        sqlite_strict=True,
    )
    op.create_index("ix_job_seeker_times_meeting", "job_seeker_times", ["meeting_id"], unique=False)
    op.create_index("ix_job_seeker_times_person", "job_seeker_times", ["job_seeker_id", "starts_at"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("booking_id", Id(), nullable=False),
        sa.Column("booking_sequence", Whole, nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("session_sequence", Whole, nullable=False),
        sa.Column("job_seeker_id", Id(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("not_after", Instant(), nullable=False),
        sa.Column("priority", Whole, nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("attempts", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", Json(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", Id(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('claimed', 'sending')) = (lease_token IS NOT NULL)", name=op.f("ck_messages_lease")
        ),
        sa.CheckConstraint("channel IN ('email', 'sms', 'call', 'letter', 'hand')", name=op.f("ck_messages_channel")),
        sa.CheckConstraint(
            "kind IN ('confirmation', 'waitlisted', 'seat_given', 'reminder', 'session_moved', 'session_cancelled', 'session_cut_short', 'booking_moved', 'booking_cancelled', 'seat_offered', 'wait_ended', 'invitation', 'invitation_ended', 'next_meeting', 'absence_followup', 'no_noted')",
            name=op.f("ck_messages_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'claimed', 'sending', 'accepted', 'delivered', 'to_do', 'done', 'superseded', 'cancelled', 'expired', 'coalesced', 'suppressed', 'dead')",
            name=op.f("ck_messages_state"),
        ),
        sa.CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_messages_lease_until")),
        sa.CheckConstraint("priority BETWEEN 1 AND 9", name=op.f("ck_messages_priority")),
        sa.ForeignKeyConstraint(
            ["booking_id", "session_id"],
            ["bookings.id", "bookings.session_id"],
            name=op.f("fk_messages_booking_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_messages_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_messages_dedupe_key")),
        sqlite_strict=True,
    )
    op.create_index("ix_messages_booking", "messages", ["booking_id"], unique=False)
    op.create_index(
        "ix_messages_dead",
        "messages",
        ["agency_id"],
        unique=False,
        postgresql_where=sa.text("state = 'dead'"),
        sqlite_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_messages_due",
        "messages",
        ["priority", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
        sqlite_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "ix_messages_leased",
        "messages",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'sending')"),
        sqlite_where=sa.text("state IN ('claimed', 'sending')"),
    )
    op.create_index(
        "ix_messages_lost",
        "messages",
        ["agency_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("kind IN ('session_cancelled', 'session_cut_short')"),
        sqlite_where=sa.text("kind IN ('session_cancelled', 'session_cut_short')"),
    )
    op.create_index("ix_messages_session", "messages", ["session_id"], unique=False)
    op.create_index(
        "ix_messages_to_do",
        "messages",
        ["agency_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'to_do'"),
        sqlite_where=sa.text("state = 'to_do'"),
    )
    op.create_table(
        "partner_messages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("referral_id", Id(), nullable=False),
        sa.Column("agency_id", Id(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("not_after", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", Whole, server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", Id(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name=op.f("ck_partner_messages_lease")),
        sa.CheckConstraint("kind IN ('sent', 'reminder', 'cancelled')", name=op.f("ck_partner_messages_kind")),
        sa.CheckConstraint(
            "state IN ('planned', 'claimed', 'sending', 'accepted', 'delivered', 'to_do', 'done', 'superseded', 'cancelled', 'expired', 'coalesced', 'suppressed', 'dead')",
            name=op.f("ck_partner_messages_state"),
        ),
        sa.CheckConstraint(
            "(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_partner_messages_lease_until")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_partner_messages_agency_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_partner_messages_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_messages")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_partner_messages_dedupe_key")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_partner_messages_due",
        "partner_messages",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('planned', 'sending')"),
        sqlite_where=sa.text("state IN ('planned', 'sending')"),
    )
    op.create_index("ix_partner_messages_referral", "partner_messages", ["referral_id"], unique=False)
    op.create_table(
        "referral_links",
        sa.Column("id", Id(), nullable=False),
        sa.Column("referral_id", Id(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_referral_links_life")),
        sa.CheckConstraint("length(secret_hash) = 64", name=op.f("ck_referral_links_hash")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_referral_links_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_links")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_referral_links_secret_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_referral_links_referral_id"), "referral_links", ["referral_id"], unique=False)
    op.create_table(
        "referral_steps",
        sa.Column("id", Id(), nullable=False),
        sa.Column("referral_id", Id(), nullable=False),
        sa.Column("n", Whole, nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("staff_id", Id(), nullable=True),
        sa.Column("by_partner", Flag(), nullable=False),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("met_on", Day(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("about_id", Id(), nullable=True),
        sa.CheckConstraint("(deed = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_referral_steps_closed")),
        sa.CheckConstraint("(deed = 'undone') = (about_id IS NOT NULL)", name=op.f("ck_referral_steps_about")),
        sa.CheckConstraint(
            "deed IN ('proposed', 'accepted', 'sent', 'met', 'closed', 'cancelled', 'not-reached', 'remarked', 'reminded', 'overdue', 'seen', 'undone')",
            name=op.f("ck_referral_steps_deed"),
        ),
        sa.CheckConstraint(
            "outcome IN ('equipped', 'tariff', 'trained', 'helped', 'not_come', 'not_reachable', 'not_eligible', 'refused_by_person', 'refused_by_partner', 'other')",
            name=op.f("ck_referral_steps_outcome"),
        ),
        sa.CheckConstraint(
            "remark IN ('appointment', 'full', 'papers', 'interpreter', 'elsewhere', 'call_us')",
            name=op.f("ck_referral_steps_remark"),
        ),
        sa.CheckConstraint("way IN ('mail', 'paper')", name=op.f("ck_referral_steps_way")),
        sa.CheckConstraint("NOT by_partner OR staff_id IS NULL", name=op.f("ck_referral_steps_by_one")),
        sa.ForeignKeyConstraint(["about_id"], ["referral_steps.id"], name=op.f("fk_referral_steps_about_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_referral_steps_referral_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_referral_steps_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_steps")),
        sa.UniqueConstraint("referral_id", "n", name=op.f("uq_referral_steps_referral_id_n")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_referral_steps_undone",
        "referral_steps",
        ["about_id"],
        unique=True,
        postgresql_where=sa.text("deed = 'undone'"),
        sqlite_where=sa.text("deed = 'undone'"),
    )
    op.create_table(
        "message_attempts",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("n", Whole, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("provider_key", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("provider_reference", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_attempts_message_id")),
        sa.PrimaryKeyConstraint("message_id", "n", name=op.f("pk_message_attempts")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_message_attempts_reference",
        "message_attempts",
        ["provider_reference"],
        unique=False,
        postgresql_where=sa.text("channel = 'sms' AND provider_reference IS NOT NULL"),
        sqlite_where=sa.text("channel = 'sms' AND provider_reference IS NOT NULL"),
    )
    op.create_table(
        "occupancies",
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("holder_id", Id(), nullable=False),
        sa.Column("room_id", Id(), nullable=True),
        sa.Column("staff_id", Id(), nullable=True),
        sa.Column("is_assistant", Flag(), nullable=False),
        sa.Column("booking_id", Id(), nullable=True),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.CheckConstraint("(room_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_occupancies_one_holder")),
        sa.CheckConstraint(
            "booking_id IS NULL OR (staff_id IS NOT NULL AND NOT is_assistant)", name=op.f("ck_occupancies_attends")
        ),
        sa.CheckConstraint("holder_id = coalesce(room_id, staff_id)", name=op.f("ck_occupancies_holder")),
        sa.ForeignKeyConstraint(
            ["booking_id", "meeting_id"],
            ["job_seeker_times.booking_id", "job_seeker_times.meeting_id"],
            name=op.f("fk_occupancies_booking_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "starts_at", "ends_at"],
            ["meetings.id", "meetings.starts_at", "meetings.ends_at"],
            name=op.f("fk_occupancies_meeting_id_starts_at_ends_at"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_occupancies_room_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_occupancies_staff_id")),
        sa.PrimaryKeyConstraint("meeting_id", "holder_id", name=op.f("pk_occupancies")),
        sqlite_strict=True,
    )
    op.create_index("ix_occupancies_holder_starts", "occupancies", ["holder_id", "starts_at"], unique=False)
    op.create_table(
        "sent_texts",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("n", Whole, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_sent_texts_message_id")),
        sa.PrimaryKeyConstraint("message_id", "n", name=op.f("pk_sent_texts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sent_texts_kept_at"), "sent_texts", ["kept_at"], unique=False)
