"""The log of what was handed over and signed, as a paper, as a table, and as one file with every document."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from booking.documents.session_lists import harmless
from booking.domain.archives import ENDINGS, Archived
from booking.domain.evidence import Deed

DEEDS = {
    Deed.PRINTED: "lettre imprimée",
    Deed.HANDED_OVER: "remise en main propre",
    Deed.UNDONE: "remise annulée",
    Deed.ATTACHED: "document signé joint",
    Deed.REMOVED: "document signé retiré",
}
COLUMNS = (
    "quand",
    "instant",
    "quoi",
    "par",
    "à",
    "inscription",
    "atelier",
    "version du texte",
    "fichier",
    "SHA-256",
    "motif",
)
# The first moment that a ZIP file can tell: the same log gives the same bytes.
TIMELESS = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line in words; ``instant`` is ``at`` for programs (ISO 8601), ``file`` lies beside the log."""

    at: str
    instant: str
    deed: str
    by: str
    given_to: str
    code: str
    workshop: str
    template: str
    file: str
    hash: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPaper:
    """The log as a paper: about whom, made by whom and when."""

    name: str
    agency: str
    made_by: str
    made_at: str
    lines: Sequence[LogLine]

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self)


def csv_of(lines: Sequence[LogLine]) -> bytes:
    """The log for a spreadsheet; no cell acts as a formula."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([harmless(cell) for cell in asdict(line).values()] for line in lines)
    return ("\ufeff" + written.getvalue()).encode()


def file_of(document: Archived) -> str:
    """Where a document lies in the file of all: its name is its hash, so that anybody can compare them."""
    return f"documents/{document.hash}.{ENDINGS[document.media_type]}"


def bundle(files: Mapping[str, bytes]) -> bytes:
    """These files as one, with their hashes as ``sha256sum --check`` reads them."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in {**files, "SHA256SUMS": sums.encode()}.items():
            archive.writestr(ZipInfo(name, TIMELESS), content, ZIP_DEFLATED)
    return packed.getvalue()
