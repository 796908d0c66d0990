"""Subscriptions, as programs write and read them."""

from datetime import datetime
from uuid import UUID

import msgspec

from booking.domain.feed_links import FeedLinks
from booking.domain.sites import Site
from booking.domain.subscriptions import Detail, FeedKind
from booking.services.subscriptions import Issued, Kept, Over


class SubscriptionChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How a calendar is called, and how much it shows: that somebody is busy, titles, or titles and places."""

    name: str
    detail: Detail = Detail.PLACE
    hides_cancelled: bool = False


class SubscriptionBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to follow: ``scope_id`` is the agency, the room or the workshop, and nothing for the other kinds.

    Without a name it is called after what it shows.
    """

    kind: FeedKind
    scope_id: UUID | None = None
    name: str = ""
    detail: Detail = Detail.PLACE
    hides_cancelled: bool = False


class SubscriptionView(msgspec.Struct, kw_only=True):
    """A calendar that one follows. ``last_client`` is the program that read it last; ``over`` says why it has ended."""

    id: UUID
    kind: FeedKind
    scope_id: UUID | None
    agency_id: UUID | None
    about: str
    name: str
    detail: Detail
    hides_cancelled: bool
    created_at: datetime
    rotated_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    last_client: str | None
    over: Over | None

    @classmethod
    def of(cls, kept: Kept) -> "SubscriptionView":
        """The view of this subscription."""
        named = [name for name in cls.__struct_fields__ if name not in ("about", "over")]
        own = {name: getattr(kept.subscription, name) for name in named}
        return cls(**own, about=kept.about, over=kept.over)


class LinksView(msgspec.Struct, kw_only=True):
    """The one time that a link is told: its secret, and the three addresses made of it."""

    id: UUID
    token: str
    url: str
    webcal: str
    google: str

    @classmethod
    def of(cls, issued: Issued, site: Site) -> "LinksView":
        """The links of a subscription just made, or of its new secret."""
        links = FeedLinks.of(site, issued.token)
        addresses = {"url": links.url, "webcal": links.webcal, "google": links.google}
        return cls(id=issued.subscription.id, token=issued.token, **addresses)
