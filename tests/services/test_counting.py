"""Figures follow what happens: each is what the rows say, and following comes to the same as counting everything."""


from booking.services import counting
from tests.given import NOW, World, in_days
from tests.given_figures import by_sql, counted, everything, kept, live, some_sessions


async def test_figures_are_what_the_rows_say_after_any_deeds(world: World):
    sessions = await some_sessions(world)
    await counted(world, NOW)

    for turn in range(3):
        await live(world, sessions, seed=turn, deeds=25)
        await counted(world, in_days(10))

        assert await kept(world.db) == await by_sql(world.db, in_days(10)) != {}


async def test_following_comes_to_the_same_as_counting_everything(world: World):
    sessions = await some_sessions(world)
    for turn in range(3):
        await live(world, sessions, seed=10 + turn, deeds=20)
        await counted(world, in_days(10))
    followed = await everything(world.db)

    await counting.count_all(world.db, in_days(10))

    assert followed["session_figures"] and followed["step_figures"]
    assert await everything(world.db) == followed
