"""What an import tells the operator, in French."""

from collections.abc import Sequence

from booking.services.read_rows import Remark
from booking.services.row_files import UnreadableFile
from booking.services.row_sorting import Report
from booking.web.row_words import REMARKS, TRIFLES

SHOWN, LINES_SHOWN = 10, 6
DELIMITERS = {",": "virgules", ";": "points-virgules", "\t": "tabulations", "|": "barres", "": ""}
ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252, car ce n’est pas de l’UTF-8"}
FIELDS = {
    "name": "le nom (name)",
    "reference": "l’identifiant (reference)",
    "department": "le département (department)",
}
UNREADABLE = {
    "empty": "le fichier est vide.",
    "no-rows": "il n’y a aucune ligne sous l’en-tête.",
    "too-large": "le fichier dépasse {most} octets ; coupez-le en plusieurs.",
    "too-many-rows": "il y a plus de {most} lignes ; coupez le fichier en plusieurs.",
    "binary": "ce n’est pas du texte. Depuis un tableur, enregistrez au format « CSV UTF-8 ».",
    "broken-header": "des guillemets de l’en-tête ne se referment pas.",
    "broken-json": "le JSON n’est pas valide à la ligne {line}, caractère {column}.",
    "not-a-list": "le JSON doit être une liste d’objets : [{{…}}, {{…}}].",
    "no-header": "la première ligne doit nommer les colonnes ; elle contient : {columns}.",
    "unknown-column": "il n’y a pas de colonne « {column} ». Colonnes trouvées : {columns}.",
    "missing-columns": "il manque une colonne pour {missing}. Colonnes trouvées : {columns}. "
    "Dites laquelle avec --map, par exemple --map {field}=COLONNE.",
}


def why_unreadable(error: UnreadableFile) -> str:
    """One sentence that says what to do."""
    missing = error.facts.get("missing", ["name"])
    told = {
        "columns": ", ".join(error.facts.get("columns", ())),
        "missing": " et pour ".join(FIELDS[field] for field in missing),
        "field": missing[0],
    }
    return UNREADABLE[error.why].format(**{**error.facts, **told})


def report_of(name: str, report: Report, *, in_full: bool, noun: str = "une agence connue") -> str:
    """The whole report; of many remarks of one kind only the first, unless it is wanted in full. ``noun`` is what rows
    may look like.
    """
    aside = [remark for remark in report.doubts if remark.code == "alike"]
    doubts = [remark for remark in report.doubts if remark.code != "alike"]
    known = "--keep-alike les importe" if report.set_aside else "importées quand même"
    row = "ligne" if report.format == "csv" else "entrée"
    paragraphs = [
        _summary(name, report),
        _titled("Sans gravité", [TRIFLES[code].format(n=n) for code, n in report.trifles.most_common()]),
        _titled("À vérifier", _remarks(doubts, row, in_full)),
        _titled(f"Ressemblent à {noun} ({known})", _remarks(aside, row, in_full)),
        _titled("Refusées", _remarks(report.refusals, row, in_full)),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _summary(name: str, report: Report) -> str:
    how = ", ".join(filter(None, [report.format.upper(), DELIMITERS[report.delimiter], ENCODINGS[report.encoding]]))
    counts = {
        "nouvelles": report.new,
        "modifiées": report.changed,
        "inchangées": report.unchanged,
        "mises de côté": report.set_aside,
        "refusées": report.refused,
    }
    said = ", ".join(f"{number} {word}" for word, number in counts.items())
    doubtful = f"Douteuses, importées quand même : {report.doubtful}." if report.doubtful else ""
    columns = "Colonnes : " + ", ".join(f"{field}={column}" for field, column in report.columns.items())
    dry = "Essai à blanc : rien n’est écrit." if report.is_dry_run else ""
    return "\n".join(filter(None, [f"{name} : {report.read} lignes lues ({how})", columns, dry, f"{said}.", doubtful]))


def _titled(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""


def _remarks(remarks: Sequence[Remark], row: str, in_full: bool) -> list[str]:
    """Equal remarks share a line; of each kind only the first are shown."""
    kinds: dict[str, dict[tuple[str, str, str], list[int]]] = {}
    for remark in remarks:
        equal = kinds.setdefault(remark.code, {})
        equal.setdefault((remark.column, remark.said, remark.instead), []).append(remark.line)
    return [line for code, equal in kinds.items() for line in _kind(code, equal, row, in_full)]


def _kind(code: str, equal: dict[tuple[str, str, str], list[int]], row: str, in_full: bool) -> list[str]:
    said = [_line(code, what, lines, row, in_full) for what, lines in equal.items()]
    if in_full or len(said) <= SHOWN + 1:
        return said
    return [*said[:SHOWN], f"… et {len(said) - SHOWN} autres (--all les montre)"]


def _line(code: str, what: tuple[str, str, str], lines: list[int], row: str, in_full: bool) -> str:
    column, said, instead = what
    shown = lines if in_full or len(lines) <= LINES_SHOWN + 1 else lines[:LINES_SHOWN]
    where = f"{row}{'s' * (len(lines) > 1)} {', '.join(map(str, shown))}"
    more = f" et {len(lines) - len(shown)} autres" if len(lines) > len(shown) else ""
    place = f", {column}" if column else ""
    return f"{where}{more}{place} : {REMARKS[code].format(said=said, instead=instead)}"
