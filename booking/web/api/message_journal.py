"""The journal of messages by a program, and what may be done about one: stop it, send it now, say it again."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter

from booking.domain.errors import (
    MessageForPeople,
    MessageLeaving,
    MessageSettled,
    MessageUntrue,
    NotAllowed,
    NotFound,
)
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.services import journals, message_deeds
from booking.storage.journal import Sought
from booking.web.api.instants import asked
from booking.web.api.message_views import CopiesView, HurriedView, JournalPage, LineView
from booking.web.api.paging import PAGED, Page
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

State = Annotated[MessageState | None, QueryParameter(name="state", description="Only in this state.")]
Kind = Annotated[MessageKind | None, QueryParameter(name="kind", description="Only of this kind.")]
Way = Annotated[Channel | None, QueryParameter(name="channel", description="Only those that took this channel.")]
Agency = Annotated[UUID | None, QueryParameter(name="agency", description="Only to people of this agency.")]
SessionId = Annotated[UUID | None, QueryParameter(name="session", description="Only about this session.")]
BookingId = Annotated[UUID | None, QueryParameter(name="booking", description="Only about this booking.")]
PersonId = Annotated[UUID | None, QueryParameter(name="job_seeker", description="Only to this person.")]
From = Annotated[datetime | None, QueryParameter(name="from", description="Only those due then or later.")]
Before = Annotated[datetime | None, QueryParameter(name="before", description="Only those due earlier.")]
WAITING = may_refuse(NotFound, NotAllowed, MessageLeaving, MessageForPeople, MessageSettled)
PLANNING = may_refuse(NotFound, NotAllowed, MessageLeaving, MessageForPeople, MessageSettled, MessageUntrue)


def _about(
    agency: Agency = None, session: SessionId = None, booking: BookingId = None, job_seeker: PersonId = None
) -> Sought:
    return Sought(
        agency_ids=[agency] if agency else None,
        session_id=session,
        booking_id=booking,
        job_seeker_ids=[job_seeker] if job_seeker else None,
    )


ABOUT = {"about": Provide(_about, sync_to_thread=False)}


class MessageJournal(Controller):
    """What left, what waits, what failed and why."""

    path = "/messages"
    tags = ("messages",)

    @get("/", summary="The journal of messages", responses=may_refuse(NotFound, NotAllowed), dependencies=PAGED | ABOUT)
    async def find(
        self,
        page: NamedDependency[Page],
        about: NamedDependency[Sought],
        call: NamedDependency[Call],
        in_state: State = None,
        kind: Kind = None,
        channel: Way = None,
        due_from: From = None,
        due_before: Before = None,
    ) -> JournalPage:
        """In one's agencies, the latest written first, each with its tries."""
        place: tuple[UUID] | None = page.behind(tuple[UUID])
        sought = replace(
            about,
            states=[in_state] if in_state else None,
            kind=kind,
            channel=channel,
            due_from=asked("from", due_from),
            due_before=asked("before", due_before),
            after=place[0] if place else None,
            most=page.most,
        )
        around = {"machines": call.machines, "by": call.staff, "now": call.now, "site": call.site}
        found = await journals.find(call.db, sought, **around)
        shown = found[: page.limit]
        last = [line.message.id for line in shown[-1:]]
        return JournalPage([LineView.of(line) for line in shown], page.following(found, *last))

    @post("/{message_id:uuid}/stop", summary="Stop a message", status_code=200, responses=WAITING)
    async def stop(self, message_id: FromPath[UUID], call: NamedDependency[Call]) -> LineView:
        """It will not be said. Nothing happens the second time."""
        await message_deeds.stop(call.db, message_id, by=call.staff, now=call.now)
        return await _line(call, message_id)

    @delete("/{message_id:uuid}/stop", summary="Plan it again", status_code=200, responses=PLANNING)
    async def plan_again(self, message_id: FromPath[UUID], call: NamedDependency[Call]) -> LineView:
        """What was stopped waits again for its hour."""
        await message_deeds.plan_again(call.db, message_id, by=call.staff, now=call.now)
        return await _line(call, message_id)

    @post("/{message_id:uuid}/sending", summary="Send it now", status_code=202, responses=WAITING)
    async def send_now(self, message_id: FromPath[UUID], call: NamedDependency[Call]) -> HurriedView:
        """Due now: a worker sends it by its own rules, and outside its hours it waits for them."""
        known = {"machines": call.machines, "by": call.staff, "now": call.now, "site": call.site}
        return HurriedView.of(await message_deeds.send_now(call.db, message_id, **known))

    @post(
        "/{message_id:uuid}/resending",
        summary="Say it again",
        status_code=202,
        responses=may_refuse(NotFound, NotAllowed, MessageSettled, MessageUntrue),
    )
    async def resend(self, message_id: FromPath[UUID], call: NamedDependency[Call]) -> LineView:
        """As a new message about the booking as it is now; the second time the one that was made the first time."""
        copy = await message_deeds.resend(call.db, message_id, by=call.staff, now=call.now)
        return await _line(call, copy.id)


class AgencyMessages(Controller):
    """The messages of one agency."""

    path = "/agencies/{agency_id:uuid}/resendings"
    tags = ("messages",)

    @post("/", summary="Say again all that failed", status_code=202, responses=may_refuse(NotFound, NotAllowed))
    async def resend_dead(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> CopiesView:
        """Each dead message that is still true, once."""
        return CopiesView(await message_deeds.resend_dead(call.db, agency_id, by=call.staff, now=call.now))


async def _line(call: Call, message_id: UUID) -> LineView:
    around = {"machines": call.machines, "by": call.staff, "now": call.now, "site": call.site}
    line = await journals.show(call.db, message_id, **around)
    return LineView.of(line)
