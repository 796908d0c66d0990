"""Which promise of the database broke, and what that means in the words of the trade."""

import re
import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError

from booking.domain.errors import (
    AlreadyBooked,
    AlreadyReferred,
    AlreadyWaiting,
    AudienceFixed,
    CapacityBelowTaken,
    EvidenceStands,
    IdentityTaken,
    JobSeekerElsewhere,
    NameTaken,
    NotFound,
    NotHosting,
    OtherAudience,
    PhaseChangePlanned,
    PlaceTaken,
    Refused,
    RoleHeld,
    StaleEdit,
)
from booking.storage.tables import metadata

REFUSALS: dict[str, type[Refused]] = {
    "uq_bookings_active": AlreadyBooked,
    "uq_waits_waiting": AlreadyWaiting,
    "uq_referrals_running": AlreadyReferred,
    "ex_job_seeker_times_overlap": JobSeekerElsewhere,
    "ex_occupancies_overlap": PlaceTaken,
    "ck_sessions_seats": CapacityBelowTaken,
    "uq_agencies_slug": NameTaken,
    "uq_agencies_code": NameTaken,
    "uq_agencies_reference": NameTaken,
    "uq_workshops_title": NameTaken,
    "uq_partners_source_reference": NameTaken,
    "uq_rooms_agency_id_name": NameTaken,
    "uq_job_seekers_agency_id_identifier": NameTaken,
    "uq_staff_sign_in_name": NameTaken,
    "uq_staff_roles_held": RoleHeld,
    "pk_identities": IdentityTaken,
    "identities.issuer, identities.subject": IdentityTaken,
    "uq_identities_staff_id_issuer": IdentityTaken,
    "uq_message_wordings_agency_id_kind_form_language_version": StaleEdit,
    "uq_message_wordings_network": StaleEdit,
    "uq_evidence_ended": EvidenceStands,
    "ck_bookings_audience": OtherAudience,
    "ck_waits_audience": OtherAudience,
    "ck_workshops_audience_fixed": AudienceFixed,
    # Who leads a meeting does not attend it.
    "pk_occupancies": PlaceTaken,
    "occupancies.meeting_id, occupancies.holder_id": PlaceTaken,
    "ck_sessions_hosted": NotHosting,
    "uq_phase_changes_planned": PhaseChangePlanned,
    # Somebody who was merged into another since he was read; SQLite does not say which key it was, and is asked before.
    "fk_bookings_job_seeker_id_agency_id": NotFound,
    "fk_waits_job_seeker_id_agency_id": NotFound,
    "fk_referrals_job_seeker_id_agency_id": NotFound,
    "fk_diagnoses_job_seeker_id_agency_id": NotFound,
    "uq_questionnaires_version": StaleEdit,
}

DEADLOCK, SERIALISATION, LOCK_TIMEOUT = "40P01", "40001", "55P03"
# A statement that took too long.
QUERY_CANCELED = "57014"
# A server that has become a standby, one that has no place for one more, a statement that a pooler left elsewhere.
GONE = ("25006", "53300", "26000")
# What was prepared before a migration.
OUTDATED = asyncpg.InvalidCachedStatementError


class Unavailable(Exception):
    """The database cannot be reached, or did not answer in time."""


class Away(Unavailable):
    """The server went away or takes no writes any more; another, or the same a little later, may answer."""


class Contended(Unavailable):
    """Two transactions stood in each other's way and this one was rolled back; trying again is right."""


class LockTimeout(Unavailable):
    """Somebody else held a row too long, in the table or index ``where``."""

    def __init__(self, said: str, where: str = "") -> None:
        super().__init__(said)
        self.where = where


def _columns_to_names() -> dict[str, str]:
    """SQLite names the columns of a broken unique constraint, not the constraint."""
    names = {}
    for table in metadata.tables.values():
        for unique in (*table.constraints, *table.indexes):
            columns = ", ".join(f"{table.name}.{column.name}" for column in getattr(unique, "columns", ()))
            if unique.name and columns and (getattr(unique, "unique", False) or str(unique.name).startswith("uq_")):
                names.setdefault(columns, str(unique.name))
    return names


_NAMES = _columns_to_names()


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the broken constraint, as the tables and migrations name it."""
    named = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
    return str(named) if named else _constraint_said(str(error.orig))


def _constraint_said(said: str) -> str:
    """SQLite names a constraint in its message, a unique one by its columns."""
    told = re.search(r"constraint failed: (.+)$", said)
    subject = told.group(1) if told else said
    return _NAMES.get(subject, subject)


def translated(error: DBAPIError) -> Exception:
    """The refusal or condition behind a database error; an unknown broken constraint stays the bug it is."""
    if isinstance(error, IntegrityError):
        refusal = REFUSALS.get(constraint_of(error) or "")
        return refusal() if refusal else error
    cause = getattr(error.orig, "__cause__", None)
    is_lost = error.connection_invalidated or isinstance(cause, OUTDATED)
    return _condition(getattr(error.orig, "sqlstate", None), str(error.orig), cause, is_lost=is_lost) or error


def translated_from_driver(error: Exception) -> Exception:
    """The same for an error of a driver itself."""
    named = getattr(error, "constraint_name", None)
    if isinstance(error, sqlite3.IntegrityError):
        named = _constraint_said(str(error))
    refusal = REFUSALS.get(named or "")
    if refusal:
        return refusal()
    is_lost = isinstance(error, (asyncpg.InterfaceError, asyncpg.InternalClientError, OUTDATED))
    return _condition(getattr(error, "sqlstate", None), str(error), error, is_lost=is_lost) or error


def _condition(state: str | None, said: str, cause: BaseException | None, *, is_lost: bool) -> Exception | None:
    if state in (DEADLOCK, SERIALISATION):
        return Contended(said)
    if state == LOCK_TIMEOUT:
        return LockTimeout(said, _relation_of(cause))
    # 08 connection, 53 resources, 57P administrator's shutdown, 58 the system around it (PostgreSQL, appendix A).
    if is_lost or state in GONE or (state or "").startswith(("08", "57P")):
        return Away(said)
    if state == QUERY_CANCELED or (state or "").startswith(("53", "58")) or _is_about_reaching(said):
        return Unavailable(said)
    return None


def _relation_of(cause: BaseException | None) -> str:
    """PostgreSQL says at which row it waited, in the server's language; the table's name in it stays what it is."""
    quoted = re.search(r'"(\w+)"', getattr(cause, "context", None) or "")
    return quoted.group(1) if quoted else ""


def _is_about_reaching(said: str) -> bool:
    """SQLite says it in words."""
    in_words = ("database is locked", "unable to open", "disk I/O error", "database or disk is full")
    return any(words in said for words in in_words)
