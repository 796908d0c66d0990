"""The guides tell of what there is: whoever walks as they say meets every name they use."""

import pytest

from booking.web.pages.help_guides import GUIDES
from booking.web.pages.help_places import TOPICS
from tests.browser.windows import Windows
from tests.guides.seeing import readable, unseen
from tests.guides.walks import WALKS

# What only the worker puts there: tests/web/test_help.py knows that it is said on some page.
BY_THE_WORKER = {"a-faire": {"Quoi dire", "Toutes les lettres (PDF)"}}


@pytest.mark.parametrize("slug", WALKS)
def test_whoever_does_as_a_guide_says_meets_every_name_in_it(windows: Windows, slug: str):
    walk = WALKS[slug]
    with windows.of(walk.who) as page:
        seen = " ".join(readable(page) for _ in walk.steps(page))

    assert unseen(TOPICS[slug], seen) <= BY_THE_WORKER.get(slug, set())


def test_every_topic_of_a_guide_is_walked():
    assert {slug for guide in GUIDES.values() for slug in guide.topics} == set(WALKS)
