"""Every table, constraint and index; the constraints are the last line of every promise.

What SQLAlchemy cannot say here stands in the first migration: nobody and no room in two overlapping meetings
(exclusion constraints on PostgreSQL, triggers on SQLite), and fill factors.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from booking.domain.agencies import Phase, WaitlistPolicy
from booking.domain.api_tokens import Scope
from booking.domain.attendance import Mark, Reason
from booking.domain.batches import BatchState, LineOutcome
from booking.domain.batches import Deed as BatchDeed
from booking.domain.bookings import BookingState, Party
from booking.domain.diagnoses import Reason as ChoiceReason
from booking.domain.diagnoses import Verdict
from booking.domain.erasures import Cause
from booking.domain.evidence import Deed
from booking.domain.exports import ExportState, Format
from booking.domain.figures import MEASURES, REFERRED, STEPS
from booking.domain.gates import Trouble
from booking.domain.imports import ImportState, ListKind, RowOutcome
from booking.domain.invitations import InvitationState, Partstat
from booking.domain.job_seekers import Channel
from booking.domain.leaflets import LeafletKind
from booking.domain.messages import MessageKind, MessageState
from booking.domain.origins import Via
from booking.domain.partner_messages import PartnerMessageKind
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.password_links import LinkKind
from booking.domain.receipts import Applied, Fate
from booking.domain.referrals import Deed as ReferralDeed
from booking.domain.referrals import Outcome, ReferralState, Remark, Way
from booking.domain.retention import Rule
from booking.domain.seals import FaultKind
from booking.domain.sessions import SessionState
from booking.domain.staff import Role
from booking.domain.staff_messages import StaffMessageKind
from booking.domain.subscriptions import Detail, FeedKind
from booking.domain.suggestions import Kind
from booking.domain.suppressions import Because
from booking.domain.text_answers import Meaning, TextState
from booking.domain.waits import WaitState
from booking.domain.webhooks import DeliveryState
from booking.domain.wordings import WordingForm
from booking.domain.workshops import Audience, Colour, Level
from booking.storage.columns import (
    Choice,
    Day,
    Flag,
    Id,
    Ids,
    Instant,
    Json,
    Number,
    Packed,
    Sign,
    Spans,
    Whole,
    Words,
    evidence,
    lasting,
    moment,
    personal,
    trace,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _table(name: str, *parts: object) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in kind)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


agencies = _table(
    "agencies",
    lasting("id", Id, primary_key=True),
    lasting("slug", Text, unique=True),
    lasting("name", Text),
    lasting("code", Text, unique=True, null=True),
    lasting("reference", Text, unique=True, null=True),
    lasting("search", Text),
    lasting("address", Text),
    lasting("postcode", Text),
    lasting("commune", Text),
    lasting("insee", Text),
    lasting("department", Text),
    lasting("phone", Text),
    lasting("latitude", Number, null=True),
    lasting("longitude", Number, null=True),
    lasting("time_zone", Text),
    lasting("holiday_territory", Text),
    lasting("phase", Choice(Phase)),
    # Whether it has workshops of its own, or only sends people to others; since when both are as they are. No session
    # is planned where nobody may host one (``storage/hosting.py``).
    lasting("hosts", Flag, server_default=text("true")),
    lasting("phase_since", Instant, null=True),
    lasting("publishes", Flag),
    # How one gets there, in plain words; how long a seat is held; whether who waits is given a seat or asked first.
    lasting("directions", Text, server_default=text("''")),
    lasting("hold_minutes", Whole, server_default=text("10")),
    lasting("waitlist_policy", Choice(WaitlistPolicy), server_default=text("'give'")),
    lasting("feed_version", Whole, server_default=text("0")),
    lasting("feed_changed_at", Instant, null=True),
    # When somebody last printed a letter that goes to nobody, to see that it fits.
    lasting("letter_tried_at", Instant, null=True),
    lasting("created_at", Instant),
    _one_of("phase", Phase),
    _one_of("waitlist_policy", WaitlistPolicy),
    CheckConstraint("hold_minutes > 0", name="hold_minutes"),
)

rooms = _table(
    "rooms",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("name", Text),
    lasting("seats", Whole),
    lasting("workstations", Whole),
    lasting("has_step_free_access", Flag),
    lasting("has_hearing_loop", Flag),
    lasting("opening_hours", Spans, server_default=text("''")),
    lasting("archived_at", Instant, null=True),
    UniqueConstraint("agency_id", "name"),
    UniqueConstraint("id", "agency_id"),
    CheckConstraint("seats > 0 AND workstations > 0", name="size"),
)

# What an agency is to become, or became: a plan has a day, and waits for it; what was done has a moment, and says what
# was before. One plan waits at a time.
phase_changes = _table(
    "phase_changes",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), index=True),
    lasting("phase", Choice(Phase)),
    lasting("hosts", Flag),
    lasting("due_on", Day, null=True),
    lasting("because", Text),
    # An operator where nobody is named.
    lasting("planned_by", Id, ForeignKey("staff.id"), null=True),
    lasting("planned_at", Instant),
    lasting("done_at", Instant, null=True),
    lasting("phase_before", Choice(Phase), null=True),
    lasting("hosted_before", Flag, null=True),
    lasting("dropped_by", Id, ForeignKey("staff.id"), null=True),
    lasting("dropped_at", Instant, null=True),
    _one_of("phase", Phase),
    CheckConstraint("phase_before IN ('pilot', 'open', 'closed')", name="phase_before"),
    CheckConstraint("(done_at IS NULL) = (phase_before IS NULL)", name="before"),
    CheckConstraint("(done_at IS NULL) = (hosted_before IS NULL)", name="hosted"),
    CheckConstraint("done_at IS NULL OR dropped_at IS NULL", name="end"),
    CheckConstraint("due_on IS NOT NULL OR done_at IS NOT NULL", name="due"),
)
Index(
    "uq_phase_changes_planned",
    phase_changes.c.agency_id,
    unique=True,
    sqlite_where=text("done_at IS NULL AND dropped_at IS NULL"),
    postgresql_where=text("done_at IS NULL AND dropped_at IS NULL"),
)

# What an agency needs not for its opening, and why.
opening_notes = _table(
    "opening_notes",
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("item", Text),
    lasting("because", Text),
    lasting("noted_by", Id, ForeignKey("staff.id")),
    lasting("noted_at", Instant),
    PrimaryKeyConstraint("agency_id", "item"),
    CheckConstraint("because <> ''", name="because"),
)

# Places to which people are sent. What may be several is kept as the national schema writes it, or as words of ours;
# one key of one list is there once.
partners = _table(
    "partners",
    lasting("id", Id, primary_key=True),
    lasting("name", Text),
    lasting("kind", Choice(PartnerKind)),
    lasting("reference", Text, null=True),
    lasting("source", Text),
    lasting("pivot", Text),
    lasting("typology", Text),
    lasting("parent", Text),
    lasting("address", Text),
    lasting("address_extra", Text),
    lasting("postcode", Text),
    lasting("commune", Text),
    lasting("insee", Text),
    lasting("latitude", Number, null=True),
    lasting("longitude", Number, null=True),
    lasting("phone", Text),
    lasting("emails", Text),
    lasting("referral_email", Text),
    lasting("websites", Text),
    lasting("booking_url", Text),
    lasting("access_sheet", Text),
    lasting("hours", Text),
    lasting("directions", Text),
    lasting("summary", Text),
    lasting("detail", Text),
    lasting("services", Words),
    lasting("publics", Words),
    lasting("care", Words),
    lasting("fees", Words),
    lasting("access", Words),
    lasting("support", Words),
    lasting("roaming", Words),
    lasting("programmes", Text),
    lasting("labels", Text),
    lasting("other_labels", Text),
    lasting("updated_on", Day, null=True),
    lasting("search", Text),
    lasting("version", Whole, server_default=text("0")),
    lasting("created_at", Instant),
    lasting("archived_at", Instant, null=True),
    UniqueConstraint("source", "reference"),
    _one_of("kind", PartnerKind),
    CheckConstraint("name <> ''", name="name"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="place"),
)

# The agencies that may send people to a partner; one without any is open to all.
partner_agencies = _table(
    "partner_agencies",
    lasting("partner_id", Id, ForeignKey("partners.id"), primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), primary_key=True, index=True),
)

# What a partner is found by while somebody types: each word of its name and its place, sign by sign.
partner_words = _table(
    "partner_words",
    lasting("partner_id", Id, ForeignKey("partners.id")),
    lasting("word", Sign),
    lasting("search", Text),
    PrimaryKeyConstraint("partner_id", "word"),
)
Index("ix_partner_words_word", partner_words.c.word)

# What is handed out beside a partner or a service, with the bytes of its file.
leaflets = _table(
    "leaflets",
    lasting("id", Id, primary_key=True),
    lasting("title", Text),
    lasting("kind", Choice(LeafletKind)),
    lasting("language", Text),
    lasting("partner_id", Id, ForeignKey("partners.id"), null=True, index=True),
    lasting("service", Choice(Service), null=True),
    lasting("first_on", Day, null=True),
    lasting("last_on", Day, null=True),
    lasting("media_type", Text),
    lasting("size", Whole),
    lasting("hash", Text),
    lasting("packed", Packed),
    lasting("version", Whole, server_default=text("0")),
    lasting("created_at", Instant),
    _one_of("kind", LeafletKind),
    _one_of("service", Service),
    CheckConstraint("last_on >= first_on", name="days"),
    CheckConstraint("size BETWEEN 1 AND 10485760", name="size"),
    CheckConstraint("media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name="media_type"),
)

# Equipment out of order: so many workstations fewer, from one day to another, both included.
outages = _table(
    "outages",
    lasting("id", Id, primary_key=True),
    lasting("room_id", Id),
    lasting("agency_id", Id),
    lasting("workstations", Whole),
    lasting("first_on", Day),
    lasting("last_on", Day),
    lasting("because", Text),
    ForeignKeyConstraint(["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"]),
    CheckConstraint("workstations > 0", name="workstations"),
    CheckConstraint("last_on >= first_on", name="days"),
)
Index("ix_outages_agency_last", outages.c.agency_id, outages.c.last_on)

# Days on which an agency, or one room of it, is closed.
closures = _table(
    "closures",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("room_id", Id, null=True),
    lasting("first_on", Day),
    lasting("last_on", Day),
    lasting("because", Text),
    ForeignKeyConstraint(["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"]),
    CheckConstraint("last_on >= first_on", name="days"),
)
Index("ix_closures_agency_last", closures.c.agency_id, closures.c.last_on)

school_holidays = _table(
    "school_holidays",
    lasting("zone", Text),
    lasting("first_on", Day),
    lasting("last_on", Day),
    lasting("name", Text),
    PrimaryKeyConstraint("zone", "first_on"),
    CheckConstraint("last_on >= first_on", name="days"),
)

workshops = _table(
    "workshops",
    lasting("id", Id, primary_key=True),
    lasting("title", Text, unique=True),
    lasting("short_title", Text),
    lasting("search", Text),
    lasting("objectives", Text),
    lasting("level", Choice(Level)),
    lasting("audience", Choice(Audience)),
    lasting("theme", Text),
    lasting("theme_code", Text, server_default=text("''")),
    lasting("colour", Choice(Colour), server_default=text("'blue'")),
    lasting("skills", Words, server_default=text("''")),
    lasting("is_compulsory", Flag),
    lasting("usual_minutes", Whole),
    lasting("usual_capacity", Whole),
    lasting("minimum", Whole),
    lasting("to_bring", Text),
    # The terms of booking that a new session takes over, and whether two absences in a row end a place.
    lasting("window_days", Whole, null=True),
    lasting("cutoff_hours", Whole, server_default=text("0")),
    lasting("join_until", Whole, server_default=text("1")),
    lasting("frees_when_absent", Flag, server_default=text("false")),
    # A training of staff: the roles that must have done it, and after how many months it must be done again.
    lasting("required_for", Words, server_default=text("''")),
    lasting("validity_months", Whole, null=True),
    lasting("version", Whole, server_default=text("0")),
    lasting("created_at", Instant),
    lasting("archived_at", Instant, null=True),
    CheckConstraint("validity_months > 0", name="validity_months"),
    CheckConstraint("audience = 'staff' OR (required_for = '' AND validity_months IS NULL)", name="required_of_staff"),
    CheckConstraint("window_days > 0", name="window_days"),
    CheckConstraint("cutoff_hours >= 0 AND join_until > 0", name="terms"),
    _one_of("level", Level),
    _one_of("audience", Audience),
    _one_of("colour", Colour),
)

# What one must have done before.
workshop_prerequisites = _table(
    "workshop_prerequisites",
    lasting("workshop_id", Id, ForeignKey("workshops.id")),
    lasting("required_id", Id, ForeignKey("workshops.id"), index=True),
    PrimaryKeyConstraint("workshop_id", "required_id"),
    CheckConstraint("workshop_id <> required_id", name="other"),
)

staff = _table(
    "staff",
    lasting("id", Id, primary_key=True),
    lasting("name", Text),
    lasting("sign_in_name", Text, unique=True),
    lasting("password_hash", Text),
    # Hours of the week in which somebody can be planned; none means always. A volunteer's service has a last day.
    lasting("availability", Spans, server_default=text("''")),
    lasting("ends_on", Day, null=True),
    # Where the sessions that somebody leads are sent, if he wants them in his own calendar.
    lasting("email", Text, null=True),
    lasting("takes_invitations", Flag, server_default=text("false")),
    # Which mails to staff somebody does not want.
    lasting("unwanted_mails", Words, server_default=text("''")),
    # Whether single keys act on pages.
    lasting("has_shortcuts", Flag, server_default=text("true")),
    # When somebody put the card of his first visits away.
    lasting("first_steps_away_at", Instant, null=True),
    lasting("created_at", Instant),
    lasting("disabled_at", Instant, null=True),
    CheckConstraint("email IS NOT NULL OR NOT takes_invitations", name="takes_invitations"),
)

busy_times = _table(
    "busy_times",
    trace("id", Id, primary_key=True),
    trace("staff_id", Id, ForeignKey("staff.id")),
    trace("starts_at", Instant),
    trace("ends_at", Instant),
    trace("because", Text),
    CheckConstraint("ends_at > starts_at", name="times"),
)
Index("ix_busy_times_staff_starts", busy_times.c.staff_id, busy_times.c.starts_at)

# Calendars elsewhere that say when somebody or a room is busy; an address can be a secret. One without is an upload.
external_calendars = _table(
    "external_calendars",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("holder_id", Id),
    lasting("staff_id", Id, ForeignKey("staff.id"), null=True),
    lasting("room_id", Id, null=True),
    lasting("name", Text),
    lasting("url", Text, null=True),
    lasting("created_by", Id, ForeignKey("staff.id")),
    lasting("created_at", Instant),
    moment("etag", Text, server_default=text("''")),
    moment("last_modified", Text, server_default=text("''")),
    # The last good copy: when it was made, up to when it reaches, what was understood of it.
    trace("fetched_at", Instant, null=True),
    trace("covers_until", Instant, null=True),
    trace("read", Whole, server_default=text("0")),
    trace("problems", Json),
    trace("tried_at", Instant, null=True),
    trace("failures", Whole, server_default=text("0")),
    trace("error", Text, null=True),
    moment("next_at", Instant, null=True),
    moment("lease_token", Id, null=True),
    moment("lease_until", Instant, null=True),
    ForeignKeyConstraint(["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"]),
    CheckConstraint("(room_id IS NULL) <> (staff_id IS NULL)", name="one_holder"),
    CheckConstraint("holder_id = coalesce(room_id, staff_id)", name="holder"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease"),
    CheckConstraint("url IS NOT NULL OR next_at IS NULL", name="upload"),
)
Index("ix_external_calendars_holder", external_calendars.c.holder_id)
_TO_REFRESH = text("next_at IS NOT NULL")
Index(
    "ix_external_calendars_next",
    external_calendars.c.next_at,
    postgresql_where=_TO_REFRESH,
    sqlite_where=_TO_REFRESH,
)

external_times = _table(
    "external_times",
    trace("calendar_id", Id, ForeignKey("external_calendars.id")),
    trace("starts_at", Instant),
    trace("ends_at", Instant),
    trace("uid", Text),
    PrimaryKeyConstraint("calendar_id", "starts_at", "ends_at"),
    CheckConstraint("ends_at > starts_at", name="times"),
)

staff_roles = _table(
    "staff_roles",
    lasting("id", Id, primary_key=True),
    lasting("staff_id", Id, ForeignKey("staff.id"), index=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), null=True),
    lasting("role", Choice(Role)),
    # Without a first moment it was always held, without a last one it is held until somebody ends it.
    lasting("starts_at", Instant, null=True),
    lasting("ends_at", Instant, null=True),
    # Who gave it; an operator where nobody is named. One that was entrusted names the role that it comes from, which
    # is the same role in the same agency: nobody can entrust more than he holds.
    lasting("given_by", Id, ForeignKey("staff.id"), null=True),
    lasting("delegated_from", Id, null=True),
    # The provider of identities whose claim gives it, and takes it at the next sign-in that does not say so any more.
    lasting("issuer", Text, null=True),
    UniqueConstraint("id", "agency_id", "role"),
    ForeignKeyConstraint(
        ["delegated_from", "agency_id", "role"], ["staff_roles.id", "staff_roles.agency_id", "staff_roles.role"]
    ),
    _one_of("role", Role),
    CheckConstraint("starts_at IS NULL OR ends_at IS NULL OR ends_at >= starts_at", name="period"),
    CheckConstraint("role <> 'assistant' OR ends_at IS NOT NULL", name="assistant_ends"),
    CheckConstraint(
        "delegated_from IS NULL OR (agency_id IS NOT NULL AND given_by IS NOT NULL"
        " AND given_by <> staff_id AND starts_at IS NOT NULL AND ends_at IS NOT NULL)",
        name="delegation",
    ),
    CheckConstraint("issuer IS NULL OR (given_by IS NULL AND delegated_from IS NULL)", name="issuer"),
)
# The same role once, as long as nobody ends it.
_HELD_ON = text("ends_at IS NULL")
Index(
    "uq_staff_roles_held",
    staff_roles.c.staff_id,
    staff_roles.c.agency_id,
    staff_roles.c.role,
    unique=True,
    postgresql_where=_HELD_ON,
    sqlite_where=_HELD_ON,
)

sign_ins = _table(
    "sign_ins",
    moment("secret_hash", Text, primary_key=True),
    moment("id", Id, unique=True),
    moment("staff_id", Id, ForeignKey("staff.id"), index=True),
    moment("device", Text, server_default=text("''")),
    moment("created_at", Instant),
    moment("seen_at", Instant),
    moment("expires_at", Instant),
    # Nothing is shown or done until its owner says the password again.
    moment("locked_at", Instant, null=True),
)

# Who somebody is elsewhere (OpenID Connect): known by provider and subject, and by nothing else.
identities = _table(
    "identities",
    lasting("issuer", Text),
    lasting("subject", Text),
    lasting("staff_id", Id, ForeignKey("staff.id")),
    lasting("created_at", Instant),
    trace("used_at", Instant),
    PrimaryKeyConstraint("issuer", "subject"),
    UniqueConstraint("staff_id", "issuer"),
)

# Who went to a provider and is expected back, once: in this browser, to be signed in, or to be known by it from now on.
departures = _table(
    "departures",
    moment("state_hash", Text, primary_key=True),
    moment("browser_hash", Text),
    moment("issuer", Text),
    moment("path", Text),
    moment("staff_id", Id, ForeignKey("staff.id"), null=True),
    moment("link_hash", Text, null=True),
    moment("expires_at", Instant, index=True),
    CheckConstraint("staff_id IS NULL OR link_hash IS NULL", name="one_owner"),
)

# What ends a sign-in from the provider's side, and what ends the provider's from ours (sealed).
issued_sign_ins = _table(
    "issued_sign_ins",
    moment("sign_in_id", Id, ForeignKey("sign_ins.id", ondelete="CASCADE"), primary_key=True),
    moment("issuer", Text),
    moment("subject", Text),
    moment("session", Text, null=True),
    moment("sealed", Text),
)
Index("ix_issued_sign_ins_subject", issued_sign_ins.c.issuer, issued_sign_ins.c.subject)

# Each order of a provider to end sign-ins is taken once.
logout_orders = _table(
    "logout_orders",
    moment("order_hash", Text, primary_key=True),
    moment("forgotten_at", Instant, index=True),
)

# How it went with each provider the last time.
issuer_states = _table(
    "issuer_states",
    trace("issuer", Text, primary_key=True),
    trace("worked_at", Instant, null=True),
    trace("failed_at", Instant, null=True),
    trace("failure", Text, null=True),
)

# Who tries how often, by a hash of what is counted.
tallies = _table(
    "tallies",
    moment("key", Text, primary_key=True),
    moment("count", Whole),
    moment("free_at", Instant),
    moment("forgotten_at", Instant, index=True),
)

# Links by which somebody chooses a password: one that was invited, or who forgot it.
password_links = _table(
    "password_links",
    moment("id", Id, primary_key=True),
    moment("secret_hash", Text, unique=True),
    moment("staff_id", Id, ForeignKey("staff.id"), index=True),
    moment("kind", Choice(LinkKind)),
    moment("created_at", Instant),
    moment("expires_at", Instant),
    moment("used_at", Instant, null=True),
    _one_of("kind", LinkKind),
)

# What makes the codes of a telephone (RFC 6238), sealed with the secret of the installation. Of each code's number only
# a higher one is taken after it.
second_factors = _table(
    "second_factors",
    lasting("staff_id", Id, ForeignKey("staff.id"), primary_key=True),
    lasting("sealed", Text),
    lasting("created_at", Instant),
    lasting("confirmed_at", Instant, null=True),
    moment("last_number", Whole, server_default=text("0")),
)

recovery_codes = _table(
    "recovery_codes",
    moment("staff_id", Id, ForeignKey("staff.id")),
    moment("secret_hash", Text),
    moment("used_at", Instant, null=True),
    PrimaryKeyConstraint("staff_id", "secret_hash"),
)

api_tokens = _table(
    "api_tokens",
    lasting("id", Id, primary_key=True),
    lasting("staff_id", Id, ForeignKey("staff.id"), index=True),
    lasting("name", Text),
    # What it may do, and where: no more than its owner, and in one agency only if there is one.
    lasting("scope", Choice(Scope), server_default=text("'write'")),
    lasting("agency_id", Id, ForeignKey("agencies.id"), null=True),
    moment("secret_hash", Text, unique=True),
    lasting("created_at", Instant),
    lasting("expires_at", Instant),
    lasting("revoked_at", Instant, null=True),
    trace("last_used_at", Instant, null=True),
    _one_of("scope", Scope),
    CheckConstraint("expires_at > created_at", name="life"),
)

job_seekers = _table(
    "job_seekers",
    personal("id", Id, primary_key=True),
    # Who was merged into another belongs to no agency: no key of two columns finds him, so nothing names him again.
    personal("agency_id", Id, ForeignKey("agencies.id"), null=True),
    personal("identifier", Text, null=True),
    personal("first_name", Text),
    personal("last_name", Text),
    personal("search", Text),
    personal("birth_year", Whole, null=True),
    personal("email", Text, null=True),
    personal("phone", Text, null=True),
    personal("phone_takes_sms", Flag),
    personal("address", Text),
    personal("postcode", Text),
    personal("commune", Text),
    personal("preferred", Choice(Channel), null=True),
    personal("needs", Json),
    # The language in which help is wanted (ISO 639-1); empty where French will do.
    personal("language", Text, server_default=text("''")),
    # Who this person turned out to be: an old link leads there, and nothing else names this row any more.
    personal("merged_into", Id, ForeignKey("job_seekers.id"), null=True),
    # Somebody stood here who was erased: nothing of him is known any more but that he came.
    personal("erased_at", Instant, null=True),
    # A member of staff who attends trainings: no job seeker, and in no list of them (``storage/attendees.py``).
    personal("staff_id", Id, ForeignKey("staff.id"), null=True),
    personal("version", Whole, server_default=text("0")),
    personal("created_at", Instant),
    personal("changed_at", Instant),
    UniqueConstraint("agency_id", "identifier"),
    UniqueConstraint("id", "agency_id"),
    _one_of("preferred", Channel),
    CheckConstraint("(merged_into IS NULL) = (agency_id IS NOT NULL)", name="merged"),
    CheckConstraint(
        "erased_at IS NULL OR (identifier IS NULL AND email IS NULL AND phone IS NULL AND birth_year IS NULL"
        " AND search = '' AND address = '' AND postcode = '' AND commune = '' AND language = '')",
        name="erased",
    ),
    CheckConstraint(
        "staff_id IS NULL OR (merged_into IS NULL AND erased_at IS NULL AND identifier IS NULL AND birth_year IS NULL"
        " AND phone IS NULL AND address = '' AND postcode = '' AND commune = '' AND language = '')",
        name="attendee",
    ),
)
_WITH_PHONE = text("phone IS NOT NULL")
Index("ix_job_seekers_phone", job_seekers.c.phone, postgresql_where=_WITH_PHONE, sqlite_where=_WITH_PHONE)
_OF_STAFF = text("staff_id IS NOT NULL")
Index("uq_job_seekers_staff", job_seekers.c.staff_id, unique=True, postgresql_where=_OF_STAFF, sqlite_where=_OF_STAFF)
_MERGED = text("merged_into IS NOT NULL")
Index("ix_job_seekers_merged", job_seekers.c.merged_into, postgresql_where=_MERGED, sqlite_where=_MERGED)

# What a person is found by: each word of the names, the identifier, the phone from its end, the e-mail. Words compare
# sign by sign on both databases, so that a beginning of a word is one piece of the index.
job_seeker_words = _table(
    "job_seeker_words",
    personal("job_seeker_id", Id),
    personal("agency_id", Id),
    personal("word", Sign),
    personal("search", Text),
    PrimaryKeyConstraint("job_seeker_id", "word"),
    ForeignKeyConstraint(["job_seeker_id", "agency_id"], ["job_seekers.id", "job_seekers.agency_id"]),
)
Index("ix_job_seeker_words_agency_word", job_seeker_words.c.agency_id, job_seeker_words.c.word)
Index("ix_job_seeker_words_word", job_seeker_words.c.word)

# Who look alike and were said to be two; in the order of their ids.
told_apart = _table(
    "told_apart",
    personal("one_id", Id, ForeignKey("job_seekers.id")),
    personal("other_id", Id, ForeignKey("job_seekers.id"), index=True),
    personal("said_by", Id, ForeignKey("staff.id")),
    personal("said_at", Instant),
    PrimaryKeyConstraint("one_id", "other_id"),
    CheckConstraint("one_id < other_id", name="in_order"),
)

# Whom somebody opened today, to find him again at once. It is forgotten within a day.
recent_people = _table(
    "recent_people",
    moment("staff_id", Id, ForeignKey("staff.id")),
    moment("job_seeker_id", Id, ForeignKey("job_seekers.id"), index=True),
    moment("opened_at", Instant, index=True),
    PrimaryKeyConstraint("staff_id", "job_seeker_id"),
)

sessions = _table(
    "sessions",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("workshop_id", Id, ForeignKey("workshops.id"), index=True),
    lasting("state", Choice(SessionState)),
    lasting("capacity", Whole),
    lasting("allowance", Whole, server_default=text("0")),
    lasting("taken", Whole, server_default=text("0")),
    lasting("waiting", Whole, server_default=text("0")),
    # Seats of contingents that nobody has taken yet and that have not fallen back to all.
    lasting("kept", Whole, server_default=text("0")),
    # A generated column in the partial index keeps most seat updates from touching any index.
    lasting("has_room", Flag, Computed("taken + kept < capacity + allowance", persisted=True)),
    lasting("sequence", Whole, server_default=text("0")),
    lasting("version", Whole, server_default=text("0")),
    lasting("starts_at", Instant),
    lasting("ends_at", Instant),
    # From when to when one may book, made of the terms and the meetings; without a start at any time.
    lasting("window_days", Whole, null=True),
    lasting("cutoff_hours", Whole, server_default=text("0")),
    lasting("join_until", Whole, server_default=text("1")),
    lasting("opens_at", Instant, null=True),
    lasting("closes_at", Instant),
    # The languages in which somebody helps there (ISO 639-1).
    lasting("languages", Words, server_default=text("''")),
    lasting("cancelled_because", Text, null=True),
    # Which sessions were planned together, why one stands in spite of an obstacle, and when few people were enough.
    lasting("series_id", Id, null=True, index=True),
    lasting("overridden_because", Text, null=True),
    lasting("confirmed_at", Instant, null=True),
    lasting("created_at", Instant),
    lasting("changed_at", Instant),
    UniqueConstraint("id", "agency_id"),
    _one_of("state", SessionState),
    CheckConstraint("taken >= 0 AND kept >= 0 AND taken + kept <= capacity + allowance", name="seats"),
    CheckConstraint("waiting >= 0", name="waiting"),
    CheckConstraint("cutoff_hours >= 0 AND join_until > 0", name="terms"),
    CheckConstraint("capacity > 0 AND allowance >= 0", name="capacity"),
    CheckConstraint("ends_at > starts_at", name="times"),
)
Index("ix_sessions_agency_starts", sessions.c.agency_id, sessions.c.starts_at)
_OPEN = text("state = 'open'")
_STANDING = text("state IN ('draft', 'open')")
Index("ix_sessions_standing_ends", sessions.c.ends_at, postgresql_where=_STANDING, sqlite_where=_STANDING)
Index("ix_sessions_open_starts", sessions.c.starts_at, postgresql_where=_OPEN, sqlite_where=_OPEN)
Index(
    "ix_sessions_agency_free",
    sessions.c.agency_id,
    sessions.c.starts_at,
    postgresql_where=text("state = 'open' AND has_room"),
    sqlite_where=text("state = 'open' AND has_room"),
)

meetings = _table(
    "meetings",
    lasting("id", Id, primary_key=True),
    lasting("session_id", Id),
    lasting("agency_id", Id),
    lasting("position", Whole),
    lasting("starts_at", Instant),
    lasting("ends_at", Instant),
    lasting("room_id", Id, null=True),
    lasting("facilitator_id", Id, ForeignKey("staff.id"), null=True),
    # Each of them has a row in ``occupancies``, which vouches for them.
    lasting("assistant_ids", Ids, server_default=text("''")),
    lasting("sequence", Whole, server_default=text("0")),
    lasting("created_at", Instant),
    lasting("changed_at", Instant),
    ForeignKeyConstraint(["session_id", "agency_id"], ["sessions.id", "sessions.agency_id"]),
    ForeignKeyConstraint(["room_id", "agency_id"], ["rooms.id", "rooms.agency_id"]),
    UniqueConstraint("session_id", "position"),
    UniqueConstraint("id", "session_id"),
    UniqueConstraint("id", "starts_at", "ends_at"),
    CheckConstraint("ends_at > starts_at", name="times"),
)
Index("ix_meetings_agency_starts", meetings.c.agency_id, meetings.c.starts_at)
Index("ix_meetings_facilitator_starts", meetings.c.facilitator_id, meetings.c.starts_at)

# Where a room or a member of staff is: a rule of the database keeps each in one place at a time. The foreign key
# carries the times along when a meeting moves; a cancelled session occupies nothing.
occupancies = _table(
    "occupancies",
    lasting("meeting_id", Id),
    lasting("holder_id", Id),
    lasting("room_id", Id, ForeignKey("rooms.id"), null=True),
    lasting("staff_id", Id, ForeignKey("staff.id"), null=True),
    lasting("is_assistant", Flag),
    # By which seat a member of staff attends a training; it goes with the seat.
    lasting("booking_id", Id, null=True),
    lasting("starts_at", Instant),
    lasting("ends_at", Instant),
    PrimaryKeyConstraint("meeting_id", "holder_id"),
    ForeignKeyConstraint(
        ["booking_id", "meeting_id"],
        ["job_seeker_times.booking_id", "job_seeker_times.meeting_id"],
        ondelete="CASCADE",
    ),
    CheckConstraint("booking_id IS NULL OR (staff_id IS NOT NULL AND NOT is_assistant)", name="attends"),
    ForeignKeyConstraint(
        ["meeting_id", "starts_at", "ends_at"],
        ["meetings.id", "meetings.starts_at", "meetings.ends_at"],
        onupdate="CASCADE",
    ),
    CheckConstraint("(room_id IS NULL) <> (staff_id IS NULL)", name="one_holder"),
    CheckConstraint("holder_id = coalesce(room_id, staff_id)", name="holder"),
)
Index("ix_occupancies_holder_starts", occupancies.c.holder_id, occupancies.c.starts_at)

# Seats kept for the people of one agency until a moment; ``unused`` are those not taken yet.
contingents = _table(
    "contingents",
    lasting("session_id", Id, ForeignKey("sessions.id")),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("seats", Whole),
    lasting("unused", Whole),
    lasting("until_at", Instant),
    lasting("released_at", Instant, null=True),
    PrimaryKeyConstraint("session_id", "agency_id"),
    CheckConstraint("seats > 0 AND unused >= 0 AND unused <= seats", name="seats"),
    CheckConstraint("released_at IS NULL OR unused = 0", name="released"),
)
_KEPT = text("released_at IS NULL")
Index("ix_contingents_until", contingents.c.until_at, postgresql_where=_KEPT, sqlite_where=_KEPT)

# Who waits for the next seat of a workshop in any of some agencies.
waits = _table(
    "waits",
    personal("id", Id, primary_key=True),
    personal("workshop_id", Id, ForeignKey("workshops.id")),
    personal("job_seeker_id", Id),
    personal("agency_id", Id),
    personal("state", Choice(WaitState)),
    personal("priority", Whole, server_default=text("0")),
    personal("priority_because", Text, null=True),
    personal("waiting_since", Instant),
    personal("offers", Whole, server_default=text("0")),
    personal("overridden_because", Text, null=True),
    personal("created_by", Id, ForeignKey("staff.id")),
    personal("created_at", Instant),
    personal("ended_at", Instant, null=True),
    personal("ended_because", Text, null=True),
    ForeignKeyConstraint(["job_seeker_id", "agency_id"], ["job_seekers.id", "job_seekers.agency_id"]),
    _one_of("state", WaitState),
    CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended"),
    CheckConstraint("priority = 0 OR priority_because IS NOT NULL", name="priority"),
)
_WAITS = text("state = 'waiting'")
Index(
    "uq_waits_waiting",
    waits.c.workshop_id,
    waits.c.job_seeker_id,
    unique=True,
    postgresql_where=_WAITS,
    sqlite_where=_WAITS,
)
Index("ix_waits_job_seeker", waits.c.job_seeker_id)

wait_agencies = _table(
    "wait_agencies",
    personal("wait_id", Id, ForeignKey("waits.id")),
    personal("agency_id", Id, ForeignKey("agencies.id"), index=True),
    PrimaryKeyConstraint("wait_id", "agency_id"),
)

bookings = _table(
    "bookings",
    personal("id", Id, primary_key=True),
    personal("session_id", Id, ForeignKey("sessions.id")),
    personal("job_seeker_id", Id),
    personal("agency_id", Id),
    personal("state", Choice(BookingState)),
    personal("sequence", Whole, server_default=text("0")),
    personal("priority", Whole, server_default=text("0")),
    personal("priority_because", Text, null=True),
    # Until when a seat is held, or an offer stands.
    personal("deadline_at", Instant, null=True),
    # By which any desk finds it; drawn from the id, so that nobody has to keep it.
    personal("code", Text),
    # Raised when the person is given a new link: the old one opens nothing any more.
    personal("link_version", Whole, server_default=text("0")),
    # Why it stands in spite of a prerequisite; when the person said that he comes, or asked for another date.
    personal("overridden_because", Text, null=True),
    personal("answered_at", Instant, null=True),
    personal("wishes_other_at", Instant, null=True),
    # The place on the list of a workshop that led to it.
    personal("wait_id", Id, ForeignKey("waits.id"), null=True),
    # A seat for one meeting only, which makes up for a meeting missed elsewhere; that one may be removed since.
    personal("only_meeting_id", Id, null=True),
    personal("makes_up_id", Id, ForeignKey("bookings.id"), null=True),
    personal("missed_meeting_id", Id, null=True),
    personal("booked_by", Id, ForeignKey("staff.id")),
    personal("waiting_since", Instant, null=True),
    personal("created_at", Instant),
    personal("changed_at", Instant),
    personal("cancelled_by", Choice(Party), null=True),
    personal("cancelled_because", Text),
    personal("cancelled_reason", Choice(Reason), null=True),
    personal("is_from_contingent", Flag, server_default=text("false")),
    ForeignKeyConstraint(["job_seeker_id", "agency_id"], ["job_seekers.id", "job_seekers.agency_id"]),
    UniqueConstraint("id", "session_id"),
    UniqueConstraint("id", "job_seeker_id"),
    ForeignKeyConstraint(["only_meeting_id", "session_id"], ["meetings.id", "meetings.session_id"]),
    _one_of("state", BookingState),
    _one_of("cancelled_by", Party),
    _one_of("cancelled_reason", Reason),
    CheckConstraint("cancelled_reason IS NULL OR state = 'cancelled'", name="reason"),
    CheckConstraint("(state = 'cancelled') = (cancelled_by IS NOT NULL)", name="ended"),
    CheckConstraint("state <> 'waitlisted' OR waiting_since IS NOT NULL", name="waiting"),
    CheckConstraint("(state IN ('held', 'offered')) = (deadline_at IS NOT NULL)", name="deadline"),
    CheckConstraint("priority = 0 OR priority_because IS NOT NULL", name="priority"),
    CheckConstraint("(makes_up_id IS NULL) = (only_meeting_id IS NULL)", name="makes_up"),
    CheckConstraint("(makes_up_id IS NULL) = (missed_meeting_id IS NULL)", name="missed"),
)
_ACTIVE = text("state <> 'cancelled'")
Index(
    "uq_bookings_active",
    bookings.c.session_id,
    bookings.c.job_seeker_id,
    unique=True,
    postgresql_where=_ACTIVE,
    sqlite_where=_ACTIVE,
)
Index("ix_bookings_job_seeker", bookings.c.job_seeker_id)
Index("ix_bookings_code", bookings.c.code)
_WISHING = text("wishes_other_at IS NOT NULL")
Index("ix_bookings_wishing", bookings.c.agency_id, postgresql_where=_WISHING, sqlite_where=_WISHING)
_LIMITED = text("deadline_at IS NOT NULL")
Index("ix_bookings_deadline", bookings.c.deadline_at, postgresql_where=_LIMITED, sqlite_where=_LIMITED)
_MAKING_UP = text("makes_up_id IS NOT NULL")
Index("ix_bookings_makes_up", bookings.c.makes_up_id, postgresql_where=_MAKING_UP, sqlite_where=_MAKING_UP)
Index("ix_bookings_booked_by", bookings.c.booked_by, bookings.c.created_at)
_CANCELLED = text("state = 'cancelled'")
Index("ix_bookings_cancelled", bookings.c.session_id, postgresql_where=_CANCELLED, sqlite_where=_CANCELLED)
_WAITING = text("state = 'waitlisted'")
Index(
    "ix_bookings_waitlist",
    bookings.c.session_id,
    bookings.c.priority,
    bookings.c.waiting_since,
    bookings.c.id,
    postgresql_where=_WAITING,
    sqlite_where=_WAITING,
)

# Who was passed over when a seat of a session was given, and why; the last time for each reason.
skips = _table(
    "skips",
    personal("session_id", Id, ForeignKey("sessions.id")),
    # A booking on the waitlist of the session, or a wait for its workshop.
    personal("waiter_id", Id),
    personal("job_seeker_id", Id, ForeignKey("job_seekers.id"), index=True),
    personal("reason", Text),
    personal("at", Instant),
    PrimaryKeyConstraint("session_id", "waiter_id", "reason"),
)

# Where a seated job seeker is, meeting by meeting. The foreign key carries the times along when a meeting moves,
# so that the overlap rule judges the move too.
job_seeker_times = _table(
    "job_seeker_times",
    personal("booking_id", Id),
    personal("meeting_id", Id),
    personal("job_seeker_id", Id),
    personal("starts_at", Instant),
    personal("ends_at", Instant),
    PrimaryKeyConstraint("booking_id", "meeting_id"),
    ForeignKeyConstraint(["booking_id", "job_seeker_id"], ["bookings.id", "bookings.job_seeker_id"]),
    ForeignKeyConstraint(
        ["meeting_id", "starts_at", "ends_at"],
        ["meetings.id", "meetings.starts_at", "meetings.ends_at"],
        onupdate="CASCADE",
    ),
)
Index("ix_job_seeker_times_meeting", job_seeker_times.c.meeting_id)
Index("ix_job_seeker_times_person", job_seeker_times.c.job_seeker_id, job_seeker_times.c.starts_at)

attendance = _table(
    "attendance",
    personal("booking_id", Id),
    personal("meeting_id", Id),
    personal("session_id", Id),
    personal("mark", Choice(Mark)),
    personal("reason", Choice(Reason), null=True),
    personal("marked_by", Id, ForeignKey("staff.id")),
    personal("marked_at", Instant),
    # Whose seat came with the mark: without it he would be on no roll.
    personal("is_walk_in", Flag, server_default=text("false")),
    PrimaryKeyConstraint("booking_id", "meeting_id"),
    ForeignKeyConstraint(["booking_id", "session_id"], ["bookings.id", "bookings.session_id"]),
    ForeignKeyConstraint(["meeting_id", "session_id"], ["meetings.id", "meetings.session_id"]),
    _one_of("mark", Mark),
    _one_of("reason", Reason),
    CheckConstraint("reason IS NULL OR mark = 'excused'", name="reason_excused"),
)
Index("ix_attendance_meeting", attendance.c.meeting_id)
_AWAY = text("mark = 'absent'")
Index("ix_attendance_absent", attendance.c.marked_at, postgresql_where=_AWAY, sqlite_where=_AWAY)

# Whoever led a meeting has said that its roll is done: who was not marked stays so.
roll_closings = _table(
    "roll_closings",
    lasting("meeting_id", Id, primary_key=True),
    lasting("session_id", Id),
    lasting("closed_by", Id, ForeignKey("staff.id")),
    lasting("closed_at", Instant),
    ForeignKeyConstraint(["meeting_id", "session_id"], ["meetings.id", "meetings.session_id"]),
)

# Papers as they were printed, and scans of what was signed, by the hash of their bytes; the database refuses to change
# them, and to remove them before their time (``storage/unchanging.py``). The same bytes are kept once.
documents = _table(
    "documents",
    evidence("hash", Text, primary_key=True),
    evidence("media_type", Text),
    evidence("size", Whole),
    evidence("packed", Packed),
    evidence("archived_at", Instant),
    evidence("keep_until", Instant),
    CheckConstraint("length(hash) = 64", name="hash"),
    CheckConstraint("size BETWEEN 1 AND 10485760", name="size"),
    CheckConstraint("media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'text/plain')", name="media_type"),
)
Index("ix_documents_keep_until", documents.c.keep_until)

# What was printed, handed over and signed, about a booking, the sheet of a meeting or a referral. A line never changes;
# another one takes it back, once. It outlives its meeting and its message.
evidence_lines = _table(
    "evidence",
    personal("id", Id, primary_key=True),
    personal("deed", Choice(Deed)),
    personal("at", Instant),
    personal("agency_id", Id, ForeignKey("agencies.id")),
    personal("staff_id", Id, ForeignKey("staff.id")),
    personal("booking_id", Id, ForeignKey("bookings.id"), null=True),
    personal("meeting_id", Id, null=True),
    personal("referral_id", Id, ForeignKey("referrals.id"), null=True),
    personal("about_id", Id, ForeignKey("evidence.id"), null=True),
    personal("document_hash", Text, ForeignKey("documents.hash"), null=True),
    personal("kind", Choice(MessageKind), null=True),
    personal("template", Text),
    personal("as_of", Text),
    personal("given_to", Text),
    personal("because", Text),
    personal("message_id", Id, null=True),
    personal("keep_until", Instant),
    _one_of("deed", Deed),
    _one_of("kind", MessageKind),
    CheckConstraint(
        "CASE WHEN referral_id IS NULL THEN (booking_id IS NULL) <> (meeting_id IS NULL)"
        " ELSE booking_id IS NULL AND meeting_id IS NULL AND deed = 'printed' END",
        name="about_one",
    ),
    CheckConstraint("(deed IN ('undone', 'removed')) = (document_hash IS NULL)", name="document"),
    CheckConstraint("deed NOT IN ('undone', 'removed') OR about_id IS NOT NULL", name="about"),
    CheckConstraint(
        "referral_id IS NOT NULL OR deed NOT IN ('printed', 'handed-over')"
        " OR (booking_id IS NOT NULL AND kind IS NOT NULL)",
        name="letter",
    ),
    CheckConstraint("deed <> 'removed' OR because <> ''", name="because"),
)
Index("ix_evidence_booking", evidence_lines.c.booking_id, evidence_lines.c.at)
Index("ix_evidence_meeting", evidence_lines.c.meeting_id)
Index("ix_evidence_referral", evidence_lines.c.referral_id)
Index("ix_evidence_document", evidence_lines.c.document_hash)
Index("ix_evidence_keep_until", evidence_lines.c.keep_until)
_ENDS = text("deed IN ('undone', 'removed')")
Index("uq_evidence_ended", evidence_lines.c.about_id, unique=True, postgresql_where=_ENDS, sqlite_where=_ENDS)

# What an agency decided about messages, each version for ever: of one workshop, or of all (NULL). No facts take up
# again what is decided for all, or is usual. The reminders were last planned anew by it at applied_at; a settled one
# has met whatever was booked while it was decided.
message_policies = _table(
    "message_policies",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("workshop_id", Id, ForeignKey("workshops.id"), null=True, index=True),
    lasting("version", Whole),
    lasting("facts", Json, null=True),
    lasting("made_at", Instant),
    lasting("made_by", Id, ForeignKey("staff.id"), null=True),
    lasting("applied_at", Instant, null=True),
    lasting("is_settled", Flag, server_default=text("false")),
    CheckConstraint("version > 0", name="version"),
)
_OF_ALL = text("workshop_id IS NULL")
Index(
    "uq_message_policies_agency",
    message_policies.c.agency_id,
    message_policies.c.version,
    unique=True,
    postgresql_where=_OF_ALL,
    sqlite_where=_OF_ALL,
)
_OF_ONE = text("workshop_id IS NOT NULL")
Index(
    "uq_message_policies_workshop",
    message_policies.c.agency_id,
    message_policies.c.workshop_id,
    message_policies.c.version,
    unique=True,
    postgresql_where=_OF_ONE,
    sqlite_where=_OF_ONE,
)

messages = _table(
    "messages",
    trace("id", Id, primary_key=True),
    trace("kind", Choice(MessageKind)),
    trace("rule", Text),
    trace("agency_id", Id),
    trace("booking_id", Id),
    trace("booking_sequence", Whole),
    trace("session_id", Id),
    trace("session_sequence", Whole),
    trace("job_seeker_id", Id),
    trace("due_at", Instant),
    trace("not_after", Instant),
    trace("priority", Whole),
    trace("dedupe_key", Text, unique=True),
    trace("state", Choice(MessageState)),
    trace("channel", Choice(Channel), null=True),
    trace("attempts", Whole, server_default=text("0")),
    trace("lease_token", Id, null=True),
    trace("lease_until", Instant, null=True),
    trace("reason", Text, null=True),
    trace("details", Json),
    trace("created_at", Instant),
    trace("settled_at", Instant, null=True),
    trace("settled_by", Id, ForeignKey("staff.id"), null=True),
    # The booking vouches for the rest; a check for each would cost a booking more than its seat.
    ForeignKeyConstraint(["booking_id", "session_id"], ["bookings.id", "bookings.session_id"]),
    _one_of("kind", MessageKind),
    _one_of("state", MessageState),
    _one_of("channel", Channel),
    CheckConstraint("(state IN ('claimed', 'sending')) = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
    CheckConstraint("priority BETWEEN 1 AND 9", name="priority"),
)
_PLANNED = text("state = 'planned'")
# Taken in this order; for what is due at all, ask each priority (``storage/claiming.py``).
Index("ix_messages_due", messages.c.priority, messages.c.due_at, postgresql_where=_PLANNED, sqlite_where=_PLANNED)
_LEASED = text("state IN ('claimed', 'sending')")
Index("ix_messages_leased", messages.c.lease_until, postgresql_where=_LEASED, sqlite_where=_LEASED)
_TO_DO = text("state = 'to_do'")
Index("ix_messages_to_do", messages.c.agency_id, messages.c.due_at, postgresql_where=_TO_DO, sqlite_where=_TO_DO)
_DEAD = text("state = 'dead'")
Index("ix_messages_dead", messages.c.agency_id, postgresql_where=_DEAD, sqlite_where=_DEAD)
_LOST = text("kind IN ('session_cancelled', 'session_cut_short')")
Index("ix_messages_lost", messages.c.agency_id, messages.c.created_at, postgresql_where=_LOST, sqlite_where=_LOST)
Index("ix_messages_booking", messages.c.booking_id)
Index("ix_messages_session", messages.c.session_id)

message_attempts = _table(
    "message_attempts",
    trace("message_id", Id, ForeignKey("messages.id")),
    trace("n", Whole),
    trace("channel", Choice(Channel)),
    trace("template", Text),
    trace("address_hash", Text),
    trace("provider_key", Text),
    trace("started_at", Instant),
    trace("ended_at", Instant, null=True),
    trace("outcome", Text, null=True),
    trace("provider_reference", Text, null=True),
    trace("error", Text, null=True),
    PrimaryKeyConstraint("message_id", "n"),
)

# What an agency says in its own words; a row is never changed. Without an agency it is for the whole installation.
message_wordings = _table(
    "message_wordings",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), null=True),
    lasting("kind", Choice(MessageKind)),
    lasting("form", Choice(WordingForm)),
    lasting("language", Text),
    lasting("version", Whole),
    lasting("subject", Text),
    lasting("body", Text),
    lasting("is_original", Flag),
    lasting("made_at", Instant),
    lasting("made_by", Id, ForeignKey("staff.id")),
    UniqueConstraint("agency_id", "kind", "form", "language", "version"),
    _one_of("kind", MessageKind),
    _one_of("form", WordingForm),
    CheckConstraint("version > 0", name="version"),
)
# NULLs are no rivals of each other in the constraint above.
Index(
    "uq_message_wordings_network",
    *(message_wordings.c[name] for name in ("kind", "form", "language", "version")),
    unique=True,
    postgresql_where=message_wordings.c.agency_id.is_(None),
    sqlite_where=message_wordings.c.agency_id.is_(None),
)

# The very words that somebody was told, for thirty days; written with the try, and with the paper that was handed over.
sent_texts = _table(
    "sent_texts",
    trace("message_id", Id, ForeignKey("messages.id")),
    trace("n", Whole),
    trace("subject", Text),
    trace("body", Text),
    trace("template", Text),
    trace("language", Text),
    trace("kept_at", Instant, index=True),
    PrimaryKeyConstraint("message_id", "n"),
)

_BY_TEXT = text("channel = 'sms' AND provider_reference IS NOT NULL")
Index(
    "ix_message_attempts_reference",
    message_attempts.c.provider_reference,
    postgresql_where=_BY_TEXT,
    sqlite_where=_BY_TEXT,
)

# What providers told of texts that left, as it came; applied by a job. The same event is taken once.
delivery_receipts = _table(
    "delivery_receipts",
    trace("id", Id, primary_key=True),
    trace("provider", Text),
    trace("event", Text),
    trace("fate", Choice(Fate)),
    trace("reference", Text, null=True),
    trace("message_key", Text, null=True),
    trace("received_at", Instant),
    trace("applied_at", Instant, null=True),
    trace("became", Choice(Applied), null=True),
    UniqueConstraint("provider", "event"),
    _one_of("fate", Fate),
    _one_of("became", Applied),
    CheckConstraint("(applied_at IS NULL) = (became IS NULL)", name="applied"),
)
_UNAPPLIED = text("applied_at IS NULL")
Index("ix_delivery_receipts_open", delivery_receipts.c.id, postgresql_where=_UNAPPLIED, sqlite_where=_UNAPPLIED)

# Addresses to which nothing is sent, by their keyed hash: they hold for whoever has the address, also after a merge.
contact_suppressions = _table(
    "contact_suppressions",
    lasting("id", Id, primary_key=True),
    lasting("channel", Choice(Channel)),
    lasting("address_hash", Text),
    lasting("because", Choice(Because)),
    lasting("since", Instant),
    lasting("lifted_at", Instant, null=True),
    lasting("lifted_by", Id, ForeignKey("staff.id"), null=True),
    lasting("lifted_because", Text, null=True),
    _one_of("channel", Channel),
    _one_of("because", Because),
    CheckConstraint("lifted_at IS NOT NULL OR (lifted_by IS NULL AND lifted_because IS NULL)", name="lifted"),
)
_UNLIFTED = text("lifted_at IS NULL")
Index(
    "uq_contact_suppressions_open",
    contact_suppressions.c.address_hash,
    contact_suppressions.c.channel,
    unique=True,
    postgresql_where=_UNLIFTED,
    sqlite_where=_UNLIFTED,
)

# What people wrote back by text. Number and words go after thirty days, the hash stays with the person's traces.
incoming_texts = _table(
    "incoming_texts",
    personal("id", Id, primary_key=True),
    personal("provider", Text),
    personal("event", Text),
    personal("number_hash", Text),
    personal("number", Text, null=True),
    personal("body", Text, null=True),
    personal("received_at", Instant),
    personal("state", Choice(TextState)),
    personal("meaning", Choice(Meaning), null=True),
    personal("claimed_at", Instant, null=True),
    personal("booking_id", Id, ForeignKey("bookings.id"), null=True),
    personal("agency_id", Id, ForeignKey("agencies.id"), null=True),
    personal("handled_at", Instant, null=True),
    personal("handled_by", Id, ForeignKey("staff.id"), null=True),
    UniqueConstraint("provider", "event"),
    _one_of("state", TextState),
    _one_of("meaning", Meaning),
    CheckConstraint("(state = 'handled') = (handled_at IS NOT NULL)", name="handled"),
)
_UNREAD = text("state IN ('received', 'acting')")
Index("ix_incoming_texts_open", incoming_texts.c.id, postgresql_where=_UNREAD, sqlite_where=_UNREAD)
_TEXT_TASK = text("state = 'task'")
Index("ix_incoming_texts_task", incoming_texts.c.agency_id, postgresql_where=_TEXT_TASK, sqlite_where=_TEXT_TASK)
_WITH_WORDS = text("number IS NOT NULL")
Index("ix_incoming_texts_words", incoming_texts.c.received_at, postgresql_where=_WITH_WORDS, sqlite_where=_WITH_WORDS)

# What the own calendar of who leads or assists was told of each meeting, and what leaves for it: state and outbox at
# once. A row outlives its meeting, which is then called off.
invitations = _table(
    "invitations",
    trace("id", Id, primary_key=True),
    trace("meeting_id", Id),
    trace("session_id", Id, index=True),
    trace("agency_id", Id, ForeignKey("agencies.id")),
    trace("staff_id", Id, ForeignKey("staff.id")),
    trace("sequence", Whole),
    trace("starts_at", Instant),
    trace("ends_at", Instant),
    trace("zone", Text),
    trace("title", Text),
    trace("place", Text),
    trace("note", Text),
    trace("is_cancelled", Flag),
    trace("said_at", Instant),
    trace("first_key", Text, null=True),
    trace("state", Choice(InvitationState)),
    trace("due_at", Instant),
    trace("attempts", Whole, server_default=text("0")),
    trace("lease_token", Id, null=True),
    trace("lease_until", Instant, null=True),
    trace("reason", Text, null=True),
    trace("partstat", Choice(Partstat), null=True),
    trace("stamp", Text, server_default=text("''")),
    trace("answered_at", Instant, null=True),
    # When a manager has seen to a refusal.
    trace("settled_at", Instant, null=True),
    UniqueConstraint("meeting_id", "staff_id"),
    _one_of("state", InvitationState),
    _one_of("partstat", Partstat),
    CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
    CheckConstraint("(partstat IS NULL) = (answered_at IS NULL)", name="answered"),
)
Index("ix_invitations_staff", invitations.c.staff_id, invitations.c.ends_at)
_LEAVING = text("state IN ('planned', 'sending')")
Index("ix_invitations_due", invitations.c.due_at, postgresql_where=_LEAVING, sqlite_where=_LEAVING)
_REFUSED = text("partstat = 'declined'")
Index("ix_invitations_declined", invitations.c.agency_id, postgresql_where=_REFUSED, sqlite_where=_REFUSED)

# What leaves by mail for who works here: rosters, digests, lists. What it says is looked up when it leaves.
staff_messages = _table(
    "staff_messages",
    trace("id", Id, primary_key=True),
    trace("kind", Choice(StaffMessageKind)),
    # Of an account, and of no agency, where there is none.
    trace("agency_id", Id, ForeignKey("agencies.id"), null=True),
    trace("staff_id", Id, ForeignKey("staff.id")),
    trace("about_on", Day),
    trace("dedupe_key", Text, unique=True),
    trace("due_at", Instant),
    trace("not_after", Instant),
    trace("state", Choice(MessageState)),
    trace("attempts", Whole, server_default=text("0")),
    trace("lease_token", Id, null=True),
    trace("lease_until", Instant, null=True),
    trace("reason", Text, null=True),
    # A fingerprint of what was said, and which things it named.
    trace("content", Text, null=True),
    trace("details", Json),
    trace("created_at", Instant),
    trace("settled_at", Instant, null=True),
    _one_of("kind", StaffMessageKind),
    _one_of("state", MessageState),
    CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
)
Index("ix_staff_messages_staff", staff_messages.c.staff_id, staff_messages.c.kind, staff_messages.c.about_on)
Index(
    "ix_staff_messages_due",
    staff_messages.c.due_at,
    postgresql_where=text("state IN ('planned', 'sending')"),
    sqlite_where=text("state IN ('planned', 'sending')"),
)
Index(
    "ix_staff_messages_silent",
    staff_messages.c.about_on,
    postgresql_where=text("state = 'suppressed'"),
    sqlite_where=text("state = 'suppressed'"),
)
Index(
    "ix_staff_messages_dead",
    staff_messages.c.agency_id,
    postgresql_where=text("state = 'dead'"),
    sqlite_where=text("state = 'dead'"),
)

# What the calendar of a job seeker answered, meeting by meeting; a refusal waits for an adviser and frees no seat.
calendar_replies = _table(
    "calendar_replies",
    personal("booking_id", Id, ForeignKey("bookings.id")),
    personal("meeting_id", Id),
    personal("agency_id", Id, ForeignKey("agencies.id")),
    personal("sequence", Whole),
    personal("stamp", Text),
    personal("partstat", Choice(Partstat)),
    personal("answered_at", Instant),
    personal("settled_at", Instant, null=True),
    personal("settled_by", Id, ForeignKey("staff.id"), null=True),
    PrimaryKeyConstraint("booking_id", "meeting_id"),
    _one_of("partstat", Partstat),
)
_OPEN_REFUSAL = text("partstat = 'declined' AND settled_at IS NULL")
Index(
    "ix_calendar_replies_declined",
    calendar_replies.c.agency_id,
    postgresql_where=_OPEN_REFUSAL,
    sqlite_where=_OPEN_REFUSAL,
)

# What is asked in a diagnosis, and by which rules the answers suggest something. One version follows another, the last
# of them may be a draft; a published one never changes.
questionnaires = _table(
    "questionnaires",
    lasting("id", Id, primary_key=True),
    lasting("version", Whole, unique=True),
    lasting("questions", Json),
    lasting("rules", Json),
    # Counts the changes of a draft, so that two who write it notice each other.
    lasting("edition", Whole, server_default=text("0")),
    lasting("created_at", Instant),
    lasting("changed_at", Instant),
    # Nobody wrote the one that is shipped.
    lasting("changed_by", Id, ForeignKey("staff.id"), null=True),
    lasting("published_at", Instant, null=True),
    CheckConstraint("version > 0", name="version"),
    CheckConstraint("length(CAST(questions AS text)) <= 60000", name="questions"),
    CheckConstraint("length(CAST(rules AS text)) <= 60000", name="rules"),
)

# A digital diagnosis: dated answers by the codes of its questionnaire. It never changes; a new one is made.
diagnoses = _table(
    "diagnoses",
    personal("id", Id, primary_key=True),
    personal("job_seeker_id", Id),
    personal("agency_id", Id),
    personal("questionnaire_id", Id, ForeignKey("questionnaires.id")),
    personal("answers", Json),
    personal("answered_at", Instant),
    personal("answered_by", Id, ForeignKey("staff.id")),
    ForeignKeyConstraint(["job_seeker_id", "agency_id"], ["job_seekers.id", "job_seekers.agency_id"]),
    CheckConstraint("length(CAST(answers AS text)) <= 4000", name="answers"),
)
Index("ix_diagnoses_person", diagnoses.c.job_seeker_id, diagnoses.c.answered_at)
Index("ix_diagnoses_agency", diagnoses.c.agency_id, diagnoses.c.answered_at)

# What the adviser decided about each suggestion, and the seat that came of it; a referral names its diagnosis itself.
diagnosis_choices = _table(
    "diagnosis_choices",
    personal("id", Id, primary_key=True),
    personal("diagnosis_id", Id, ForeignKey("diagnoses.id")),
    personal("kind", Choice(Kind)),
    personal("suggestion", Text),
    personal("verdict", Choice(Verdict)),
    personal("reason", Choice(ChoiceReason), null=True),
    personal("words", Text, server_default=text("''")),
    personal("decided_at", Instant),
    personal("decided_by", Id, ForeignKey("staff.id")),
    personal("booking_id", Id, ForeignKey("bookings.id"), null=True, index=True),
    UniqueConstraint("diagnosis_id", "suggestion"),
    _one_of("kind", Kind),
    _one_of("verdict", Verdict),
    _one_of("reason", ChoiceReason),
    CheckConstraint("(verdict = 'set_aside') = (reason IS NOT NULL)", name="because"),
    CheckConstraint("booking_id IS NULL OR (kind = 'workshop' AND verdict = 'followed')", name="booking"),
    CheckConstraint("length(words) <= 120 AND length(suggestion) <= 200", name="lengths"),
)

# Who is sent to which partner, what for, what he agreed that the partner is told, and how it stands now. How it came to
# stand so is in the steps, which are never changed.
referrals = _table(
    "referrals",
    personal("id", Id, primary_key=True),
    personal("job_seeker_id", Id),
    personal("agency_id", Id),
    personal("partner_id", Id, ForeignKey("partners.id")),
    personal("diagnosis_id", Id, ForeignKey("diagnoses.id"), null=True),
    personal("service", Text),
    personal("aids", Words),
    personal("shared", Words),
    personal("agreed_at", Instant, null=True),
    personal("state", Choice(ReferralState)),
    personal("way", Choice(Way), null=True),
    personal("outcome", Choice(Outcome), null=True),
    personal("met_on", Day, null=True),
    personal("sent_at", Instant, null=True),
    personal("closed_at", Instant, null=True),
    # The partner said something that nobody has seen; when his silence is looked at; since when he is to be called.
    personal("news_at", Instant, null=True),
    personal("due_at", Instant, null=True),
    personal("overdue_at", Instant, null=True),
    personal("reminders", Whole, server_default=text("0")),
    personal("version", Whole, server_default=text("0")),
    personal("created_by", Id, ForeignKey("staff.id")),
    personal("created_at", Instant),
    personal("changed_at", Instant),
    ForeignKeyConstraint(["job_seeker_id", "agency_id"], ["job_seekers.id", "job_seekers.agency_id"]),
    _one_of("state", ReferralState),
    _one_of("way", Way),
    _one_of("outcome", Outcome),
    CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="ended"),
    CheckConstraint("(state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)", name="closed"),
    # Nobody is told of a person who has not agreed.
    CheckConstraint("state NOT IN ('accepted', 'sent', 'met') OR agreed_at IS NOT NULL", name="agreed"),
    CheckConstraint("sent_at IS NULL OR agreed_at IS NOT NULL", name="sent_agreed"),
    CheckConstraint("(sent_at IS NULL) = (way IS NULL)", name="told"),
    CheckConstraint("state NOT IN ('sent', 'met') OR sent_at IS NOT NULL", name="sent"),
    # A partner's silence is always waited for, or somebody has it on a list; and only while it matters.
    CheckConstraint("(state IN ('sent', 'met')) = (due_at IS NOT NULL OR overdue_at IS NOT NULL)", name="waited_for"),
    CheckConstraint("due_at IS NULL OR overdue_at IS NULL", name="due"),
)
_RUNNING_REFERRAL = text("state IN ('proposed', 'accepted', 'sent', 'met')")
Index(
    "uq_referrals_running",
    referrals.c.job_seeker_id,
    referrals.c.partner_id,
    referrals.c.service,
    unique=True,
    postgresql_where=_RUNNING_REFERRAL,
    sqlite_where=_RUNNING_REFERRAL,
)
Index("ix_referrals_job_seeker", referrals.c.job_seeker_id, referrals.c.agency_id)
Index("ix_referrals_agency", referrals.c.agency_id, referrals.c.state, referrals.c.created_at)
Index("ix_referrals_partner", referrals.c.partner_id)
_AWAITED = text("due_at IS NOT NULL")
Index("ix_referrals_due", referrals.c.due_at, postgresql_where=_AWAITED, sqlite_where=_AWAITED)
_FOR_US = text("overdue_at IS NOT NULL OR news_at IS NOT NULL")
Index("ix_referrals_for_us", referrals.c.agency_id, postgresql_where=_FOR_US, sqlite_where=_FOR_US)

referral_steps = _table(
    "referral_steps",
    personal("id", Id, primary_key=True),
    personal("referral_id", Id, ForeignKey("referrals.id")),
    # The version that it made: steps are read in the order in which they were written, whatever the clocks say.
    personal("n", Whole),
    personal("deed", Choice(ReferralDeed)),
    personal("at", Instant),
    personal("staff_id", Id, ForeignKey("staff.id"), null=True),
    personal("by_partner", Flag),
    personal("way", Choice(Way), null=True),
    personal("outcome", Choice(Outcome), null=True),
    personal("met_on", Day, null=True),
    personal("remark", Choice(Remark), null=True),
    personal("about_id", Id, ForeignKey("referral_steps.id"), null=True),
    _one_of("deed", ReferralDeed),
    _one_of("way", Way),
    _one_of("outcome", Outcome),
    _one_of("remark", Remark),
    CheckConstraint("NOT by_partner OR staff_id IS NULL", name="by_one"),
    CheckConstraint("(deed = 'undone') = (about_id IS NOT NULL)", name="about"),
    CheckConstraint("(deed = 'closed') = (outcome IS NOT NULL)", name="closed"),
    UniqueConstraint("referral_id", "n"),
)
_TAKEN_BACK = text("deed = 'undone'")
Index(
    "uq_referral_steps_undone",
    referral_steps.c.about_id,
    unique=True,
    postgresql_where=_TAKEN_BACK,
    sqlite_where=_TAKEN_BACK,
)

# The links by which partners answer; only the hashes of their secrets.
referral_links = _table(
    "referral_links",
    personal("id", Id, primary_key=True),
    personal("referral_id", Id, ForeignKey("referrals.id"), index=True),
    moment("secret_hash", Text, unique=True),
    personal("created_at", Instant),
    personal("expires_at", Instant),
    personal("revoked_at", Instant, null=True),
    CheckConstraint("length(secret_hash) = 64", name="hash"),
    CheckConstraint("expires_at > created_at", name="life"),
)

# What leaves by mail for partners; to whom and in which words is looked up when it leaves.
partner_messages = _table(
    "partner_messages",
    trace("id", Id, primary_key=True),
    trace("kind", Choice(PartnerMessageKind)),
    trace("referral_id", Id, ForeignKey("referrals.id")),
    trace("agency_id", Id, ForeignKey("agencies.id")),
    trace("dedupe_key", Text, unique=True),
    trace("due_at", Instant),
    trace("not_after", Instant),
    trace("state", Choice(MessageState)),
    trace("attempts", Whole, server_default=text("0")),
    trace("lease_token", Id, null=True),
    trace("lease_until", Instant, null=True),
    trace("reason", Text, null=True),
    trace("created_at", Instant),
    trace("settled_at", Instant, null=True),
    _one_of("kind", PartnerMessageKind),
    _one_of("state", MessageState),
    CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
)
Index("ix_partner_messages_referral", partner_messages.c.referral_id)
_TO_PARTNER = text("state IN ('planned', 'sending')")
Index(
    "ix_partner_messages_due",
    partner_messages.c.due_at,
    postgresql_where=_TO_PARTNER,
    sqlite_where=_TO_PARTNER,
)

# After how long a silence a partner is reminded, where an agency, or the network (no agency), decided it.
referral_delays = _table(
    "referral_delays",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), null=True, unique=True),
    lasting("is_network", Flag),
    lasting("working_days", Whole),
    lasting("reminders", Whole),
    lasting("changed_at", Instant),
    lasting("changed_by", Id, ForeignKey("staff.id")),
    CheckConstraint("working_days BETWEEN 1 AND 60", name="working_days"),
    CheckConstraint("reminders BETWEEN 0 AND 3", name="reminders"),
    CheckConstraint("is_network = (agency_id IS NULL)", name="network"),
)
_NETWORK = text("agency_id IS NULL")
Index(
    "uq_referral_delays_network",
    referral_delays.c.is_network,
    unique=True,
    postgresql_where=_NETWORK,
    sqlite_where=_NETWORK,
)

# Who is to be erased as soon as he has heard that his places are cancelled.
erasure_requests = _table(
    "erasure_requests",
    personal("job_seeker_id", Id, ForeignKey("job_seekers.id"), primary_key=True),
    personal("because", Choice(Cause)),
    personal("asked_at", Instant),
    personal("asked_by", Id, ForeignKey("staff.id")),
    _one_of("because", Cause),
)

# Who was erased, by a keyed hash of what identified him here: a restored copy is put right by it.
erasures = _table(
    "erasures",
    evidence("person_hash", Text, primary_key=True),
    evidence("because", Choice(Cause)),
    evidence("at", Instant),
    evidence("agency_id", Id, ForeignKey("agencies.id"), null=True),
    evidence("erased_by", Id, ForeignKey("staff.id"), null=True),
    _one_of("because", Cause),
    CheckConstraint("length(person_hash) = 64", name="hash"),
)

# Whose data must stay for now, because there is a dispute.
disputes = _table(
    "disputes",
    personal("id", Id, primary_key=True),
    personal("job_seeker_id", Id, ForeignKey("job_seekers.id")),
    personal("because", Text),
    personal("since", Instant),
    personal("opened_by", Id, ForeignKey("staff.id")),
    personal("closed_at", Instant, null=True),
    personal("closed_by", Id, ForeignKey("staff.id"), null=True),
    CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
)
_RUNNING = text("closed_at IS NULL")
Index(
    "uq_disputes_running",
    disputes.c.job_seeker_id,
    unique=True,
    postgresql_where=_RUNNING,
    sqlite_where=_RUNNING,
)

# How many days the network keeps each kind of data, where it has decided something else than is usual.
retention_delays = _table(
    "retention_delays",
    lasting("rule", Choice(Rule), primary_key=True),
    lasting("days", Whole),
    lasting("changed_at", Instant),
    lasting("changed_by", Id, ForeignKey("staff.id")),
    _one_of("rule", Rule),
    CheckConstraint("days >= 0", name="days"),
)

# What went by itself, a row for each day: of several processes one does it.
retention_runs = _table(
    "retention_runs",
    trace("on_day", Day, primary_key=True),
    trace("started_at", Instant),
    trace("finished_at", Instant, null=True),
    trace("counts", Json),
)

audit = _table(
    "audit",
    evidence("id", Whole, primary_key=True, autoincrement=True),
    evidence("at", Instant),
    evidence("staff_id", Id, null=True),
    evidence("agency_id", Id, null=True),
    evidence("action", Text),
    evidence("noun", Text),
    evidence("noun_id", Id),
    # By which door, from which part of the network, in which sign-in.
    evidence("via", Choice(Via)),
    evidence("place", Text, null=True),
    evidence("sign_in", Text, null=True),
    evidence("details", Json),
    _one_of("via", Via),
)
Index("ix_audit_noun", audit.c.noun_id)
# The latest lines of one agency, however few of all they are.
Index("ix_audit_agency", audit.c.agency_id, audit.c.id)

# The chain over the audit, line by line. It names its lines without a key: a seal outlives a line that was removed, and
# says so.
audit_seals = _table(
    "audit_seals",
    evidence("n", Whole, primary_key=True, autoincrement=False),
    evidence("audit_id", Whole, unique=True),
    evidence("details", Json),
    evidence("link", Text),
    CheckConstraint("n > 0", name="n"),
)

# What does not fit in the chain, until somebody has looked through all of it.
audit_faults = _table(
    "audit_faults",
    evidence("kind", Choice(FaultKind)),
    evidence("line", Whole),
    evidence("found_at", Instant),
    PrimaryKeyConstraint("kind", "line"),
    _one_of("kind", FaultKind),
)

idempotency_keys = _table(
    "idempotency_keys",
    moment("staff_id", Id, ForeignKey("staff.id")),
    moment("key", Text),
    moment("fingerprint", Text),
    moment("answer", Json, null=True),
    moment("replays", Whole, server_default=text("0")),
    moment("created_at", Instant),
    PrimaryKeyConstraint("staff_id", "key"),
)

# What changed in an agency's feed and when; kept from the start, for clients that ask what changed since.
feed_changes = _table(
    "feed_changes",
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("version", Whole),
    lasting("meeting_id", Id),
    lasting("removed", Flag),
    lasting("at", Instant),
    PrimaryKeyConstraint("agency_id", "version", "meeting_id"),
)

# What subscribers read: each meeting as it is served, in each detail, made once when it changes. It outlives its
# meeting: one that was removed is shown as cancelled until the end of its day.
feed_entries = _table(
    "feed_entries",
    lasting("meeting_id", Id, primary_key=True),
    lasting("session_id", Id, index=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("starts_at", Instant),
    lasting("ends_at", Instant),
    lasting("is_cancelled", Flag),
    lasting("sequence", Whole),
    lasting("changed_at", Instant),
    # By which renderer, under which address: what another made is made anew after an upgrade or a move of the house.
    lasting("made_by", Text),
    lasting(Detail.PLACE, Text),
    lasting(Detail.TITLE, Text),
    lasting(Detail.BUSY, Text),
    CheckConstraint("ends_at > starts_at", name="times"),
)
Index("ix_feed_entries_agency_starts", feed_entries.c.agency_id, feed_entries.c.starts_at)
Index("ix_feed_entries_starts", feed_entries.c.starts_at)

# In whose calendars else an entry stands: its room, its workshop, who leads and who assists.
feed_scopes = _table(
    "feed_scopes",
    lasting("scope_id", Id),
    lasting("meeting_id", Id, ForeignKey("feed_entries.meeting_id"), index=True),
    PrimaryKeyConstraint("scope_id", "meeting_id"),
)

# The version of such a calendar is the sum over the agencies that it concerns: none waits for another to count.
feed_versions = _table(
    "feed_versions",
    lasting("scope_id", Id),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("version", Whole),
    lasting("changed_at", Instant),
    PrimaryKeyConstraint("scope_id", "agency_id"),
)

subscriptions = _table(
    "subscriptions",
    lasting("id", Id, primary_key=True),
    lasting("owner_id", Id, ForeignKey("staff.id"), index=True),
    lasting("kind", Choice(FeedKind)),
    lasting("scope_id", Id, null=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), null=True),
    lasting("name", Text),
    lasting("detail", Choice(Detail)),
    lasting("hides_cancelled", Flag),
    lasting("created_at", Instant),
    # When it last showed something else by the will of its owner.
    lasting("changed_at", Instant, null=True),
    lasting("rotated_at", Instant, null=True),
    lasting("revoked_at", Instant, null=True),
    trace("last_used_at", Instant, null=True),
    trace("last_client", Text, null=True),
    _one_of("kind", FeedKind),
    _one_of("detail", Detail),
    CheckConstraint("(kind = 'network') = (scope_id IS NULL)", name="scope"),
    CheckConstraint("(kind IN ('agency', 'room')) = (agency_id IS NOT NULL)", name="agency"),
)

# The links of a subscription: only hashes are kept, and one that was given up still says so for a while.
subscription_secrets = _table(
    "subscription_secrets",
    moment("secret_hash", Text, primary_key=True),
    moment("subscription_id", Id, ForeignKey("subscriptions.id")),
    moment("created_at", Instant),
    moment("ended_at", Instant, null=True),
)
_GOOD = text("ended_at IS NULL")
Index(
    "uq_subscription_secrets_good",
    subscription_secrets.c.subscription_id,
    unique=True,
    postgresql_where=_GOOD,
    sqlite_where=_GOOD,
)

# How fast each provider is called, and whether it works: one row for all workers on all hosts.
provider_gates = _table(
    "provider_gates",
    moment("name", Text, primary_key=True),
    moment("tokens", Number, server_default=text("0")),
    moment("filled_at", Instant, null=True),
    moment("day", Day, null=True),
    moment("sent", Whole, server_default=text("0")),
    moment("full_until", Instant, null=True),
    moment("failures", Whole, server_default=text("0")),
    moment("trouble", Choice(Trouble), null=True),
    moment("failing_since", Instant, null=True),
    moment("open_until", Instant, null=True),
    moment("error", Text, null=True),
    moment("alerted_at", Instant, null=True),
    moment("credit", Number, null=True),
    moment("asked_at", Instant, null=True),
    _one_of("trouble", Trouble),
    CheckConstraint("(trouble IS NULL) = (failing_since IS NULL)", name="failing_since"),
    CheckConstraint("sent >= 0 AND tokens >= 0", name="tokens"),
)

job_ticks = _table(
    "job_ticks",
    moment("name", Text, primary_key=True),
    moment("started_at", Instant),
    moment("finished_at", Instant, null=True),
    moment("rows", Whole, server_default=text("0")),
    moment("error", Text, null=True),
)

# Where other programs want to hear what happens; the secret they know is made of the id and the version.
webhook_endpoints = _table(
    "webhook_endpoints",
    lasting("id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id"), null=True),
    lasting("url", Text),
    lasting("name", Text),
    lasting("events", Words),
    lasting("version", Whole, server_default=text("0")),
    lasting("created_by", Id, ForeignKey("staff.id")),
    lasting("created_at", Instant),
    lasting("rotated_at", Instant, null=True),
    lasting("failing_since", Instant, null=True),
    lasting("disabled_at", Instant, null=True),
    lasting("disabled_because", Text, null=True),
    # Lines of the audit up to heard_id are told; seen_id was the last one at seen_at.
    moment("heard_id", Whole),
    moment("seen_id", Whole),
    moment("seen_at", Instant),
)

# What each of them is told: one line of the audit, which is written in the transaction of the deed.
webhook_deliveries = _table(
    "webhook_deliveries",
    trace("id", Id, primary_key=True),
    trace("endpoint_id", Id, ForeignKey("webhook_endpoints.id")),
    trace("audit_id", Whole),
    trace("type", Text),
    trace("payload", Json),
    trace("state", Choice(DeliveryState)),
    trace("attempts", Whole, server_default=text("0")),
    trace("due_at", Instant),
    trace("lease_token", Id, null=True),
    trace("lease_until", Instant, null=True),
    trace("status", Whole, null=True),
    trace("error", Text, null=True),
    trace("created_at", Instant),
    trace("settled_at", Instant, null=True),
    UniqueConstraint("endpoint_id", "audit_id"),
    _one_of("state", DeliveryState),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease"),
)
_TO_DELIVER = text("state = 'planned'")
Index(
    "ix_webhook_deliveries_due",
    webhook_deliveries.c.due_at,
    webhook_deliveries.c.id,
    postgresql_where=_TO_DELIVER,
    sqlite_where=_TO_DELIVER,
)
_BEING_DELIVERED = text("state = 'sending'")
Index(
    "ix_webhook_deliveries_leased",
    webhook_deliveries.c.lease_until,
    postgresql_where=_BEING_DELIVERED,
    sqlite_where=_BEING_DELIVERED,
)
Index(
    "ix_webhook_deliveries_endpoint",
    webhook_deliveries.c.endpoint_id,
    webhook_deliveries.c.created_at,
    webhook_deliveries.c.id,
)

# Presences, or the whole installation, taken away as a file. A long one is made beside, and lies here in pieces until
# it expires: any host makes it, any host hands it out.
exports = _table(
    "exports",
    moment("id", Id, primary_key=True),
    moment("asked_by", Id, ForeignKey("staff.id")),
    moment("agency_id", Id, ForeignKey("agencies.id"), null=True),
    moment("session_id", Id, ForeignKey("sessions.id"), null=True),
    moment("first_on", Day, null=True),
    moment("last_on", Day, null=True),
    moment("led_by", Id, ForeignKey("staff.id"), null=True),
    moment("about", Text),
    moment("format", Choice(Format)),
    moment("state", Choice(ExportState)),
    moment("meetings_done", Whole, server_default=text("0")),
    moment("meetings_total", Whole, server_default=text("0")),
    moment("rows_done", Whole, server_default=text("0")),
    moment("size", Whole, server_default=text("0")),
    moment("tries", Whole, server_default=text("0")),
    moment("lease_token", Id, null=True),
    moment("lease_until", Instant, null=True),
    moment("created_at", Instant),
    moment("expires_at", Instant, index=True),
    moment("settled_at", Instant, null=True),
    _one_of("format", Format),
    _one_of("state", ExportState),
    CheckConstraint("(session_id IS NULL AND format <> 'zip') = (first_on IS NOT NULL)", name="first_on"),
    CheckConstraint("(first_on IS NULL) = (last_on IS NULL)", name="last_on"),
    # The whole installation.
    CheckConstraint("format <> 'zip' OR (agency_id IS NULL AND session_id IS NULL)", name="whole"),
    CheckConstraint("last_on >= first_on", name="days"),
    CheckConstraint("session_id IS NULL OR agency_id IS NOT NULL", name="agency"),
    CheckConstraint("expires_at > created_at", name="expires"),
    CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
    CheckConstraint("(state IN ('done', 'failed')) = (settled_at IS NOT NULL)", name="settled"),
)
Index("ix_exports_asked_by", exports.c.asked_by, exports.c.created_at)
_TO_MAKE = text("state IN ('waiting', 'running')")
Index("ix_exports_to_make", exports.c.created_at, postgresql_where=_TO_MAKE, sqlite_where=_TO_MAKE)

export_pieces = _table(
    "export_pieces",
    moment("export_id", Id, ForeignKey("exports.id")),
    moment("number", Whole),
    moment("content", LargeBinary),
    PrimaryKeyConstraint("export_id", "number"),
    CheckConstraint("number >= 0", name="number"),
)

# A list of people, or of what they came to, that somebody brings in: tried, then written, by the clock's jobs. What was
# sent is forgotten as soon as it is written, and the rest when it expires.
imports = _table(
    "imports",
    moment("id", Id, primary_key=True),
    moment("agency_id", Id, ForeignKey("agencies.id")),
    moment("asked_by", Id, ForeignKey("staff.id")),
    moment("kind", Choice(ListKind)),
    moment("file_name", Text),
    moment("content", Packed, null=True),
    # By field, the column that holds it.
    moment("columns", Json),
    moment("is_dry_run", Flag, server_default=text("true")),
    moment("state", Choice(ImportState)),
    moment("rows_total", Whole, server_default=text("0")),
    moment("rows_done", Whole, server_default=text("0")),
    # By outcome, how many rows.
    moment("counts", Json),
    # Why it was given up before the end.
    moment("trouble", Text, server_default=text("''")),
    moment("version", Whole, server_default=text("0")),
    moment("tries", Whole, server_default=text("0")),
    moment("lease_token", Id, null=True),
    moment("lease_until", Instant, null=True),
    moment("created_at", Instant),
    moment("expires_at", Instant, index=True),
    moment("settled_at", Instant, null=True),
    _one_of("kind", ListKind),
    _one_of("state", ImportState),
    CheckConstraint("expires_at > created_at", name="expires"),
    CheckConstraint("rows_done BETWEEN 0 AND rows_total", name="rows"),
    CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
    CheckConstraint("(state IN ('done', 'stopped', 'failed')) = (settled_at IS NOT NULL)", name="settled"),
    CheckConstraint("state NOT IN ('draft', 'waiting', 'running') OR content IS NOT NULL", name="content"),
)
Index("ix_imports_agency", imports.c.agency_id, imports.c.created_at)
_TO_BRING_IN = text("state IN ('waiting', 'running')")
Index("ix_imports_to_do", imports.c.created_at, postgresql_where=_TO_BRING_IN, sqlite_where=_TO_BRING_IN)

# Rows of such a list that were refused or set aside, as they were sent; one that is answered goes.
import_rows = _table(
    "import_rows",
    moment("import_id", Id, ForeignKey("imports.id")),
    moment("line", Whole),
    moment("outcome", Choice(RowOutcome)),
    moment("remarks", Json),
    moment("cells", Json),
    PrimaryKeyConstraint("import_id", "line"),
    _one_of("outcome", RowOutcome),
    CheckConstraint("line > 0", name="line"),
)

# Which column said what in the last list of an agency: the next one is read alike.
import_columns = _table(
    "import_columns",
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("kind", Choice(ListKind)),
    lasting("columns", Json),
    lasting("changed_at", Instant),
    lasting("changed_by", Id, ForeignKey("staff.id")),
    PrimaryKeyConstraint("agency_id", "kind"),
    _one_of("kind", ListKind),
)

# Many things done in one go: what was chosen, how it is done, and by which worker. Nobody but who asked sees it.
batches = _table(
    "batches",
    moment("id", Id, primary_key=True),
    moment("asked_by", Id, ForeignKey("staff.id")),
    moment("deed", Choice(BatchDeed)),
    moment("told", Json),
    # What it takes back; once.
    moment("undoes", Id, null=True, unique=True),
    moment("state", Choice(BatchState)),
    moment("lines_total", Whole),
    moment("lines_done", Whole, server_default=text("0")),
    moment("trouble", Text, server_default=text("''")),
    moment("tries", Whole, server_default=text("0")),
    moment("lease_token", Id, null=True),
    moment("lease_until", Instant, null=True),
    moment("created_at", Instant),
    moment("begun_at", Instant, null=True),
    moment("settled_at", Instant, null=True),
    moment("expires_at", Instant, index=True),
    _one_of("deed", BatchDeed),
    _one_of("state", BatchState),
    CheckConstraint("expires_at > created_at", name="expires"),
    CheckConstraint("lines_total > 0 AND lines_done BETWEEN 0 AND lines_total", name="lines"),
    CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease_until"),
    CheckConstraint("(state IN ('done', 'stopped', 'failed')) = (settled_at IS NOT NULL)", name="settled"),
    CheckConstraint("state <> 'done' OR lines_done = lines_total", name="whole"),
)
Index("ix_batches_asked_by", batches.c.asked_by, batches.c.created_at)
_BATCHES_TO_DO = text("state IN ('waiting', 'running')")
Index("ix_batches_to_do", batches.c.created_at, postgresql_where=_BATCHES_TO_DO, sqlite_where=_BATCHES_TO_DO)

# Each of these things: settled in the transaction of the deed itself, so that none is done twice.
batch_lines = _table(
    "batch_lines",
    moment("batch_id", Id, ForeignKey("batches.id")),
    moment("number", Whole),
    moment("subject_id", Id),
    moment("outcome", Choice(LineOutcome)),
    moment("why", Text, server_default=text("''")),
    moment("fields", Json),
    # What it takes to undo it.
    moment("kept", Json),
    PrimaryKeyConstraint("batch_id", "number"),
    UniqueConstraint("batch_id", "subject_id"),
    _one_of("outcome", LineOutcome),
    CheckConstraint("number > 0", name="number"),
)


def _measures() -> list[Column[Any]]:
    """Small numbers: the database adds them up several times as fast as large ones."""
    return [lasting(name, Integer, server_default=text("0")) for name in MEASURES]


# What each session comes to in figures, counted anew when something in it has happened, and when it begins. It counts
# in the piece of time that begins on ``slice_on``. No key names the session: who counts would hold up who books.
session_figures = _table(
    "session_figures",
    lasting("session_id", Id, primary_key=True),
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("workshop_id", Id, ForeignKey("workshops.id")),
    lasting("slice_on", Day),
    lasting("starts_at", Instant),
    lasting("is_begun", Flag),
    lasting("is_training", Flag),
    *_measures(),
)
Index("ix_session_figures_agency_slice", session_figures.c.agency_id, session_figures.c.slice_on)
_NOT_BEGUN = text("NOT is_begun")
Index("ix_session_figures_starts", session_figures.c.starts_at, postgresql_where=_NOT_BEGUN, sqlite_where=_NOT_BEGUN)

# Their sums: of one workshop in an agency, or, under the agency's own id, of all its workshops but those for staff.
figures = _table(
    "figures",
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("scope_id", Id),
    lasting("slice_on", Day),
    *_measures(),
    PrimaryKeyConstraint("agency_id", "scope_id", "slice_on"),
)
_OF_AGENCY = text("scope_id = agency_id")
Index("ix_figures_slice", figures.c.slice_on, postgresql_where=_OF_AGENCY, sqlite_where=_OF_AGENCY)
Index("ix_figures_scope_slice", figures.c.scope_id, figures.c.slice_on)

# How far each person has come, by the first time of each step. Of somebody erased it stands under who has no name;
# no key names the person, as above.
person_steps = _table(
    "person_steps",
    personal("job_seeker_id", Id, primary_key=True),
    personal("agency_id", Id, ForeignKey("agencies.id")),
    personal("slice_on", Day),
    personal("diagnosed_at", Instant, null=True),
    personal("oriented_at", Instant, null=True),
    personal("seated_at", Instant, null=True),
    personal("attended_at", Instant, null=True),
    personal("finished_at", Instant, null=True),
)
Index("ix_person_steps_agency_slice", person_steps.c.agency_id, person_steps.c.slice_on)

# Of the people whose first step fell into a piece of time, how many have come so far.
step_figures = _table(
    "step_figures",
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("slice_on", Day),
    *(lasting(name, Whole, server_default=text("0")) for name in STEPS),
    PrimaryKeyConstraint("agency_id", "slice_on"),
)
Index("ix_step_figures_slice", step_figures.c.slice_on)

# Of the referrals made in a piece of time, how many were sent, met, and ended so far.
referral_figures = _table(
    "referral_figures",
    lasting("agency_id", Id, ForeignKey("agencies.id")),
    lasting("slice_on", Day),
    *(lasting(name, Whole, server_default=text("0")) for name in REFERRED),
    PrimaryKeyConstraint("agency_id", "slice_on"),
)
Index("ix_referral_figures_slice", referral_figures.c.slice_on)

# Up to which line of the audit everything is counted: one row, and whoever counts holds it.
figure_marks = _table(
    "figure_marks",
    moment("id", Whole, primary_key=True, autoincrement=False),
    moment("heard_id", Whole),
    moment("at", Instant),
    CheckConstraint("id = 1", name="one"),
)
