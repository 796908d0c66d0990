"""How many statements the ways of an office cost. Each is a way to the database and back, which is most of what a
request costs: one more must be meant.
"""

from tests.given import World
from tests.given_hot_paths import Office, heard_on_hot_paths
from tests.hot_paths import STATEMENTS


async def test_no_path_costs_more_statements_than_are_told(world: World):
    told = {name: counts[world.db.dialect] for name, counts in STATEMENTS.items()}

    async with Office.open(world) as office:
        heard = {name: len(found) for name, found in (await heard_on_hot_paths(office)).items()}

    assert heard.keys() == told.keys()
    more = {name: (told[name], count) for name, count in heard.items() if count > told[name]}
    assert not more, "(as told, as heard): look what asks the database again"
    fewer = {name: (told[name], count) for name, count in heard.items() if count < told[name]}
    assert not fewer, "(as told, as heard): well done; lower the numbers in tests/hot_paths.py"
