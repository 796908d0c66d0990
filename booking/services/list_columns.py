"""Which column of a list says what about people, or about what they came to."""

from collections.abc import Mapping, Sequence

from booking.domain.imports import ListKind
from booking.domain.job_seekers import folded
from booking.services.row_files import RowFile, UnreadableFile

# Names as French and English lists write them, the surest first; compared without accents, blanks and underscores.
PERSON = {
    "identifier": "identifiant idde identifiantde numerode matricule identifier numero id",
    "last_name": "nom nomdefamille nomusage nomusuel lastname surname",
    "first_name": "prenom prenoms firstname",
    "birth_year": "anneedenaissance anneenaissance naissance datedenaissance datenaissance birthyear birthdate",
    "phone": "telephone tel portable mobile telephoneportable telephonemobile phone",
}
GUESSES: Mapping[ListKind, Mapping[str, str]] = {
    ListKind.PEOPLE: {
        **PERSON,
        "email": "email mail courriel adresseemail adressemail emailaddress",
        "address": "adresse adressepostale rue voie address street",
        "postcode": "codepostal cp postcode zip",
        "commune": "commune ville city",
        "preferred": "canal canalprefere contactprefere preference preferred channel",
        "language": "langue langueaide language",
    },
    ListKind.HISTORY: {
        "workshop": "atelier workshop theme codetheme titre intitule",
        "day": "date jour day",
        "begins": "debut heuredebut heure start datedebut",
        "ends": "fin heurefin end datefin datefinprevue",
        "minutes": "duree dureeminutes minutes",
        "key": "session idsession identifiantsession numerosession cycle",
        "agency": "agence codeagence safir codesafir agency",
        **PERSON,
        "mark": "presence statut present etat attendance status",
        "reason": "motif raison reason",
        "booked_on": "inscritle dateinscription datedinscription bookedon",
    },
}
# Of each of these, one column at least.
NEEDED: Mapping[ListKind, Sequence[tuple[str, ...]]] = {
    ListKind.PEOPLE: (("last_name",), ("first_name",)),
    ListKind.HISTORY: (("workshop",), ("begins",), ("identifier", "last_name"), ("mark",)),
}


def guessed(kind: ListKind, columns: Sequence[str], usual: Mapping[str, str]) -> dict[str, str]:
    """By field, the column that holds it: the one of the last list if it is there, or else the best guess."""
    plain = {folded(column).replace(" ", ""): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for name, guesses in GUESSES[kind].items():
        candidates = (usual.get(name), *(plain.get(one) for one in guesses.split()))
        guess = next((one for one in candidates if one in columns), None)
        # One column says one thing; the last list may have called another thing so.
        if guess and guess not in found.values():
            found[name] = guess
    return found


def checked(kind: ListKind, file: RowFile, told: Mapping[str, str]) -> dict[str, str]:
    """The columns as somebody told them, those not told left out.

    Raises :class:`UnreadableFile` for a column that is not there, and where one is missing.
    """
    found = {name: column for name, column in told.items() if column and name in GUESSES[kind]}
    for column in found.values():
        if column not in file.columns:
            raise UnreadableFile("unknown-column", column=column, columns=file.columns)
    missing = [names[0] for names in NEEDED[kind] if not any(name in found for name in names)]
    if missing:
        raise UnreadableFile("missing-list-columns", missing=missing, columns=file.columns)
    return found
