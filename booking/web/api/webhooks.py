"""Webhooks by a program: who is told what happens, what was told, and telling it again."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, ReceiverDisabled
from booking.domain.identifiers import new_id
from booking.domain.signatures import secrets_of, written
from booking.domain.webhooks import Endpoint
from booking.services import webhook_trials, webhooks
from booking.web.api.instants import Instant
from booking.web.api.paging import PAGED, Page
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.api.webhook_views import (
    DeliveriesPage,
    DeliveryView,
    SecretView,
    WebhookBody,
    WebhookChange,
    WebhookView,
)

SEEN = may_refuse(NotFound, NotAllowed)
TRIED = may_refuse(NotFound, NotAllowed, ReceiverDisabled)


class Webhooks(Controller):
    """For administrators, of the network or of one agency."""

    path = "/webhooks"
    tags = ("webhooks",)

    @get("/", summary="Who is told what happens", responses=may_refuse(NotAllowed))
    async def list_all(self, call: NamedDependency[Call]) -> list[WebhookView]:
        """By name; those of the whole network for its own administrators only."""
        return [WebhookView.of(one) for one in await webhooks.every(call.db, by=call.staff)]

    @post(
        "/",
        summary="Tell a program what happens from now on",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
        response_headers=[sends("Location", "Where it is found.")],
    )
    async def add(self, data: JSONBody[WebhookBody], call: NamedDependency[Call]) -> Response[WebhookView]:
        """What happened before is not told."""
        made = _endpoint(new_id(call.now), data, call, data.agency_id)
        added = await webhooks.add(call.db, made, by=call.staff, now=call.now)
        return Response(WebhookView.of(added), headers={"Location": f"/api/v1/webhooks/{added.id}"})

    @get("/{webhook_id:uuid}", summary="One webhook", responses=SEEN)
    async def show(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> WebhookView:
        """Whether it is told anything at present, and why not."""
        return WebhookView.of(await webhooks.show(call.db, webhook_id, by=call.staff))

    @put(
        "/{webhook_id:uuid}",
        summary="Change name, address or events",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
    )
    async def change(
        self, webhook_id: FromPath[UUID], data: JSONBody[WebhookChange], call: NamedDependency[Call]
    ) -> WebhookView:
        """Its secret and its agency stay."""
        wished = _endpoint(webhook_id, data, call, None)
        return WebhookView.of(await webhooks.change(call.db, wished, by=call.staff, now=call.now))

    @delete("/{webhook_id:uuid}", summary="Remove a webhook", responses=SEEN)
    async def remove(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """With all it was told."""
        await webhooks.remove(call.db, webhook_id, by=call.staff, now=call.now)

    @get("/{webhook_id:uuid}/secret", summary="What signs", responses=SEEN)
    async def secret(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> SecretView:
        """The secret that receivers check signatures with."""
        return _secrets(await webhooks.show(call.db, webhook_id, by=call.staff), call)

    @post("/{webhook_id:uuid}/secret", summary="A new secret", status_code=200, responses=SEEN)
    async def rotate(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> SecretView:
        """For a day the one before signs, too."""
        return _secrets(await webhooks.rotate(call.db, webhook_id, by=call.staff, now=call.now), call)

    @post("/{webhook_id:uuid}/pause", summary="Tell it nothing more", status_code=200, responses=SEEN)
    async def disable(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> WebhookView:
        """What was planned waits."""
        return WebhookView.of(await webhooks.disable(call.db, webhook_id, by=call.staff, now=call.now))

    @delete("/{webhook_id:uuid}/pause", summary="Tell it again", status_code=200, responses=SEEN)
    async def enable(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> WebhookView:
        """What happens from now on, and what was planned before the pause; what happened during it is not told."""
        return WebhookView.of(await webhooks.enable(call.db, webhook_id, by=call.staff, now=call.now))

    @post("/{webhook_id:uuid}/test", summary="Send a test", status_code=202, responses=TRIED)
    async def try_out(self, webhook_id: FromPath[UUID], call: NamedDependency[Call]) -> DeliveryView:
        """The event `webhook.test`, to this program only."""
        return DeliveryView.of(await webhook_trials.try_out(call.db, webhook_id, by=call.staff, now=call.now))


class WebhookDeliveries(Controller):
    """What a program was told."""

    path = "/webhooks/{webhook_id:uuid}/deliveries"
    tags = ("webhooks",)

    @get("/", summary="What was told", responses=SEEN, dependencies=PAGED)
    async def find(
        self, webhook_id: FromPath[UUID], page: NamedDependency[Page], call: NamedDependency[Call]
    ) -> DeliveriesPage:
        """The latest first, kept for six months."""
        before: tuple[datetime, UUID] | None = page.behind(tuple[Instant, UUID])
        told = await webhooks.told(call.db, webhook_id, by=call.staff, most=page.most, before=before)
        shown = told.deliveries[: page.limit]
        last = [part for one in shown[-1:] for part in (one.created_at, one.id)]
        return DeliveriesPage([DeliveryView.of(one) for one in shown], page.following(told.deliveries, *last))

    @post("/{delivery_id:uuid}/replay", summary="Tell it again", status_code=202, responses=TRIED)
    async def replay(
        self, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID], call: NamedDependency[Call]
    ) -> DeliveryView:
        """The same thing under the same `webhook-id`, at once."""
        return DeliveryView.of(
            await webhook_trials.replay(call.db, webhook_id, delivery_id, by=call.staff, now=call.now)
        )


def _endpoint(id: UUID, data: WebhookChange, call: Call, agency_id: UUID | None) -> Endpoint:
    return Endpoint(
        id=id,
        agency_id=agency_id,
        name=data.name.strip(),
        url=data.url.strip(),
        events=tuple(dict.fromkeys(data.events)),
        created_by=call.staff.id,
        created_at=call.now,
    )


def _secrets(endpoint: Endpoint, call: Call) -> SecretView:
    return SecretView([written(secret) for secret in secrets_of(call.site.secret, endpoint, call.now)])
