"""When a subscription is over, and the three ways to take its link."""

from datetime import datetime

from booking.domain.feed_links import FeedLinks
from booking.domain.identifiers import new_id
from booking.domain.subscriptions import UNUSED, FeedKind, Subscription
from tests.given import DAY, NOW, SITE, in_days


def a_subscription(**known: object) -> Subscription:
    usual = {"kind": FeedKind.NETWORK, "scope_id": None, "agency_id": None, "name": "Tout", "created_at": NOW}
    return Subscription(id=new_id(NOW), owner_id=new_id(NOW), **(usual | known))  # type: ignore[arg-type]


def ended(now: datetime, owner_left_at: datetime | None = None, **known: object) -> datetime | None:
    return a_subscription(**known).ended_at(owner_left_at, now)


def test_it_lives_while_somebody_looks():
    assert ended(NOW) is None
    assert ended(NOW + UNUSED, last_used_at=in_days(1)) is None
    assert ended(NOW + UNUSED, rotated_at=in_days(1)) is None


def test_it_ends_when_nobody_looked_for_half_a_year():
    assert ended(NOW + UNUSED + DAY) == NOW + UNUSED
    assert ended(NOW + UNUSED + 3 * DAY, last_used_at=in_days(2)) == in_days(2) + UNUSED


def test_the_first_end_counts():
    assert ended(in_days(9), revoked_at=in_days(5)) == in_days(5)
    assert ended(in_days(9), in_days(3), revoked_at=in_days(5)) == in_days(3)
    assert ended(in_days(9), in_days(10)) is None


def test_one_secret_makes_three_links():
    links = FeedLinks.of(SITE, "t0ken")

    assert links.url == "https://ateliers.example/ical/t0ken/ateliers.ics"
    assert links.webcal == "webcal://ateliers.example/ical/t0ken/ateliers.ics"
    assert links.google == (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fateliers.example%2Fical%2Ft0ken%2Fateliers.ics"
    )
    assert "t0ken" not in repr(links)
