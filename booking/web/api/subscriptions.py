"""One's own subscriptions by a program: following something, a new link, and an end."""

from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import (
    InvalidField,
    NotAllowed,
    NotFound,
    SubscriptionRevoked,
    TooManySubscriptions,
)
from booking.services import subscriptions
from booking.services.subscriptions import Wish
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.api.subscription_views import LinksView, SubscriptionBody, SubscriptionChange, SubscriptionView

OVER = may_refuse(NotFound, SubscriptionRevoked, TooManySubscriptions)


class Subscriptions(Controller):
    """For everybody who works here; nobody sees those of another."""

    path = "/subscriptions"
    tags = ("subscriptions",)

    @get("/", summary="The calendars one follows", responses=may_refuse())
    async def list_own(self, call: NamedDependency[Call]) -> list[SubscriptionView]:
        """By name; those revoked within a month stand among them."""
        return [SubscriptionView.of(one) for one in await subscriptions.own(call.db, by=call.staff, now=call.now)]

    @post(
        "/",
        summary="Follow something",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, TooManySubscriptions, reads_body=True),
        response_headers=[sends("Location", "Where it is found.")],
    )
    async def create(self, data: JSONBody[SubscriptionBody], call: NamedDependency[Call]) -> Response[LinksView]:
        """The answer tells the secret link, and nothing tells it again."""
        wish = Wish(
            kind=data.kind,
            scope_id=data.scope_id,
            name=data.name.strip(),
            detail=data.detail,
            hides_cancelled=data.hides_cancelled,
        )
        issued = await subscriptions.create(call.db, wish, by=call.staff, now=call.now)
        where = f"/api/v1/subscriptions/{issued.subscription.id}"
        return Response(LinksView.of(issued, call.site), headers={"Location": where})

    @get("/{subscription_id:uuid}", summary="One calendar one follows", responses=may_refuse(NotFound))
    async def show(self, subscription_id: FromPath[UUID], call: NamedDependency[Call]) -> SubscriptionView:
        """Who read it last, and whether it is over."""
        return await _view(call, subscription_id)

    @put(
        "/{subscription_id:uuid}",
        summary="Change name, detail or cancelled meetings",
        responses=may_refuse(NotFound, InvalidField, reads_body=True),
    )
    async def change(
        self, subscription_id: FromPath[UUID], data: JSONBody[SubscriptionChange], call: NamedDependency[Call]
    ) -> SubscriptionView:
        """Its link stays; whoever follows it sees the change the next time."""
        wished = {"name": data.name.strip(), "detail": data.detail, "hides_cancelled": data.hides_cancelled}
        await subscriptions.change(call.db, subscription_id, **wished, by=call.staff, now=call.now)  # type: ignore[arg-type]
        return await _view(call, subscription_id)

    @delete("/{subscription_id:uuid}", summary="Follow it no more", responses=may_refuse(NotFound))
    async def revoke(self, subscription_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """For a month its link says so, and it can be restored."""
        await subscriptions.revoke(call.db, subscription_id, by=call.staff, now=call.now)

    @post("/{subscription_id:uuid}/rotation", summary="A new link", status_code=200, responses=OVER)
    async def rotate(self, subscription_id: FromPath[UUID], call: NamedDependency[Call]) -> LinksView:
        """The one before ends at once; the answer tells the new one, and nothing tells it again."""
        issued = await subscriptions.rotate(call.db, subscription_id, by=call.staff, now=call.now)
        return LinksView.of(issued, call.site)

    @post("/{subscription_id:uuid}/restoration", summary="Follow it again", status_code=200, responses=OVER)
    async def restore(self, subscription_id: FromPath[UUID], call: NamedDependency[Call]) -> SubscriptionView:
        """Within a month after it was revoked, by the same link."""
        await subscriptions.restore(call.db, subscription_id, by=call.staff, now=call.now)
        return await _view(call, subscription_id)


async def _view(call: Call, subscription_id: UUID) -> SubscriptionView:
    return SubscriptionView.of(await subscriptions.show(call.db, subscription_id, by=call.staff, now=call.now))
