"""What was handed over against signature: note it, add the signed stub, read the log, take it all away as one file."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath

from booking.domain.errors import InvalidField, Refused
from booking.services import evidence_exports, evidence_logs, handing_letters, looking
from booking.services.evidence_logs import Log
from booking.web.pages import evidence_words, words
from booking.web.pages.archived import as_bundle, as_document
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.uploads import LARGEST_SCAN

TEMPLATE = "evidence/log.html"


class EvidencePages(Controller):
    """For whoever may reach the person; a scan of a sheet also for who leads its meeting."""

    @get("/inscriptions/{booking_id:uuid}/preuves")
    async def of_booking(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Page:
        """The log of one booking."""
        return await _of_booking(visit, booking_id)

    @get("/personnes/{person_id:uuid}/preuves")
    async def of_person(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """The log of somebody, for all bookings."""
        log = await evidence_logs.of_person(visit.db, person_id, by=visit.staff)
        await looking.note(visit.db, log.person, by=visit.staff, now=visit.now, way="paper")
        return visit.page(TEMPLATE, **_shown(visit, log))

    @get("/inscriptions/{booking_id:uuid}/preuves.zip")
    async def file_of_booking(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[bytes]:
        """The log of one booking with its documents."""
        return as_bundle(*await evidence_exports.of_booking(visit.db, booking_id, by=visit.staff, now=visit.now))

    @get("/personnes/{person_id:uuid}/preuves.zip")
    async def file_of_person(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Response[bytes]:
        """The log of somebody with its documents."""
        return as_bundle(*await evidence_exports.of_person(visit.db, person_id, by=visit.staff, now=visit.now))

    @post("/inscriptions/{booking_id:uuid}/remise")
    async def hand_over(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """The letter was handed over."""
        await visit.form()
        await handing_letters.hand_over(visit.db, booking_id, by=visit.staff, now=visit.now)
        return see(f"/inscriptions/{booking_id}/preuves?fait=remis")

    @post("/preuves/{evidence_id:uuid}/annuler")
    async def undo(self, visit: NamedDependency[Visit], evidence_id: FromPath[UUID]) -> Answer:
        """It was not handed over after all."""
        await visit.form()
        line = await evidence_logs.line(visit.db, evidence_id, by=visit.staff)
        try:
            await handing_letters.undo(visit.db, evidence_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _of_booking(visit, line.booking_id, refusal)
        return see(f"/inscriptions/{line.booking_id}/preuves?fait=annulee")

    @post("/preuves/{evidence_id:uuid}/talon", request_max_body_size=LARGEST_SCAN)
    async def attach(self, visit: NamedDependency[Visit], evidence_id: FromPath[UUID]) -> Answer:
        """Add the stub that was signed."""
        line = await evidence_logs.line(visit.db, evidence_id, by=visit.staff)
        try:
            _, file = await visit.upload("file")
            await handing_letters.attach_stub(visit.db, evidence_id, file, by=visit.staff, now=visit.now)
        except RequestEntityTooLarge:
            too_large = InvalidField(fields={"file": "scan-too-large"})
            return await _of_booking(visit, line.booking_id, too_large, evidence_id)
        except InvalidField as refusal:
            return await _of_booking(visit, line.booking_id, refusal, evidence_id)
        return see(f"/inscriptions/{line.booking_id}/preuves?fait=joint")

    @post("/preuves/{evidence_id:uuid}/retrait")
    async def remove(self, visit: NamedDependency[Visit], evidence_id: FromPath[UUID]) -> Answer:
        """A scan does not belong there."""
        because = (await visit.form()).get("because")
        line = await evidence_logs.line(visit.db, evidence_id, by=visit.staff)
        try:
            await evidence_logs.remove_scan(visit.db, evidence_id, because, by=visit.staff, now=visit.now)
        except Refused as refusal:
            if line.meeting_id:
                raise
            return await _of_booking(visit, line.booking_id, refusal, evidence_id, because)
        about = f"presence/{line.meeting_id}/feuilles" if line.meeting_id else f"inscriptions/{line.booking_id}/preuves"
        return see(f"/{about}?fait=retire")

    @get("/preuves/{evidence_id:uuid}/document")
    async def document(self, visit: NamedDependency[Visit], evidence_id: FromPath[UUID]) -> Response[bytes]:
        """The paper that was printed or handed over, or the scan."""
        line, found = await evidence_logs.document(visit.db, evidence_id, by=visit.staff, now=visit.now)
        return as_document(found, line.at)


async def _of_booking(
    visit: Visit, booking_id: UUID, refusal: Refused | None = None, wrong: UUID | None = None, because: str = ""
) -> Page:
    log = await evidence_logs.of_booking(visit.db, booking_id, by=visit.staff)
    await looking.note(visit.db, log.person, by=visit.staff, now=visit.now, way="paper")
    shown = _shown(visit, log) | {"booking_id": booking_id, "wrong": wrong, "because": because}
    return visit.refused(TEMPLATE, refusal, **shown) if refusal else visit.page(TEMPLATE, **shown)


def _shown(visit: Visit, log: Log) -> dict[str, object]:
    return {
        "log": log,
        "booking_id": None,
        "wrong": None,
        "zone": log.zone,
        "person": log.person,
        "done": evidence_words.DONE.get(visit.asked("fait")),
        "said": evidence_words,
        "words": words,
    }
