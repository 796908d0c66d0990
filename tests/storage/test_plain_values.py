"""What is copied to open files is written as what it is."""

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, Numeric, Text, Uuid

from booking.storage.plain_values import Kind, kind_of
from booking.storage.tables import metadata

NO_WORDS = (Boolean, Date, DateTime, Integer, LargeBinary, Numeric, Uuid)


def test_no_number_and_no_day_is_written_as_words():
    kinds = {type(c.type) for table in metadata.tables.values() for c in table.columns if kind_of(c) is Kind.STRING}

    assert Text in kinds
    assert not [kind for kind in kinds if issubclass(kind, NO_WORDS)]
