"""Evidence of what was handed over against signature, for a program."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath

from booking.domain.archives import PDF
from booking.domain.errors import EvidenceStands, NotAllowed, NotFound
from booking.domain.evidence import Deed, Evidence
from booking.domain.messages import MessageKind
from booking.services import evidence_logs, handing_letters, looking
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

FILE = ResponseSpec(bytes, generate_examples=False, media_type=PDF, description="PDF, PNG, JPEG or plain text.")


class EvidenceView(msgspec.Struct, kw_only=True):
    """One line of the log; ``about_id`` is the line that it takes back, or to which a scan was attached.

    ``document_hash`` is the SHA-256 of the document's bytes in hexadecimal, ``template`` the version of its text.
    """

    id: UUID
    deed: Deed
    at: datetime
    agency_id: UUID
    staff_id: UUID
    booking_id: UUID | None
    about_id: UUID | None
    document_hash: str | None
    kind: MessageKind | None
    template: str
    given_to: str
    because: str
    keep_until: datetime

    @classmethod
    def of(cls, line: Evidence) -> "EvidenceView":
        """The view of this line."""
        return cls(**{name: getattr(line, name) for name in cls.__struct_fields__})


class EvidenceOfBooking(Controller):
    """What was printed and handed over for a booking."""

    path = "/bookings/{booking_id:uuid}"
    tags = ("evidence",)

    @get("/evidence", summary="The log of evidence of a booking", responses=may_refuse(NotFound, NotAllowed))
    async def log(self, booking_id: FromPath[UUID], call: NamedDependency[Call]) -> list[EvidenceView]:
        """By time; a line never changes."""
        found = await evidence_logs.of_booking(call.db, booking_id, by=call.staff)
        await looking.note(call.db, found.person, by=call.staff, now=call.now, way="api")
        return [EvidenceView.of(line) for line in found.lines]

    @post("/hand-overs", summary="Note that the letter was handed over", responses=may_refuse(NotFound, NotAllowed))
    async def hand_over(self, booking_id: FromPath[UUID], call: NamedDependency[Call]) -> EvidenceView:
        """Of the PDF printed last, or else of the words of the letter; within ten minutes the same line again."""
        return EvidenceView.of(await handing_letters.hand_over(call.db, booking_id, by=call.staff, now=call.now))


class EvidenceLines(Controller):
    """One line of the log."""

    path = "/evidence/{evidence_id:uuid}"
    tags = ("evidence",)

    @post(
        "/undoing",
        summary="It was not handed over after all",
        responses=may_refuse(NotFound, NotAllowed, EvidenceStands),
    )
    async def undo(self, evidence_id: FromPath[UUID], call: NamedDependency[Call]) -> EvidenceView:
        """Within ten minutes; both lines stay."""
        return EvidenceView.of(await handing_letters.undo(call.db, evidence_id, by=call.staff, now=call.now))

    @get("/document", summary="The archived document", responses={200: FILE, **may_refuse(NotFound, NotAllowed)})
    async def document(self, evidence_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[bytes]:
        """The very bytes."""
        _, found = await evidence_logs.document(call.db, evidence_id, by=call.staff, now=call.now)
        return Response(found.content, media_type=found.media_type)
