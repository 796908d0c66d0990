"""What a screen may follow: what whoever looks at it may see, and no list of another agency."""

import asyncio
from uuid import UUID

import pytest

from booking.domain.staff import Role
from booking.services.news import News, nouns_of
from booking.storage import errands
from booking.storage.constraints import Unavailable
from tests.given import NOW, an_agency, somebody

HERE, THERE = an_agency(), an_agency("Lyon Part-Dieu")


def places(said: str, role: Role = Role.ADVISER, *, everywhere: bool = False) -> set[UUID | None]:
    return {where for _, where in nouns_of(said, somebody(role, None if everywhere else HERE))}


@pytest.mark.parametrize("kind", ["a-faire", "a-rappeler", "a-decider", "orientations", "suivi", "imports"])
def test_the_lists_of_another_agency_are_not_followed(kind: str):
    assert places(kind) == places(f"{kind}.{HERE.id}") == {HERE.id}
    assert places(f"{kind}.{THERE.id}") == set()
    assert places(f"{kind}.{THERE.id}", Role.ADMINISTRATOR, everywhere=True) == {THERE.id}


@pytest.mark.parametrize("kind", ["agenda", "attente"])
def test_whoever_books_follows_the_seats_of_other_agencies(kind: str):
    assert places(f"{kind}.{THERE.id}") == {THERE.id}


@pytest.mark.parametrize("kind", ["exports", "actions"])
def test_what_is_made_for_somebody_is_followed_by_nobody_else(kind: str):
    one = somebody(Role.MANAGER, HERE)

    assert {where for _, where in nouns_of(f"{kind}.{THERE.id}", one)} == {one.id}


@pytest.mark.parametrize("said", ["", "rien", "session", "session.x", "a-faire.x.y.", "nulle-part.1"])
def test_a_word_that_nobody_knows_has_nothing_behind_it(said: str):
    assert places(said) <= {HERE.id}
    assert said.startswith("a-faire") or places(said) == set()


class Away:
    """A database that nobody reaches, and who asks it with whose patience."""

    def __init__(self) -> None:
        self.errands: list[object] = []

    def reading(self) -> object:
        self.errands.append(errands.current())
        raise Unavailable("nobody answers")


async def test_news_are_read_with_nobody_s_patience_who_has_lost_his():
    away = Away()
    news = News(away, lambda: NOW, seconds=0.001)  # type: ignore[arg-type]

    with errands.errand():
        async with news.following({}, NOW):
            await asyncio.sleep(0.05)

    assert len(away.errands) > 1 and set(away.errands) == {None}
