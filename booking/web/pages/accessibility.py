"""The declaration that French law asks for, from what was measured and no more.

RGAA 4.1: without an audit in force a service is "non conforme", however well it does (arrêté of 20 September 2019).
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.sites import Site
from booking.web.rendering import Page, page
from booking.web.security import AnyRequest

# ``./dev axe`` writes it.
MEASURED = Path(__file__).parent.parent / "accessibility.json"


class AccessibilityPage(Controller):
    """For everybody."""

    @get("/accessibilite")
    async def accessibility(self, request: AnyRequest, site: NamedDependency[Site]) -> Page:
        """What is known, what was not looked at, and whom to tell."""
        return page(request, site, "accessibility.html", measured=measured())


@cache
def measured() -> dict[str, Any] | None:
    """What axe-core said of every page, and when; None where nobody has asked it."""
    if not MEASURED.exists():
        return None
    known: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return known | {"on": date.fromisoformat(known["on"])}
