"""Which column of a file says what about an agency."""

from collections.abc import Mapping, Sequence

from booking.domain.job_seekers import folded
from booking.services.row_files import RowFile, UnreadableFile

# Names as French and English lists write them, the surest first; compared without accents, blanks and underscores.
GUESSES = {
    "reference": "id identifiant identifier reference ref cle key idagence agencyid idstructure uid numero",
    "code": "safir codesafir safircode codeagence codestructure agencycode code",
    "name": "nom nomagence name agencyname libelle libelleagence libellelong intitule denomination agence agency",
    "department": "codedepartement departmentcode departement department numdepartement dept dep",
    "insee": "codeinsee insee inseecode codecommune codeinseecommune citycode",
    "address": "adresse address adressepostale adresse1 rue street voie",
    "postcode": "codepostal cp postcode postalcode zipcode zip",
    "commune": "commune ville city town nomcommune localite municipality",
    "phone": "telephone tel phone phonenumber numerotelephone",
    "latitude": "lat latitude",
    "longitude": "lon lng long longitude",
    "time_zone": "timezone fuseau fuseauhoraire tz",
}
FIELDS = tuple(GUESSES)


def columns_of(file: RowFile, told: Mapping[str, str]) -> dict[str, str]:
    """By field, the column that holds it: the one told, or else the best guess.

    The key is the file's identifier, or its SAFIR code where it has none. Raises :class:`UnreadableFile` for a column
    that is not there, for a file without a header, and where the name, the key or the department cannot be found.
    """
    for column in told.values():
        if column not in file.columns:
            raise UnreadableFile("unknown-column", column=column, columns=file.columns)
    found = {field: told.get(field) or _guess(field, file.columns) for field in FIELDS}
    found["reference"] = found["reference"] or found["code"]
    named = {field: column for field, column in found.items() if column}
    if not named and any(c.isdigit() for c in "".join(file.columns)):
        raise UnreadableFile("no-header", columns=file.columns)
    _must_suffice(named, file.columns)
    return named


def _guess(field: str, columns: Sequence[str]) -> str | None:
    plain = {folded(column).replace(" ", ""): column for column in reversed(columns)}
    return next((plain[guess] for guess in GUESSES[field].split() if guess in plain), None)


def _must_suffice(named: Mapping[str, str], columns: Sequence[str]) -> None:
    missing = [field for field in ("name", "reference") if field not in named]
    if not named.keys() & {"department", "insee", "postcode"}:
        missing.append("department")
    if missing:
        raise UnreadableFile("missing-columns", missing=missing, columns=list(columns))
