"""The register of data, for who answers for the network: every table, every column."""

from dataclasses import dataclass
from itertools import groupby

from booking.domain.register import REGISTER, Entry
from booking.domain.staff import Right, Staff
from booking.storage import register


@dataclass(frozen=True, slots=True)
class Registered:
    """A table; ``kept`` are the retention classes of its columns, each with the columns."""

    table: str
    entry: Entry
    kept: dict[str, list[str]]


def show(*, by: Staff) -> list[Registered]:
    """Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.ADMINISTER)
    return every()


def every() -> list[Registered]:
    """Every table, those of one purpose together."""
    purposes = list(dict.fromkeys(entry.purpose for entry in REGISTER.values()))
    found = [Registered(table, REGISTER[table], _kept(columns)) for table, columns in register.columns().items()]
    return sorted(found, key=lambda one: purposes.index(one.entry.purpose))


def _kept(columns: list[tuple[str, str]]) -> dict[str, list[str]]:
    ordered = sorted(columns, key=lambda one: one[1])
    return {kept: [name for name, _ in those] for kept, those in groupby(ordered, key=lambda one: one[1])}
