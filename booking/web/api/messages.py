"""What only a person can say or hand over: the list to call and to print, and ticking it off."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from booking.services import to_do
from booking.services.to_do import ToDo
from booking.web.api.booking_views import MessageView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class ToDoView(msgspec.Struct, kw_only=True):
    """Something to say to somebody. ``script`` is for the phone and null for paper, which says ``body``."""

    id: UUID
    kind: MessageKind
    channel: Channel | None
    agency_id: UUID
    booking_id: UUID
    job_seeker_id: UUID
    first_name: str
    last_name: str
    phone: str | None
    due_at: datetime
    not_after: datetime
    attempts: int
    subject: str
    body: str
    script: str | None
    outcomes: list[str]

    @classmethod
    def of(cls, item: ToDo) -> "ToDoView":
        """The view of this item."""
        message, person = item.message, item.case.person
        return cls(
            id=message.id,
            kind=message.kind,
            channel=message.channel,
            agency_id=message.agency_id,
            booking_id=message.booking_id,
            job_seeker_id=message.job_seeker_id,
            first_name=person.first_name,
            last_name=person.last_name,
            phone=person.phone,
            due_at=message.due_at,
            not_after=message.not_after,
            attempts=message.attempts,
            subject=item.words.subject,
            body=item.words.body,
            script=item.script,
            outcomes=list(item.outcomes),
        )


class OutcomeBody(msgspec.Struct, forbid_unknown_fields=True):
    """How it ended: one of the ``outcomes`` of the item. A call that reached nobody stays to do."""

    outcome: str


class Messages(Controller):
    """Messages that wait for a person."""

    path = "/messages"
    tags = ("messages",)

    @get("/to-do", summary="What is to be said or handed over", responses=may_refuse(NotAllowed))
    async def to_do(self, call: NamedDependency[Call]) -> list[ToDoView]:
        """In one's agencies, the most pressing first, 500 at most."""
        return [ToDoView.of(item) for item in await to_do.to_do(call.db, by=call.staff, now=call.now)]

    @post(
        "/{message_id:uuid}/outcome",
        summary="Tick it off",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, StaleEdit, reads_body=True),
    )
    async def settle(
        self, message_id: FromPath[UUID], data: JSONBody[OutcomeBody], call: NamedDependency[Call]
    ) -> MessageView:
        """Said, handed over, or tried in vain."""
        message = await to_do.done(call.db, message_id, data.outcome, by=call.staff, now=call.now)
        return MessageView.of(message, message.channel)
