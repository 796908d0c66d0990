"""Which column of a file says what: told by somebody, or guessed from its name."""

from collections.abc import Mapping, Sequence

from booking.domain.job_seekers import folded
from booking.services.row_files import RowFile, UnreadableFile


def matched(file: RowFile, told: Mapping[str, str], guesses: Mapping[str, str]) -> dict[str, str]:
    """By field, the column that holds it: the one told (empty is none), or else the first of its guesses that is there.

    Guesses are words without accents, blanks and underscores, the surest first. Raises :class:`UnreadableFile` for a
    column that is not there.
    """
    for column in told.values():
        if column and column not in file.columns:
            raise UnreadableFile("unknown-column", column=column, columns=file.columns)
    found = {field: told.get(field, _guess(words, file.columns)) for field, words in guesses.items()}
    return {field: column for field, column in found.items() if column}


def must_have(named: Mapping[str, str], needed: Sequence[str], file: RowFile) -> None:
    """Do nothing, or raise :class:`UnreadableFile` for a file without a header, or without one of these fields."""
    columns = list(file.columns)
    if not named and any(c.isdigit() for c in "".join(columns)):
        raise UnreadableFile("no-header", columns=columns)
    missing = [field for field in needed if field not in named]
    if missing:
        raise UnreadableFile("missing-columns", missing=missing, columns=columns)


def _guess(words: str, columns: Sequence[str]) -> str | None:
    plain = {folded(column).replace(" ", ""): column for column in reversed(columns)}
    return next((plain[guess] for guess in words.split() if guess in plain), None)
