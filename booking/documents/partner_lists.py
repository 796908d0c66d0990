"""The directory as a file: the national schema's CSV, with what is ours in columns of our own behind."""

import csv
import io
import re
from collections.abc import Iterable

from booking.documents.partner_vocabulary import TERMS
from booking.documents.session_lists import FORMULAS
from booking.domain.partners import Partner

# The columns of the schema, in its order, by the field that fills them.
SCHEMA = {
    "id": "reference",
    "pivot": "pivot",
    "nom": "name",
    "commune": "commune",
    "code_postal": "postcode",
    "code_insee": "insee",
    "adresse": "address",
    "complement_adresse": "address_extra",
    "latitude": "latitude",
    "longitude": "longitude",
    "typologie": "typology",
    "telephone": "phone",
    "courriels": "emails",
    "site_web": "websites",
    "horaires": "hours",
    "presentation_resume": "summary",
    "presentation_detail": "detail",
    "source": "source",
    "itinerance": "roaming",
    "structure_parente": "parent",
    "date_maj": "updated_on",
    "services": "services",
    "publics_specifiquement_adresses": "publics",
    "prise_en_charge_specifique": "care",
    "frais_a_charge": "fees",
    "dispositif_programmes_nationaux": "programmes",
    "formations_labels": "labels",
    "autres_formations_labels": "other_labels",
    "modalites_acces": "access",
    "modalites_accompagnement": "support",
    "fiche_acces_libre": "access_sheet",
    "prise_rdv": "booking_url",
}
OURS = {
    "categorie": "kind",
    "offres_solidaires": "offers",
    "courriel_orientation": "referral_email",
    "pour_venir": "directions",
}
COLUMNS = SCHEMA | OURS
# A telephone number in the form that the schema asks for is no formula.
PHONE = re.compile(r"\+\d+")


def csv_of(partners: Iterable[Partner]) -> str:
    """The directory with commas and strokes, as the schema asks; it comes back in as it is."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for partner in partners:
        table.writerow([_cell(partner, field) for field in COLUMNS.values()])
    return written.getvalue()


def _cell(partner: Partner, field: str) -> str:
    said = _said(partner, field)
    return f"'{said}" if said.startswith(FORMULAS) and not PHONE.fullmatch(said) else said


def _said(partner: Partner, field: str) -> str:
    if field == "reference":
        return partner.reference or str(partner.id)
    if field in TERMS:
        kept = getattr(partner, "services" if field == "offers" else field)
        return "|".join(word for term, word in TERMS[field].items() if term in kept)
    value = getattr(partner, field)
    return "" if value is None else str(value)
