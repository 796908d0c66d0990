"""Closed ways by a program: seen, and opened again with a reason."""

import pytest

from booking.domain.job_seekers import Channel
from booking.domain.suppressions import Because
from booking.services import suppressing
from tests.given import NOW, SITE, World
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MOBILE = "+33639980101"


async def test_a_closed_way_is_seen_and_opened_again_once(world: World, programs: Programs) -> None:
    awa, ask = await world.job_seeker(phone=MOBILE), await programs.of(world.adviser)
    async with world.db.transaction() as tx:
        await suppressing.stop(tx, Channel.SMS, MOBILE, Because.STOP, site=SITE, now=NOW)
    path = f"/api/v1/job-seekers/{awa.id}/closed-ways"

    (one,) = (await ask("GET", path)).json()
    assert (one["channel"], one["because"], one["since"]) == ("sms", "stop", "2026-10-19T08:00:00Z")
    bare = await ask("POST", f"{path}/{one['id']}/lifting", {"because": ""})
    lifted = [await ask("POST", f"{path}/{one['id']}/lifting", {"because": "Elle le demande"}) for _ in range(2)]

    assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (422, "/because")
    assert [answer.status_code for answer in lifted] == [204, 412]
    assert (await ask("GET", path)).json() == []
