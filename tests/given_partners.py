"""Partners and leaflets: factories that take only what matters to a test."""

from io import BytesIO

from PIL import Image

from booking.domain.identifiers import new_id
from booking.domain.partner_terms import PartnerKind
from booking.domain.partners import Partner
from tests.given import NOW


def a_partner(name: str = "Espace des Clics", **known: object) -> Partner:
    """A place of digital mediation in Grenoble, unless told otherwise."""
    usual = {"kind": PartnerKind.MEDIATION, "postcode": "38000", "commune": "Grenoble", "created_at": NOW}
    return Partner(id=new_id(NOW), name=name, **(usual | known))  # type: ignore[arg-type]


def a_picture() -> bytes:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, "PNG")
    return file.getvalue()
