"""Every page as it opens: nothing an auditor of accessibility would note, calm, light, and from nowhere else."""

import pytest

from tests.browser.doors import NO_PAGE, PAPER, address, doors, visitor
from tests.browser.looks import faults
from tests.browser.town import Town
from tests.browser.weights import MOST_SHIFT
from tests.browser.windows import Windows

MOST_BYTES, MOST_REQUESTS = 60_000, 20
# What nobody's world has is refused: those pages are looked at as they say so.
DRAFT = "/diagnostic/brouillon"
REFUSED = {
    "/sessions/copier-semaine": 404,
    "/o/{secret}": 410,
    DRAFT: 409,
    f"{DRAFT}/questions/{{part}}": 409,
    f"{DRAFT}/regles/{{part}}": 409,
}


@pytest.mark.parametrize("door", doors())
def test_a_page_is_right_for_everybody(windows: Windows, town: Town, door: str):
    with windows.of(visitor(door)) as page:
        watch = windows.watch(page)
        answer = page.goto(address(door, town.ids))

        assert answer is not None
        assert answer.status == REFUSED.get(door, 200)
        assert watch.told == [] or door in REFUSED
        assert watch.elsewhere == []
        assert page.locator("h1").count() == 1
        weight = watch.weight()
        assert weight.bytes <= MOST_BYTES
        assert weight.requests <= MOST_REQUESTS
        assert weight.shift <= MOST_SHIFT or door in PAPER
        assert faults(page, is_paper=door in PAPER) == {}


def test_every_door_is_a_page_or_named_as_none():
    assert len(doors()) > 100
    assert not [door for door in doors() if NO_PAGE.search(door)]
