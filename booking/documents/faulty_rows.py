"""The rows of a list that were not written, with what is wrong with each: to be mended and sent again."""

import csv
import io
from collections.abc import Iterable, Sequence

from booking.documents.session_lists import harmless
from booking.domain.imports import ImportRow


def csv_of(rows: Iterable[tuple[ImportRow, Sequence[str]]], heads: tuple[str, str]) -> bytes:
    """The columns as they were sent, after the number of the line and what is to be mended."""
    kept = list(rows)
    columns = list(dict.fromkeys(name for row, _ in kept for name in row.cells))
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow([*heads, *map(harmless, columns)])
    for row, said in kept:
        cells = (harmless(row.cells.get(name) or "") for name in columns)
        table.writerow([row.line, " ".join(said), *cells])
    return ("\ufeff" + written.getvalue()).encode()
