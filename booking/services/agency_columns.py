"""Which column of a file says what about an agency."""

from collections.abc import Mapping

from booking.services.row_columns import matched, must_have
from booking.services.row_files import RowFile

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
    named = matched(file, told, GUESSES)
    if "reference" not in named and "code" in named:
        named["reference"] = named["code"]
    is_placed = named.keys() & {"department", "insee", "postcode"}
    must_have(named, ("name", "reference") if is_placed else ("name", "reference", "department"), file)
    return named
