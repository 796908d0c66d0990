"""Which promise of the database broke, and what that means in the words of the trade."""

import re

from sqlalchemy.exc import DBAPIError, IntegrityError

from booking.domain.errors import AlreadyBooked, CapacityBelowTaken, JobSeekerElsewhere, NameTaken, Refused
from booking.storage.tables import metadata

REFUSALS: dict[str, type[Refused]] = {
    "uq_bookings_active": AlreadyBooked,
    "ex_job_seeker_times_overlap": JobSeekerElsewhere,
    "ck_sessions_seats": CapacityBelowTaken,
    "uq_agencies_slug": NameTaken,
    "uq_agencies_code": NameTaken,
    "uq_agencies_reference": NameTaken,
    "uq_workshops_title": NameTaken,
    "uq_rooms_agency_id_name": NameTaken,
    "uq_job_seekers_agency_id_identifier": NameTaken,
    "uq_staff_sign_in_name": NameTaken,
}

DEADLOCK, SERIALISATION, LOCK_TIMEOUT = "40P01", "40001", "55P03"
# A statement that took too long, and a server that has become a standby.
QUERY_CANCELED, READ_ONLY = "57014", "25006"


class Unavailable(Exception):
    """The database cannot be reached, or did not answer in time."""


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
    cause = getattr(error.orig, "__cause__", None)
    named = getattr(cause, "constraint_name", None)
    if named:
        return str(named)
    told = re.search(r"constraint failed: (.+)$", str(error.orig))
    subject = told.group(1) if told else str(error.orig)
    return _NAMES.get(subject, subject)


def translated(error: DBAPIError) -> Exception:
    """The refusal or condition behind a database error; an unknown broken constraint stays the bug it is."""
    if isinstance(error, IntegrityError):
        refusal = REFUSALS.get(constraint_of(error) or "")
        return refusal() if refusal else error
    state = getattr(error.orig, "sqlstate", None)
    if state in (DEADLOCK, SERIALISATION):
        return Contended(str(error.orig))
    if state == LOCK_TIMEOUT:
        return LockTimeout(str(error.orig), _relation_of(error))
    if state in (QUERY_CANCELED, READ_ONLY) or error.connection_invalidated or _is_about_reaching(error):
        return Unavailable(str(error.orig))
    return error


def _relation_of(error: DBAPIError) -> str:
    """PostgreSQL says at which row it waited, in the server's language; the table's name in it stays what it is."""
    context = getattr(getattr(error.orig, "__cause__", None), "context", None)
    quoted = re.search(r'"(\w+)"', context or "")
    return quoted.group(1) if quoted else ""


def _is_about_reaching(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or ""
    # 08 connection, 53 resources, 57P administrator's shutdown (PostgreSQL, appendix A); SQLite says it in words.
    in_words = ("database is locked", "unable to open", "disk I/O error", "database or disk is full")
    return state.startswith(("08", "53", "57P")) or any(words in str(error.orig) for words in in_words)
