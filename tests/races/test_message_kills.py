"""Workers killed at each step and at any moment: nothing is lost, and what is said twice is known as a repeat.

The long form, 200 kills and 10,000 reminders for each kind of provider: ./dev kills
"""

from pathlib import Path

from booking.domain.messages import MessageState
from booking.services.reconciling import reconcile
from tests.delivery.servers import Inbox, smtp_server
from tests.given import DAY, NOW, World, in_days
from tests.given_crowds import a_crowd, mixed, seated
from tests.given_lives import lived, undrawn, watch
from tests.races.counting import counted
from tests.races.mortal import Post, Step
from tests.races.storms import Victim, count, finish, storm

VICTIMS = [*(Victim(step, 7 if step in (Step.CALLING, Step.TAKEN) else 1) for step in Step), Victim(None), Victim(None)]
REMINDERS = 240
MORNING = in_days(7, hour=0.1)


async def test_kills_lose_nothing_and_repeat_only_what_was_under_way(world: World, url: str, tmp_path: Path) -> None:
    await seated(world.db, a_crowd(world, REMINDERS, [in_days(14)], NOW - DAY, mixed))
    await reconcile(world.db, NOW)
    await watch(world.db)
    inbox, notebook = Inbox(), tmp_path / "texts"

    with smtp_server(inbox) as smtp:
        post = Post(smtp, str(notebook))
        over = await storm(world.db, url, post, VICTIMS, 2, MORNING)
        await finish(url, post, over.now or MORNING)

    mails, texts = counted(inbox), counted(notebook)
    assert over.kills == len(VICTIMS) and not over.ended["nothing left to do"]
    assert mails.told + texts.told == REMINDERS
    assert (mails.strange, texts.strange) == (0, 0)
    assert mails.repeats + texts.repeats <= over.in_flight
    assert await count(world.db, MessageState.ACCEPTED) == REMINDERS
    assert not undrawn(await lived(world.db))
