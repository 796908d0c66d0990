from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.freshness import etag, is_fresh, last_modified
from tests.calendars.given import utc

TODAY, TAG = date(2025, 3, 18), '"7"'
CHANGED = utc(2025, 3, 18, 8, 49, 37)
AT, BEFORE, AFTER = "Tue, 18 Mar 2025 08:49:37 GMT", "Tue, 18 Mar 2025 08:49:36 GMT", "Tue, 18 Mar 2025 08:49:38 GMT"


@pytest.mark.parametrize(
    ("if_none_match", "if_modified_since", "fresh"),
    [
        (None, None, False),
        ('"7"', None, True),
        ('W/"7"', None, True),
        ('"6"', None, False),
        ('"5", "6" , W/"7"', None, True),
        ('"5,"7"', None, False),
        ('"5","6"', None, False),
        ("*", None, True),
        (" * ", None, True),
        ("7", None, False),
        ("", None, False),
        ('"6"', AFTER, False),
        ("", AFTER, False),
        ('"7"', BEFORE, True),
        (None, AT, True),
        (None, AFTER, True),
        (None, BEFORE, False),
        (None, "Tuesday, 18-Mar-25 08:49:37 GMT", True),
        (None, "Tue Mar 18 08:49:37 2025", True),
        (None, "Tue, 18 Mar 2025 08:49:37 -0000", True),
        (None, "Tue, 18 Mar 2025 09:49:37 +0100", True),
        (None, "hier", False),
        (None, "", False),
        (None, "Tue, 18 Mar 99999999999999999999 08:49:37 GMT", False),
        (None, "Tue, 99 Mar 2025 08:49:37 GMT", False),
    ],
)
def test_a_copy_is_fresh(if_none_match, if_modified_since, fresh):
    assert is_fresh(if_none_match, if_modified_since, TAG, CHANGED) is fresh


headers = st.none() | st.text(st.characters(codec="latin-1"))


@given(headers, headers | st.text(alphabet="0123456789 :,-+GMTueMar"))
def test_no_header_can_break_the_question(if_none_match, if_modified_since):
    assert is_fresh(if_none_match, if_modified_since, TAG, CHANGED) in (True, False)


def test_a_tag_is_strong_and_stays_while_nothing_changes():
    assert etag(7, TODAY, "agence", "38G01") == etag(7, TODAY, "agence", "38G01")
    assert etag(7, TODAY)[0] == etag(7, TODAY)[-1] == '"'
    assert is_fresh(etag(7, TODAY), None, etag(7, TODAY), CHANGED)


def test_a_tag_changes_with_version_day_scope_and_renderer(monkeypatch):
    tags = {etag(7, TODAY), etag(8, TODAY), etag(7, TODAY + timedelta(days=1))}
    tags |= {etag(7, TODAY, *scope) for scope in (["a"], ["a", "b"], ["ab"], ["a', 'b"])}

    monkeypatch.setattr("calendars.freshness.RENDERER", 99)

    assert len(tags | {etag(7, TODAY)}) == 8


def test_a_feed_is_as_young_as_its_last_change():
    assert last_modified(CHANGED, utc(2025, 3, 18, 12), "Europe/Paris") == CHANGED


def test_a_feed_is_never_older_than_local_midnight():
    assert last_modified(utc(2025, 1, 1), utc(2025, 3, 18, 12), "Europe/Paris") == utc(2025, 3, 17, 23)
    assert last_modified(utc(2025, 1, 1), utc(2025, 3, 18, 12), "America/Cayenne") == utc(2025, 3, 18, 3)


def test_the_header_has_no_parts_of_a_second():
    changed = CHANGED.replace(microsecond=999999)

    assert last_modified(changed, changed, "Europe/Paris") == CHANGED
