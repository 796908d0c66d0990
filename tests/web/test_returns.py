"""The door for providers: who has no proof learns nothing, who has one is written down and answered at once."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.domain.returns import path_of
from booking.storage.tables import delivery_receipts, incoming_texts
from tests.domain.test_returns import signed
from tests.given import NOW, SITE
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
GATEWAY = "/retours/passerelle"
BODY = json.dumps({"type": "sms.delivered", "data": {"reference": "r-1"}}).encode()
OVH = {"id": "512", "ptt": "4", "date": "2026-10-19", "description": "1"}


async def told(programs: Programs, body: bytes = BODY, **known: object):
    headers = signed(body, key=SITE.secret, **known) | {"content-type": "application/json"}
    return await programs.http.post(GATEWAY, content=body, headers=headers)


async def written(world) -> tuple[int, int]:
    async with world.db.reading() as tx:
        tables = (delivery_receipts, incoming_texts)
        return tuple([await tx.value(select(func.count()).select_from(table)) for table in tables])


async def test_what_a_gateway_signs_is_written_down(world, programs):
    answer = await told(programs)

    assert (answer.status_code, answer.content) == (204, b"")
    assert await written(world) == (1, 0)


async def test_told_again_it_is_known_and_nothing_happens_twice(world, programs):
    await told(programs)
    answer = await told(programs)

    assert (answer.status_code, answer.json()) == (200, {"status": "already-received"})
    assert await written(world) == (1, 0)


async def test_a_wrong_signature_and_an_old_one_are_refused_with_the_reason(world, programs):
    old = await told(programs, at=NOW - timedelta(minutes=6))
    forged = await programs.http.post(GATEWAY, content=BODY + b" ", headers=signed(BODY, key=SITE.secret))
    bare = await programs.http.post(GATEWAY, content=BODY)

    assert [(one.status_code, one.json()["type"]) for one in (old, forged, bare)] == [
        (401, "stale-request"),
        (401, "wrong-signature"),
        (401, "wrong-signature"),
    ]
    assert await written(world) == (0, 0)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"\xff", b'{"type": 1}', b"[" * 5000, b'{"type":"sms.delivered","data":{}}']
)
async def test_what_no_gateway_says_is_malformed(world, programs, body):
    assert (await told(programs, body)).status_code == 400
    assert await written(world) == (0, 0)


async def test_a_long_story_is_not_read(programs):
    assert (await told(programs, b'{"type": "' + b"x" * 20_000 + b'"}')).status_code == 413


async def test_a_provider_that_signs_nothing_knows_an_address(world, programs):
    answer = await programs.http.get(path_of(SITE.secret, "ovh"), params=OVH)
    reply = {"date": "2026-10-19", "message": "OUI", "from": "33639980101"}
    heard = await programs.http.post(path_of(SITE.secret, "smsfactor"), json=reply)

    assert (answer.status_code, heard.status_code) == (204, 204)
    assert await written(world) == (1, 1)


async def test_what_is_on_its_way_is_thanked_for_and_not_kept(world, programs):
    answer = await programs.http.get(path_of(SITE.secret, "ovh"), params=OVH | {"ptt": "1"})

    assert answer.status_code == 204
    assert await written(world) == (0, 0)


@pytest.mark.parametrize(
    "path",
    [
        "/retours/ovh/guess",
        "/retours/ovh/%C3%A9",
        path_of(SITE.secret, "ovh").replace("ovh", "brevo"),
        path_of(SITE.secret, "ovh").replace("ovh", "passerelle"),
        path_of(SITE.secret, "ovh").replace("ovh", "nobody"),
        "/retours/ovh",
    ],
    ids=range(6),
)
async def test_who_does_not_know_the_address_finds_nothing(world, programs, path):
    answer = await programs.http.get(path, params=OVH)

    assert answer.status_code == 404
    assert await written(world) == (0, 0)


async def test_nobody_stays_signed_in_by_it_and_nothing_is_stored_by_browsers(programs):
    answer = await told(programs)

    assert "set-cookie" not in answer.headers
