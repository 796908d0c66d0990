"""The register of data: nothing is kept of which nobody says what it is for, and whom it concerns."""

from sqlalchemy import Text

from booking.domain.register import REGISTER, Concerns, Ground
from booking.services import registers
from booking.storage.columns import Json, Retention
from booking.storage.person_rows import CODES, GOES, WORDS, rows_of
from booking.storage.tables import metadata
from booking.web.pages import register_words as words

# What one person is known by, wherever it stands.
NAMING = {"job_seekers", "bookings", "waits", "messages"}
ABOUT = {table.name: table for table in rows_of([])}


def test_every_table_says_what_it_is_for_and_no_table_is_made_up():
    assert set(metadata.tables) == set(REGISTER)


def test_every_table_is_explained_on_the_page():
    assert set(words.TABLES) == set(REGISTER)


def test_what_concerns_somebody_has_a_legal_ground():
    assert not [
        table
        for table, entry in REGISTER.items()
        if (entry.ground is Ground.NONE_NEEDED) != (entry.concerns is Concerns.NOBODY) and entry.purpose != "forget"
    ]


def test_every_column_is_in_the_register_with_its_class():
    shown = {f"{one.table}.{name}" for one in registers.every() for names in one.kept.values() for name in names}

    assert shown == {str(column) for table in metadata.tables.values() for column in table.columns}
    assert {kept for one in registers.every() for kept in one.kept} == {kind.value for kind in Retention}


def test_whatever_names_a_person_is_exported_and_erased_with_the_person():
    """A table with a key to a person, or to what is the person's, is known to export and erasure."""
    naming = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in NAMING
    }

    assert {"bookings", "attendance", "sent_texts", "waits"} <= naming
    assert naming <= set(ABOUT)


def test_every_text_about_a_person_is_said_to_be_words_or_code():
    """Whoever adds a column of text decides whether erasing a person blanks it."""
    undecided = {
        f"{name}.{column.name}"
        for name, table in ABOUT.items()
        for column in table.columns
        if type(column.type) in (Text, Json) and name not in GOES
        if column.name not in {*WORDS.get(name, ()), *CODES.get(name, ())}
    }

    assert not undecided
