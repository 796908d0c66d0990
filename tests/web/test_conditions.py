"""Conditions of a program's request: which version it changes, a key so that it acts once, a page, an instant."""

from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from booking.domain.errors import Refused
from booking.domain.identifiers import new_id
from booking.web.api.conditions import NO_VERSION, acting_once, etag, version_if_said, version_of
from booking.web.api.instants import asked, near
from booking.web.api.paging import Page, cursor
from booking.web.errors import InvalidRequest, VersionMissing
from tests.given import NOW

NADIA = new_id(NOW)
MOMENT = timedelta(seconds=1)
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def fields(refused: pytest.ExceptionInfo[Refused]) -> dict[str, str]:
    return refused.value.facts["fields"]


class TestVersions:
    def test_the_tag_of_a_version_says_which_it_is(self):
        assert [version_of(etag(n)) for n in (0, 7, 999_999_999)] == [0, 7, 999_999_999]
        assert version_of(' "7" ') == 7

    def test_a_star_is_any_version(self):
        assert version_of(" * ") is None

    @pytest.mark.parametrize("said", ['W/"7"', "7", '"7', '""', '"-1"', '"7", "8"', '"1234567890"', "", '"7"x'])
    def test_whatever_is_no_tag_of_ours_is_a_version_that_nothing_has(self, said):
        assert version_of(said) == NO_VERSION

    def test_a_change_says_which_version_it_changes(self):
        with pytest.raises(VersionMissing):
            version_of(None)

    def test_where_it_may_be_left_out_it_is_any(self):
        assert version_if_said(None) is None
        assert version_if_said('"7"') == 7


class TestKeys:
    def test_a_request_without_a_key_is_not_protected(self):
        assert acting_once(NADIA, None, "book", 1) is None

    def test_the_same_key_for_the_same_is_the_same(self):
        assert acting_once(NADIA, "a", "book", {"x": 1, "y": 2}) == acting_once(NADIA, "a", "book", {"y": 2, "x": 1})

    def test_the_same_key_for_something_else_is_told_apart(self):
        one, other = acting_once(NADIA, "a", "book", 1), acting_once(NADIA, "a", "book", 2)

        assert one.key == other.key and one.fingerprint != other.fingerprint

    @pytest.mark.parametrize("key", ["!", "~" * 255, "7b1c-4e"])
    def test_a_key_is_of_visible_signs(self, key):
        assert acting_once(NADIA, key).key == key

    @pytest.mark.parametrize("key", ["", " ", "a b", "é", "a\n", "~" * 256])
    def test_anything_else_is_no_key(self, key):
        with pytest.raises(InvalidRequest) as refused:
            acting_once(NADIA, key)

        assert fields(refused) == {"Idempotency-Key": "wrong-type"}


def a_page(after: str | None = None, limit: int = 2, **query: str) -> Page:
    request = SimpleNamespace(query_params=query, url=SimpleNamespace(path="/api/v1/sessions"))
    return Page(request, after, limit)


class TestPages:
    def test_one_more_is_looked_for_than_is_shown(self):
        assert a_page(limit=50).most == 51

    def test_where_a_page_ended_the_next_begins(self):
        place = (NOW, NADIA)

        assert a_page(cursor(*place)).behind(tuple[datetime, type(NADIA)]) == place

    def test_the_first_page_begins_at_the_beginning(self):
        assert a_page().behind(tuple[int]) is None

    @pytest.mark.parametrize("said", ["", "x", "é", "AAAA", cursor("huit"), cursor(1, 2), "=" * 4])
    def test_a_place_that_is_none_of_ours_is_refused(self, said):
        with pytest.raises(InvalidRequest) as refused:
            a_page(said).behind(tuple[int])

        assert fields(refused) == {"after": "wrong-type"}

    def test_the_last_page_leads_nowhere(self):
        assert a_page().following([1, 2], 2) is None

    def test_any_other_leads_on_with_what_was_asked(self):
        address = a_page(workshop="7", after="old").following([1, 2, 3], 2)

        assert address == f"/api/v1/sessions?workshop=7&after={cursor(2)}"


class TestInstants:
    def test_an_instant_is_one_in_utc(self):
        said = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=1)))

        assert near(said).isoformat() == "2026-11-24T08:30:00+00:00"
        assert asked("from", said) == said

    @pytest.mark.parametrize("instant", [FIRST, LAST])
    def test_a_century_is_reached(self, instant):
        assert near(instant) == instant

    @pytest.mark.parametrize("instant", [FIRST - MOMENT, LAST + MOMENT])
    def test_and_nothing_beyond(self, instant):
        with pytest.raises(InvalidRequest) as refused:
            asked("from", instant)

        assert fields(refused) == {"from": "out-of-range"}

    def test_without_a_zone_it_could_be_any(self):
        with pytest.raises(InvalidRequest) as refused:
            asked("from", datetime(2026, 11, 24, 9, 30))

        assert fields(refused) == {"from": "no-time-zone"}

    def test_nothing_asked_is_nothing(self):
        assert asked("from", None) is None
