"""What a text will look like: filled in for an invented person, measured, and checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from booking.documents.gsm import ONE, ONE_WIDE, fold
from booking.documents.messages import own_words
from booking.documents.own_words import is_known
from booking.documents.texts import own_short_text
from booking.domain.agencies import Agency
from booking.domain.languages import ARABIC
from booking.domain.placeholders import allowed
from booking.domain.sites import Site
from booking.domain.wording_checks import Fault, faults
from booking.domain.wordings import MOST_SEGMENTS, Slot, Wording, WordingForm
from booking.services.wording_examples import details, example


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The words as they arrive, empty while a name in them is unknown. A text message takes ``segments`` of so many
    ``characters``; ``is_folded`` says that signs were changed for phones that lack them."""

    subject: str
    body: str
    segments: int
    characters: int
    per_segment: int
    is_folded: bool
    faults: Sequence[Fault]


def previewed(wording: Wording, agency: Agency | None, site: Site, now: datetime) -> Preview:
    """What becomes of this wording."""
    found = faults(wording.kind, wording.form, wording.subject, wording.body, _host(site))
    case = example(wording.kind, agency, now)
    told = details(case)
    subject, body, count, signs = "", "", 0, 0
    if wording.body and is_known(wording) and wording.form is WordingForm.SMS:
        text = own_short_text(wording, case, now, told, site)
        body, count, signs = text.body, text.segments, text.characters
        if count > MOST_SEGMENTS:
            found = [*found, Fault("body", "too-many-segments", said=str(count), instead=str(MOST_SEGMENTS))]
    elif wording.body and is_known(wording):
        said = own_words(wording, case, now, told, site)
        subject, body = said.subject, said.body
    return Preview(
        subject=subject,
        body=body,
        segments=count,
        characters=signs,
        per_segment=ONE if _is_basic(body) else ONE_WIDE,
        is_folded=_is_folded(wording),
        faults=found,
    )


def _is_basic(body: str) -> bool:
    return fold(body) == " ".join(body.split())


def _is_folded(wording: Wording) -> bool:
    plain = " ".join(wording.body.split())
    return wording.form is WordingForm.SMS and wording.language != ARABIC and fold(plain) != plain


def _host(site: Site) -> str:
    return site.url.split("://")[-1].split("/")[0].split(":")[0]


def example_values(slot: Slot, agency: Agency | None, site: Site, now: datetime) -> dict[str, str]:
    """What each name of a text message says to the invented person."""
    case = example(slot.kind, agency, now)
    told = details(case)
    one = Wording(
        id=case.booking.id,
        agency_id=slot.agency_id,
        kind=slot.kind,
        form=slot.form,
        language=slot.language,
        version=1,
        made_at=now,
        made_by=case.booking.booked_by,
    )
    names = allowed(slot.kind, slot.form)
    return {name: own_short_text(replace(one, body=f"{{{name}}}"), case, now, told, site).body for name in names}
