"""Whom to tell of a weakness."""

from datetime import datetime, timedelta

import pytest

from booking.settings import BadSetting, load
from tests.given import NOW
from tests.web.programs import Programs

CONTACT = "mailto:securite@example.org"
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@SQLITE
async def test_whoever_finds_a_weakness_reads_whom_to_tell_and_until_when(programs: Programs):
    programs.app.state["security_contact"] = CONTACT

    answer = await programs.http.get("/.well-known/security.txt")
    programs.app.state["security_contact"] = None

    said = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == CONTACT
    assert said["Canonical"] == "https://ateliers.example/.well-known/security.txt"
    assert NOW < datetime.fromisoformat(said["Expires"]) < NOW + timedelta(days=365)


@SQLITE
async def test_who_named_nobody_has_no_such_file(programs: Programs):
    assert (await programs.http.get("/.well-known/security.txt")).status_code == 404


@pytest.mark.parametrize(
    "said", ["securite@example.org", "http://example.org/", "mailto:a@b\nExpires: never", "mailto:"]
)
def test_a_contact_that_nobody_can_use_is_refused(said: str):
    with pytest.raises(BadSetting):
        load(None, {"ATELIERS_SECURITY_CONTACT": said})
