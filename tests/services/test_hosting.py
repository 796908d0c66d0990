"""Sessions are planned where somebody hosts them."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from booking.domain.agencies import Phase
from booking.domain.errors import NotHosting
from booking.domain.identifiers import new_id
from booking.storage import sessions
from booking.storage.tables import agencies
from tests.given import NOW, World


@pytest.mark.parametrize("kind", [{"hosts": False}, {"phase": Phase.CLOSED}])
async def test_nothing_is_planned_where_nobody_hosts(world: World, kind: dict[str, object]) -> None:
    await _become(world, **kind)

    with pytest.raises(NotHosting):
        await world.draft()


@pytest.mark.parametrize("kind", [{"hosts": False}, {"phase": Phase.CLOSED}])
async def test_the_database_itself_refuses_what_no_service_looked_at(world: World, kind: dict[str, object]) -> None:
    known = await world.draft()
    await _become(world, **kind, phase_since=NOW)
    another = replace(known, id=new_id(NOW), meetings=(replace(known.meetings[0], id=new_id(NOW), room_id=None),))

    with pytest.raises(NotHosting):
        async with world.db.transaction() as tx:
            await sessions.add(tx, another)


async def _become(world: World, **said: object) -> None:
    async with world.db.transaction() as tx:
        await tx.run(update(agencies).values(said))
