"""Which rows of which table are about a person, and which of their columns hold what somebody said or wrote.

What is exported, what is erased and what is looked for afterwards all follow from these two lists.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, or_, select

from booking.storage import tables as t
from booking.storage.columns import Json

# What people wrote, and what identifies somebody or his telephone; everything else in these tables is ids, codes of
# ours, states and times. Of a table that is missing here the rows go altogether.
WORDS: Mapping[str, tuple[str, ...]] = {
    "bookings": ("priority_because", "overridden_because", "cancelled_because", "code"),
    "waits": ("priority_because", "overridden_because", "ended_because"),
    "messages": ("details", "reason"),
    "message_attempts": ("address_hash", "provider_reference", "error"),
    "incoming_texts": ("number_hash", "number", "body"),
    "contact_suppressions": ("lifted_because",),
    "diagnoses": ("answers",),
    "diagnosis_choices": ("words",),
    "audit": ("details",),
}
# Text of the program's own: names of rules and templates, keys made of ids, the stamps of calendars.
CODES: Mapping[str, tuple[str, ...]] = {
    "skips": ("reason",),
    "messages": ("rule", "dedupe_key"),
    "message_attempts": ("template", "provider_key", "outcome"),
    "delivery_receipts": ("provider",),
    "incoming_texts": ("provider", "event"),
    "calendar_replies": ("stamp",),
    "contact_suppressions": ("address_hash",),
    "diagnosis_choices": ("suggestion",),
    "referrals": ("service",),
    "partner_messages": ("dedupe_key", "reason"),
    "audit": ("action", "noun", "place", "sign_in"),
    # It stays as it is until its day, because it proves what was handed over.
    "evidence": ("template", "as_of", "given_to", "because", "document_hash"),
}
# What is deleted with the person, words and all.
GOES = (
    "job_seekers", "job_seeker_words", "recent_people", "told_apart", "disputes", "erasure_requests", "sent_texts",
    "referral_links",
)  # fmt: skip

# Whose rows name the person themselves.
NAMED = (
    t.job_seeker_words, t.disputes, t.erasure_requests, t.waits, t.bookings, t.skips, t.person_steps,
    t.job_seeker_times, t.diagnoses, t.referrals, t.recent_people,
)  # fmt: skip


def rows_of(people: Collection[UUID], hashes: Collection[str] = ()) -> dict[Table, ColumnElement[bool]]:
    """The condition for each table; ``people`` are one person under every identifier he has had.

    ``hashes`` are those of his addresses.
    """
    booked, waited, sent_away, asked = (_ids(x, people) for x in (t.bookings, t.waits, t.referrals, t.diagnoses))
    said = select(t.messages.c.id).where(t.messages.c.booking_id.in_(booked)).scalar_subquery()
    answered = or_(t.incoming_texts.c.booking_id.in_(booked), t.incoming_texts.c.number_hash.in_(hashes))
    told = select(t.incoming_texts.c.id).where(answered).scalar_subquery()
    closed = t.contact_suppressions.c.address_hash.in_(hashes)
    refused = select(t.contact_suppressions.c.id).where(closed).scalar_subquery()
    about, theirs = t.audit.c.noun_id, (booked, waited, said, told, asked, sent_away, refused)
    himself = {t.job_seekers: or_(t.job_seekers.c.id.in_(people), t.job_seekers.c.merged_into.in_(people))}
    return (
        himself
        | {table: table.c.job_seeker_id.in_(people) for table in NAMED}
        | {
            t.told_apart: or_(t.told_apart.c.one_id.in_(people), t.told_apart.c.other_id.in_(people)),
            t.wait_agencies: t.wait_agencies.c.wait_id.in_(waited),
            t.attendance: t.attendance.c.booking_id.in_(booked),
            t.messages: t.messages.c.booking_id.in_(booked),
            t.message_attempts: t.message_attempts.c.message_id.in_(said),
            t.sent_texts: t.sent_texts.c.message_id.in_(said),
            t.incoming_texts: answered,
            t.evidence_lines: or_(
                t.evidence_lines.c.booking_id.in_(booked), t.evidence_lines.c.referral_id.in_(sent_away)
            ),
            t.calendar_replies: t.calendar_replies.c.booking_id.in_(booked),
            t.diagnosis_choices: t.diagnosis_choices.c.diagnosis_id.in_(asked),
            t.referral_steps: t.referral_steps.c.referral_id.in_(sent_away),
            t.referral_links: t.referral_links.c.referral_id.in_(sent_away),
            t.partner_messages: t.partner_messages.c.referral_id.in_(sent_away),
            t.contact_suppressions: closed,
            t.audit: or_(about.in_(people), *(about.in_(those) for those in theirs)),
        }
    )


def _ids(table: Table, people: Collection[UUID]) -> Any:
    return select(table.c.id).where(table.c.job_seeker_id.in_(people)).scalar_subquery()


def nothing_in(table: Table, name: str) -> Any:
    """What stands in a column of words when nothing is said there: NULL where that may be, else an empty value."""
    column = table.c[name]
    if isinstance(column.type, Json):
        return {}
    return None if column.nullable else ""
