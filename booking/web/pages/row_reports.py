"""What became of the rows of a list of places, for a page: sentences by line and column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booking.language import Translate
from booking.services.read_rows import Remark
from booking.services.row_files import read
from booking.services.row_sorting import Report
from booking.web.row_words import TRIFLES, sentence

# Whoever has more to look at puts the list right first.
MOST_SHOWN = 300
# What choosing a column puts right.
MAPPED = {
    "missing-columns": "Dites quelle colonne contient le nom, et laquelle l’identifiant.",
    "unknown-column": "Une colonne choisie n’est pas dans ce fichier.",
    "no-header": "La première ligne doit nommer les colonnes.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one row."""

    line: int
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """What is refused, in doubt, and worth no more than counting; ``left_out`` remarks are not shown."""

    refusals: Sequence[Said]
    doubts: Sequence[Said]
    trifles: Sequence[str]
    left_out: int


def said(report: Report, say: Translate) -> Sayings:
    """The report in sentences; what looks known is asked elsewhere on the page."""
    doubts = [remark for remark in report.doubts if remark.code != "alike"]
    shown = sum(min(len(some), MOST_SHOWN) for some in (report.refusals, doubts))
    return Sayings(
        refusals=_sentences(report.refusals[:MOST_SHOWN], say),
        doubts=_sentences(doubts[:MOST_SHOWN], say),
        trifles=[say(TRIFLES[code]).format(n=n) for code, n in report.trifles.most_common()],
        left_out=len(report.refusals) + len(doubts) - shown,
    )


def columns_of(content: bytes) -> list[str]:
    """The names of the columns of a file that can be read."""
    return read(content).columns


def _sentences(remarks: Iterable[Remark], say: Translate) -> list[Said]:
    return [Said(one.line, one.column, sentence(one, say)) for one in remarks]
