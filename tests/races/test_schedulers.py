"""One scheduler or several, or none for an hour: everybody is told once."""

from datetime import timedelta
from pathlib import Path

import pytest

from booking.domain.messages import MessageState
from booking.services.reconciling import reconcile
from tests.given import DAY, NOW, World, in_days
from tests.given_crowds import a_crowd, by_text, seated
from tests.races.counting import Counted, counted
from tests.races.mortal import Post
from tests.races.storms import count, finish

REMINDERS = 150
MORNING = in_days(7, hour=0.1)


@pytest.mark.parametrize(("schedulers", "late"), [(1, 0), (4, 1)])
async def test_everybody_is_told_once(world: World, url: str, tmp_path: Path, schedulers: int, late: int) -> None:
    await seated(world.db, a_crowd(world, REMINDERS, [in_days(14)], NOW - DAY, by_text))
    await reconcile(world.db, NOW)

    await finish(url, Post(notebook=str(tmp_path / "texts")), MORNING + timedelta(hours=late), schedulers)

    assert counted(tmp_path / "texts") == Counted(told=REMINDERS, repeats=0, strange=0)
    assert await count(world.db, MessageState.ACCEPTED) == REMINDERS
