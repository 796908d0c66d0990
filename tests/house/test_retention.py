"""How long each thing is kept is decided for every column of every table."""

from booking.storage.columns import Retention
from booking.storage.tables import metadata

COLUMNS = [column for table in metadata.tables.values() for column in table.columns]
# What could tell who somebody is or how to reach him.
NAMES = {"first_name", "last_name", "birth_year", "email", "phone", "identifier", "needs", "preferred", "search"}
SECRETS = {"secret_hash", "fingerprint", "answer"}


def kept(retention: Retention) -> set[str]:
    return {str(column) for column in COLUMNS if column.info.get("retention") is retention}


def test_there_is_something_to_keep():
    assert len(metadata.tables) > 15
    assert all(map(kept, Retention))


def test_every_column_of_every_table_has_a_retention_class():
    assert not [str(column) for column in COLUMNS if not isinstance(column.info.get("retention"), Retention)]


def test_what_tells_who_a_job_seeker_is_goes_with_the_person():
    of_people = {str(c) for c in COLUMNS if c.table.name == "job_seekers"}

    assert of_people <= kept(Retention.PERSON)
    assert {f"job_seekers.{name}" for name in NAMES} <= of_people


def test_whatever_points_to_a_job_seeker_does_not_outlive_the_person():
    """A column that holds a person's or a booking's id is the person's, or ends even earlier."""
    pointing = {
        str(column)
        for column in COLUMNS
        for key in column.foreign_keys
        if key.column.table.name in {"job_seekers", "bookings"}
    }

    assert pointing
    assert not pointing - kept(Retention.PERSON) - kept(Retention.TRACE) - kept(Retention.MOMENT)


def test_secrets_are_kept_for_a_moment_only():
    secret = {str(column) for column in COLUMNS if column.name in SECRETS}

    assert secret
    assert secret <= kept(Retention.MOMENT)
