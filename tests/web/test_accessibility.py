"""The declaration claims what was measured, and no more."""

from datetime import date

import pytest

from booking.web.pages import accessibility
from tests.browser.audit import summed
from tests.web.given import Browsers, text

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
FAULTY = {"axe": "4.12", "passes": ["label"], "violations": ["color-contrast"], "incomplete": []}
GOOD = {"axe": "4.12", "passes": ["label", "color-contrast"], "violations": [], "incomplete": ["target-size"]}


@SQLITE
async def test_without_an_audit_the_declaration_says_non_conforme(browsers: Browsers):
    declared = text(await browsers.stranger().get("/accessibilite"))

    assert "Accessibilité : non conforme" in declared.replace("\u202f", " ")
    assert "aucun audit" in declared


@SQLITE
async def test_faults_that_were_found_are_named(browsers: Browsers, monkeypatch: pytest.MonkeyPatch):
    found = summed([FAULTY, GOOD]) | {"on": date(2026, 11, 23)}
    monkeypatch.setattr(accessibility, "measured", lambda: found)

    declared = text(await browsers.stranger().get("/accessibilite"))

    assert "color-contrast" in declared
    assert "aucune anomalie" not in declared


def test_rules_and_pages_are_counted_once():
    told = summed([FAULTY, GOOD])

    assert (told["pages"], told["rules"]) == (2, 3)
    assert told["violations"] == {"color-contrast": 1}
    assert told["incomplete"] == {"target-size": 1}
