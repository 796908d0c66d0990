"""The letter of a booking, to post or to hand over: in the person's language, in large print for who sees little."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup

from booking.documents import letters, qr
from booking.documents.letter_words import AROUND
from booking.documents.pdf.letters import batch, in_print
from booking.documents.pdf.letters import letter as printed_letter
from booking.documents.pdf.printing import printed
from booking.domain import links
from booking.domain.cases import Case
from booking.domain.codes import spaced
from booking.domain.errors import NotFound
from booking.domain.job_seekers import Need
from booking.domain.languages import ARABIC, FRENCH, SAID_IN
from booking.services import handing_letters, looking, messages
from booking.services.messages import Letter
from booking.web.pages.pdfs import as_pdf
from booking.web.pages.visits import Visit
from booking.web.pages.wording_words import LANGUAGES
from booking.web.rendering import Page


class LetterPages(Controller):
    """What is printed for one booking."""

    path = "/inscriptions"

    @get("/{booking_id:uuid}/papier")
    async def letter(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Page:
        """The letter to post or to hand over."""
        wish = visit.asked("langue")
        asked = wish if wish in SAID_IN else None
        letter = await _letter(visit, booking_id, asked)
        said = letter.words
        return visit.page(
            "bookings/letter.html",
            case=letter.case,
            subject=said.subject,
            in_french=letter.in_french.subject if said.language != FRENCH else "",
            blocks=letters.blocks(said.body, said.language),
            address=letters.address(letter.case.person),
            version=said.template,
            tongue=said.language,
            tongues=LANGUAGES,
            direction="rtl" if said.language == ARABIC else "ltr",
            own=AROUND[said.language],
            is_large=_is_large(visit, letter.case),
            in_print=in_print(said.language),
            message=visit.asked("message"),
            **_own_page(visit, letter.case),
        )

    @get("/{booking_id:uuid}/papier.pdf")
    async def paper(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[bytes]:
        """The same, set for a window envelope; Arabic is printed in French."""
        asked = in_print(visit.asked("langue"))
        letter = await _letter(visit, booking_id, asked if asked in SAID_IN else None)
        paper = as_printed(visit, letter)
        person = letter.case.person.name
        # By the day: the same letter, printed again the same day, is the same document.
        day = visit.now.replace(hour=0, minute=0, second=0, microsecond=0)
        content = await printed("letters", batch(f"{person} – {paper['subject']}", [paper]), day)
        version = paper["stub"]["version"]
        await handing_letters.printed(visit.db, letter, version, content, by=visit.staff, now=visit.now)
        return as_pdf(content, "lettre", person)


async def _letter(visit: Visit, booking_id: UUID, language: str | None) -> Letter:
    """The message that the address names, or what confirms the booking; that somebody looked is noted."""
    known = {"language": language, "by": visit.staff, "now": visit.now}
    letter = await messages.letter(visit.db, booking_id, message_id=_message_id(visit), **known)
    await looking.note(visit.db, letter.case.person, by=visit.staff, now=visit.now, way="paper")
    return letter


def _message_id(visit: Visit) -> UUID | None:
    asked = visit.asked("message")
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise NotFound(message_id=asked) from error


def as_printed(visit: Visit, letter: Letter) -> dict[str, Any]:
    """A letter as its template reads it; what cannot be printed in its language is in French."""
    said = letter.words if in_print(letter.words.language) == letter.words.language else letter.in_french
    in_french = letter.in_french.subject if said.language != FRENCH else ""
    link, is_large = _link(visit, letter.case), _is_large(visit, letter.case)
    return printed_letter(letter.case, said, visit.now, link=link, in_french=in_french, is_large=is_large)


def _is_large(visit: Visit, case: Case) -> bool:
    return visit.asked("gros", "1" if Need.SEES_LITTLE in case.person.needs else "0") == "1"


def _link(visit: Visit, case: Case) -> str:
    """The person's own page, unless it is over."""
    return links.address_of(case.booking, visit.site) if visit.now < links.expires_at(case) else ""


def _own_page(visit: Visit, case: Case) -> dict[str, object]:
    """The person's own page and its QR code, unless it is over."""
    address = _link(visit, case)
    drawing = Markup(qr.drawn(address)) if address else None  # noqa: S704 - drawn by us
    return {"own_page": address.partition("://")[2], "qr": drawing, "code": spaced(case.booking.code)}
