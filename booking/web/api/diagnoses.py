"""Diagnoses of people, what they suggest, and what the adviser decides, by a program."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.diagnoses import LONGEST_WORDS, Choice, Reason, Verdict
from booking.domain.errors import DiagnosisStands, InvalidField, NotAllowed, NotFound
from booking.services import choosing, diagnoses, job_seekers, looking
from booking.services.diagnoses import Known
from booking.web.api.booking_views import LONGEST_REASON, BookingView
from booking.web.api.bookings import ONCE, PLACED, SEATING, answer_to
from booking.web.api.conditions import Key, acting_once
from booking.web.api.questionnaire_views import Said, SuggestedView, Version
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call

Named = Annotated[str, msgspec.Meta(max_length=200, examples=["offer:solidarity_sim"])]
PLACE = sends("Location", "The address of the diagnosis.")


class DiagnosisBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """By question, what was answered; ``version`` is the questionnaire's, without one the version that counts."""

    answers: Said
    version: Version | None = None


class DecisionBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What was decided of a suggestion, by its key; ``verdict`` null reopens it. To set aside needs a ``reason``."""

    suggestion: Named
    verdict: Verdict | None
    reason: Reason | None = None
    words: Annotated[str, msgspec.Meta(max_length=LONGEST_WORDS)] = ""


class SeatBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The seat that comes of a suggestion, by its key."""

    suggestion: Named
    session_id: UUID
    because: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)] = ""


class ChoiceView(msgspec.Struct, kw_only=True):
    """A decision; ``booking_id`` is the seat that came of it."""

    suggestion: str
    verdict: Verdict
    reason: Reason | None
    words: str
    decided_at: datetime
    booking_id: UUID | None

    @classmethod
    def of(cls, choice: Choice) -> "ChoiceView":
        """The view of this decision."""
        return cls(**{name: getattr(choice, name) for name in cls.__struct_fields__})


class DiagnosisView(msgspec.Struct, kw_only=True):
    """A diagnosis with what the rules of its version suggest, and what was decided."""

    id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    version: int
    answered_at: datetime
    answers: dict[str, list[str]]
    suggestions: list[SuggestedView]
    decisions: list[ChoiceView]

    @classmethod
    def of(cls, known: Known) -> "DiagnosisView":
        """The view of this diagnosis."""
        made = known.diagnosis
        return cls(
            id=made.id,
            job_seeker_id=made.job_seeker_id,
            agency_id=made.agency_id,
            version=known.questionnaire.version,
            answered_at=made.answered_at,
            answers={question: list(given) for question, given in made.answers.items()},
            suggestions=[SuggestedView.of(one) for one in known.suggested],
            decisions=[ChoiceView.of(one) for one in known.choices],
        )


class DiagnosesOfPerson(Controller):
    """The diagnoses of one person."""

    path = "/job-seekers/{job_seeker_id:uuid}/diagnoses"
    tags = ("diagnoses",)

    @get("/", summary="The diagnoses of a person", responses=may_refuse(NotFound, NotAllowed))
    async def list_all(self, job_seeker_id: FromPath[UUID], call: NamedDependency[Call]) -> list[DiagnosisView]:
        """The last one first; that somebody looked is written down."""
        await looking.show(call.db, job_seeker_id, by=call.staff, now=call.now, way="diagnosis")
        return [DiagnosisView.of(one) for one in await diagnoses.of_person(call.db, job_seeker_id, by=call.staff)]

    @post(
        "/",
        summary="Keep a diagnosis",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, *ONCE, reads_body=True),
        response_headers=[PLACE],
    )
    async def answer(
        self, job_seeker_id: FromPath[UUID], data: JSONBody[DiagnosisBody], call: NamedDependency[Call], key: Key = None
    ) -> Response[DiagnosisView]:
        """Questions may be left out. It never changes: what is different later is another diagnosis."""
        once = acting_once(call.staff.id, key, "diagnose", job_seeker_id, data.answers, data.version)
        known = {"version": data.version, "once": once, "by": call.staff, "now": call.now}
        made = await diagnoses.answer(call.db, job_seeker_id, data.answers, **known)
        view = DiagnosisView.of(await diagnoses.show(call.db, made.id, by=call.staff))
        return Response(view, headers={"Location": f"/api/v1/diagnoses/{made.id}"}, status_code=201)


class Diagnoses(Controller):
    """One diagnosis."""

    path = "/diagnoses/{diagnosis_id:uuid}"
    tags = ("diagnoses",)

    @get("/", summary="One diagnosis", responses=may_refuse(NotFound, NotAllowed))
    async def show(self, diagnosis_id: FromPath[UUID], call: NamedDependency[Call]) -> DiagnosisView:
        """That somebody looked is written down."""
        found = await diagnoses.show(call.db, diagnosis_id, by=call.staff)
        person = await job_seekers.show(call.db, found.diagnosis.job_seeker_id, by=call.staff)
        await looking.note(call.db, person, by=call.staff, now=call.now, way="diagnosis")
        return DiagnosisView.of(found)

    @delete(
        "/",
        summary="Take back a diagnosis made by mistake",
        responses=may_refuse(NotFound, NotAllowed, DiagnosisStands),
    )
    async def take_back(self, diagnosis_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """Within ten minutes, if nothing came of it; nothing of it is kept."""
        await diagnoses.take_back(call.db, diagnosis_id, by=call.staff, now=call.now)

    @post(
        "/decisions",
        summary="Decide about a suggestion",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
    )
    async def decide(
        self, diagnosis_id: FromPath[UUID], data: JSONBody[DecisionBody], call: NamedDependency[Call]
    ) -> DiagnosisView:
        """To follow a channel makes it the one by which the person is reached. Deciding again replaces what was
        decided."""
        about = {"by": call.staff, "now": call.now}
        if data.verdict is None:
            await choosing.undecide(call.db, diagnosis_id, data.suggestion, **about)
        else:
            said = {"reason": data.reason, "words": data.words}
            await choosing.decide(call.db, diagnosis_id, data.suggestion, data.verdict, **said, **about)
        return DiagnosisView.of(await diagnoses.show(call.db, diagnosis_id, by=call.staff))

    @post(
        "/bookings",
        summary="Book the seat that a diagnosis suggests",
        responses=may_refuse(NotFound, NotAllowed, *SEATING, *ONCE, reads_body=True),
        response_headers=PLACED,
    )
    async def book(
        self, diagnosis_id: FromPath[UUID], data: JSONBody[SeatBody], call: NamedDependency[Call], key: Key = None
    ) -> Response[BookingView]:
        """In a session of a workshop that the suggestion means; the suggestion is followed by it."""
        asked = (diagnosis_id, data.suggestion, data.session_id, data.because)
        once = acting_once(call.staff.id, key, "book-suggested", *asked)
        known = {"because": data.because, "once": once, "by": call.staff, "now": call.now}
        return answer_to(await choosing.book(call.db, diagnosis_id, data.suggestion, data.session_id, **known), 201)
