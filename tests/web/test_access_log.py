"""The log of what was asked: enough to see what happened, and nothing of whom it was about."""

from collections.abc import AsyncIterator

import httpx
import pytest
import structlog
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from booking.cli.logs import configure_logs, without_words
from booking.domain.links import proof
from booking.web.access_log import AccessLog
from booking.web.tracing import Tracing
from tests.given import SITE, World
from tests.web.given import Browser, Browsers
from tests.web.operations import a_subscription
from tests.web.programs import Programs

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> AsyncIterator[Browser]:
    """An adviser, at a product that notes what is asked."""
    signed_in = await browsers.of(world.adviser)
    transport = httpx.ASGITransport(app=AccessLog(browsers.app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE.url, cookies=signed_in.http.cookies) as http:
        yield Browser(http, signed_in.secret)


@SQLITE
async def test_an_answer_leaves_one_line_with_its_door_and_who_asked(world: World, nadia: Browser):
    with capture_logs() as lines:
        await nadia.get("/placer?q=diallo")
        await nadia.get("/nulle-part")

    told = [{name: line.get(name) for name in ("event", "method", "door", "status", "staff")} for line in lines]
    asked = {"event": "answered", "method": "GET"}
    assert told == [
        asked | {"door": "/placer", "status": 200, "staff": str(world.adviser.id)},
        asked | {"door": "-", "status": 404, "staff": None},
    ]
    assert all(0 <= line["ms"] < 60_000 for line in lines)


@SQLITE
async def test_no_secret_and_nobody_s_name_is_in_the_log(world: World, nadia: Browser, programs: Programs):
    diallo = await world.job_seeker("Zoubeïda", phone="0611223344", email="z@example.org")
    booking = await world.booked(await world.session(), diallo)
    token = (await programs.of(world.adviser)).token
    await a_subscription(world, world.adviser)
    secrets = ("secret-du-lien", "quatre mots faciles", token, nadia.secret, proof(booking, SITE), booking.code)

    with capture_logs(processors=[without_words]) as lines:
        await nadia.get(f"/p/{booking.code}/{proof(booking, SITE)}")
        await nadia.get("/ical/secret-du-lien/ateliers.ics")
        await nadia.get("/placer?q=Zoubeïda")
        await nadia.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
        await nadia.forge("/connexion", {"sign_in_name": "zoubeida", "password": "quatre mots faciles"})
        await nadia.post(f"/personnes/{diallo.id}", {"last_name": "Zoubeïda", "phone": "0611223344"})

    assert len(lines) >= 6
    for said in (*secrets, "Zoube", "zoube", "0611223344", "+33611223344", "z@example.org"):
        assert said not in repr(lines), said


@SQLITE
async def test_an_error_is_told_by_its_places_and_not_by_its_words(nadia: Browser, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise LookupError("Key (phone)=(+33611223344) already exists")

    monkeypatch.setattr("booking.web.pages.agencies.page", broken)
    with capture_logs(processors=[without_words]) as lines:
        answer = await nadia.get("/agences")

    assert answer.status_code == 500
    failed = next(line for line in lines if line["event"] == "request failed")
    assert failed["exception"].startswith("builtins.LookupError\n") and "test_access_log.py" in failed["exception"]
    assert "33611223344" not in repr(lines)
    assert failed["reference"] in answer.text


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_line_of_the_log_can_be_forged(log_format: str, capsys: pytest.CaptureFixture[str]):
    before = structlog.get_config()
    configure_logs(log_format)

    structlog.get_logger().info("told", why="a\n2026-11-23 answered door=/placer\r\x1b[2K")
    structlog.configure(**before)

    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.fixture
async def traced(nadia: Browser, browsers: Browsers) -> AsyncIterator[httpx.AsyncClient]:
    """The same product as it is served: each request has its reference."""
    transport = httpx.ASGITransport(app=Tracing(AccessLog(browsers.app)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE.url, cookies=nadia.http.cookies) as http:
        yield http


@SQLITE
async def test_one_reference_is_in_the_answer_and_in_each_line(traced: httpx.AsyncClient, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr("booking.web.pages.agencies.page", broken)
    with capture_logs(processors=[merge_contextvars]) as lines:
        answers = [await traced.get("/agences") for _ in range(2)]
        structlog.get_logger().info("afterwards")

    said = [answer.headers["x-request-id"] for answer in answers]
    assert [line.get("reference") for line in lines] == [said[0], said[0], said[1], said[1], None]
    assert said[0] != said[1] and all(one in answer.text for one, answer in zip(said, answers, strict=True))


@SQLITE
@pytest.mark.parametrize("drawn", ["c9d1f0" * 4, "01a1532c-b000-72b0-91d7-91f86d957d43"])
async def test_a_server_in_front_may_draw_the_reference(traced: httpx.AsyncClient, drawn: str):
    answer = await traced.get("/api/v1/nowhere", headers={"x-request-id": drawn})

    assert (answer.headers["x-request-id"], answer.json()["reference"]) == (drawn, drawn)


@SQLITE
@pytest.mark.parametrize(
    "drawn", ["0611223344", "zoubeida", "a" * 65, "a" * 15, "é" * 20, "abcdef0123456789\\nanswered"]
)
async def test_what_could_be_a_name_or_a_number_is_no_reference(traced: httpx.AsyncClient, drawn: str):
    with capture_logs(processors=[merge_contextvars]) as lines:
        answer = await traced.get("/api/v1/nowhere", headers={"x-request-id": drawn.encode()})

    assert len(answer.json()["reference"]) == 8 and drawn not in repr((lines, answer.headers, answer.text))
