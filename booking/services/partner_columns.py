"""Which column of a file says what about a partner: the national schema's names, and those of other lists."""

from collections.abc import Mapping

from booking.services.row_columns import matched, must_have
from booking.services.row_files import RowFile

# The schema of digital-mediation places, version 1.0.1, comes first; then what else lists of places are called by.
GUESSES = {
    "reference": "id identifiant identifier reference ref uid numero",
    "source": "source producteur",
    "name": "nom name libelle intitule denomination structure",
    "kind": "categorie typepartenaire type kind",
    "typology": "typologie",
    "pivot": "pivot siret rna",
    "parent": "structureparente reseau",
    "address": "adresse address adressepostale rue voie",
    "address_extra": "complementadresse complement",
    "postcode": "codepostal cp postcode zip",
    "commune": "commune ville city town",
    "insee": "codeinsee insee codecommune citycode",
    "latitude": "latitude lat",
    "longitude": "longitude lon lng long",
    "phone": "telephone tel phone",
    "emails": "courriels courriel email mail emails",
    "referral_email": "courrielorientation",
    "websites": "siteweb site url web",
    "hours": "horaires horaire openinghours heuresouverture",
    "summary": "presentationresume resume",
    "detail": "presentationdetail presentation description",
    "directions": "pourvenir acces",
    "services": "services service",
    "offers": "offressolidaires",
    "publics": "publicsspecifiquementadresses publicsaccueillis publics",
    "care": "priseenchargespecifique",
    "fees": "fraisacharge conditionsacces frais",
    "access": "modalitesacces modaliteacces modalites",
    "support": "modalitesaccompagnement",
    "roaming": "itinerance",
    "programmes": "dispositifprogrammesnationaux labelsnationaux",
    "labels": "formationslabels labelsautres",
    "other_labels": "autresformationslabels",
    "access_sheet": "ficheacceslibre accessibilite",
    "booking_url": "priserdv",
    "updated_on": "datemaj maj datemiseajour",
}
FIELDS = tuple(GUESSES)


def columns_of(file: RowFile, told: Mapping[str, str]) -> dict[str, str]:
    """By field, the column that holds it. Raises :class:`UnreadableFile` where the name or the key cannot be found."""
    named = matched(file, told, GUESSES)
    must_have(named, ("name", "reference"), file)
    return named
