"""The register of data: for every table whom it concerns, what it is for, and on which legal ground it is kept.

How long each column is kept stands with the column itself. The grounds are those of article 6 (1) of regulation
(EU) 2016/679.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Concerns(StrEnum):
    """Whose data."""

    JOB_SEEKERS = "job_seekers"
    STAFF = "staff"
    NOBODY = "nobody"


class Purpose(StrEnum):
    """What for."""

    ORGANISE = "organise"
    BOOK = "book"
    TELL = "tell"
    PROVE = "prove"
    SIGN_IN = "sign_in"
    SHARE = "share"
    FORGET = "forget"
    RUN = "run"


class Ground(StrEnum):
    """By which right."""

    PUBLIC_TASK = "public_task"
    LEGAL_DUTY = "legal_duty"
    NONE_NEEDED = "none_needed"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a table, and so of each of its columns."""

    concerns: Concerns
    purpose: Purpose
    ground: Ground


def _entries(concerns: Concerns, purpose: Purpose, ground: Ground, tables: str) -> Iterable[tuple[str, Entry]]:
    return ((table, Entry(concerns, purpose, ground)) for table in tables.split())


PEOPLE, STAFF, NOBODY = Concerns.JOB_SEEKERS, Concerns.STAFF, Concerns.NOBODY
TASK, DUTY, NONE = Ground.PUBLIC_TASK, Ground.LEGAL_DUTY, Ground.NONE_NEEDED
REGISTER: Mapping[str, Entry] = dict(
    [
        *_entries(
            NOBODY,
            Purpose.ORGANISE,
            NONE,
            "agencies rooms outages closures school_holidays workshops workshop_prerequisites contingents"
            " message_policies partners partner_agencies partner_words leaflets questionnaires",
        ),
        *_entries(
            STAFF,
            Purpose.ORGANISE,
            TASK,
            "staff staff_roles busy_times external_calendars external_times sessions meetings occupancies"
            " roll_closings message_wordings invitations import_columns staff_messages phase_changes opening_notes",
        ),
        *_entries(
            PEOPLE,
            Purpose.BOOK,
            TASK,
            "job_seekers job_seeker_words recent_people told_apart waits wait_agencies bookings skips job_seeker_times"
            " attendance exports export_pieces imports import_rows diagnoses diagnosis_choices",
        ),
        *_entries(
            PEOPLE,
            Purpose.TELL,
            TASK,
            "messages message_attempts sent_texts delivery_receipts contact_suppressions incoming_texts"
            " calendar_replies partner_messages",
        ),
        *_entries(PEOPLE, Purpose.ORGANISE, TASK, "batches batch_lines"),
        *_entries(PEOPLE, Purpose.BOOK, TASK, "referrals referral_steps referral_links"),
        *_entries(STAFF, Purpose.ORGANISE, TASK, "referral_delays"),
        *_entries(PEOPLE, Purpose.PROVE, TASK, "documents evidence"),
        *_entries(PEOPLE, Purpose.PROVE, DUTY, "audit"),
        *_entries(PEOPLE, Purpose.FORGET, DUTY, "erasure_requests erasures disputes"),
        *_entries(NOBODY, Purpose.FORGET, DUTY, "retention_runs"),
        *_entries(STAFF, Purpose.FORGET, DUTY, "retention_delays"),
        *_entries(
            STAFF,
            Purpose.SIGN_IN,
            TASK,
            "sign_ins tallies password_links second_factors recovery_codes api_tokens idempotency_keys"
            " identities departures issued_sign_ins logout_orders",
        ),
        *_entries(STAFF, Purpose.SHARE, TASK, "subscriptions subscription_secrets webhook_endpoints"),
        *_entries(PEOPLE, Purpose.SHARE, TASK, "webhook_deliveries"),
        *_entries(NOBODY, Purpose.SHARE, NONE, "feed_changes feed_entries feed_scopes feed_versions"),
        *_entries(NOBODY, Purpose.ORGANISE, NONE, "session_figures figures step_figures referral_figures figure_marks"),
        *_entries(PEOPLE, Purpose.ORGANISE, TASK, "person_steps"),
        *_entries(NOBODY, Purpose.RUN, NONE, "provider_gates job_ticks audit_seals audit_faults issuer_states"),
    ]
)
