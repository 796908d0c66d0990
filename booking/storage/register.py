"""Every column there is, with how long it is kept."""

from booking.storage.tables import metadata


def columns() -> dict[str, list[tuple[str, str]]]:
    """By table, in the order of the tables: the name of each column and its retention class."""
    return {
        table.name: [(column.name, str(column.info["retention"])) for column in table.columns]
        for table in metadata.tables.values()
    }
