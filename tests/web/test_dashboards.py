"""The dashboard and the alerts in the documentation look at figures that exist, and say what to do."""

import json
import re

import httpx
import pytest

from booking.domain.gates import Gate, Trouble
from booking.services.tallies import DELIVERIES
from booking.storage import gates
from booking.web.measuring import Measuring
from tests.given import World
from tests.house.source import ROOT
from tests.web.programs import running
from tests.web.test_health import tick

FOLDER = ROOT / "docs/operate"
NAMES = re.compile(r"\b(?:ateliers|process)_[a-z_]+\b")
ALERTS = (FOLDER / "alerts.yml").read_text().split("- alert: ")[1:]


def asked() -> set[str]:
    """The figures that are drawn, or that wake somebody."""
    drawn = [panel["targets"][0]["expr"] for panel in json.loads((FOLDER / "grafana.json").read_text())["panels"]]
    watched = re.findall(r"expr: (.*)", "".join(ALERTS))
    return set(NAMES.findall("\n".join(drawn + watched)))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_what_is_drawn_or_watched_is_told(world: World):
    DELIVERIES.labels("sms", "sms:ovh", "accepted")
    await tick(world.db)
    now = await world.db.now()
    async with world.db.transaction() as tx:
        await gates.hold(tx, ["sms:ovh"])
        await gates.keep(tx, Gate(name="sms:ovh", credit=7.0, asked_at=now).faulted(Trouble.KEY, "the key", now))

    async with running(world, at=now) as programs:
        transport = httpx.ASGITransport(app=Measuring(programs.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            await http.get("/api/v1/me")
            told = (await http.get("/metrics")).text

    known = set(re.findall(r"^# HELP (\w+)", told, re.MULTILINE)) | set(re.findall(r"^(\w+)[ {]", told, re.MULTILINE))
    assert len(asked()) > 15
    assert asked() <= known


def test_each_alert_says_in_french_and_english_what_is_so_and_what_to_do():
    assert len(ALERTS) > 10
    for alert in ALERTS:
        said = re.findall(r'^ +(summary|action): "([^"]+) / ([^"]+)"$', alert, re.MULTILINE)
        assert [one[0] for one in said] == ["summary", "action"], alert
