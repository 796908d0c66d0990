"""The reader of a person's own page: what the address says, and in which language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.di import NamedDependency

from booking.domain.sites import Site
from booking.language import NAMES, chosen
from booking.storage.database import Database
from booking.web.rendering import Page, page
from booking.web.security import AnyRequest


@dataclass(frozen=True, slots=True)
class Reader:
    """One request of somebody who has a link."""

    request: AnyRequest
    db: Database
    site: Site
    now: datetime

    @property
    def code(self) -> str:
        """The code in the address."""
        return str(self.request.path_params["code"])

    @property
    def proof(self) -> str:
        """What only the right address has."""
        return str(self.request.path_params["proof"])

    @property
    def path(self) -> str:
        """The page, as it was asked for."""
        return f"/p/{self.code}/{self.proof}"

    def asked(self, name: str) -> str:
        """What the address says after its question mark."""
        return str(self.request.query_params.get(name, ""))

    @property
    def wished_language(self) -> str | None:
        """The language just chosen, if any."""
        return self.asked("langue") if self.asked("langue") in NAMES else None

    def language(self, of_person: str = "") -> str:
        """The language chosen now or before, else the person's, else the phone's, else French."""
        before = self.request.cookies.get(language_cookie(self.site))
        wishes = (self.wished_language, before, of_person)
        wish = next((one for one in wishes if one in NAMES), None)
        return chosen(wish, self.request.headers.get("accept-language", ""), NAMES)

    def page(self, template: str, language: str, *, status: int, **shown: Any) -> Page:
        """A page in this language."""
        around = {"language": language, "languages": NAMES}
        return page(self.request, self.site, template, status=status, **around, **shown)


def language_cookie(site: Site) -> str:
    """The cookie of these pages; it is for their path alone, so its name cannot bind it to the host as well."""
    return f"{'__Secure-' if site.url.startswith('https:') else ''}langue-personne"


async def reader(
    request: AnyRequest, db: NamedDependency[Database], site: NamedDependency[Site], now: NamedDependency[datetime]
) -> Reader:
    """Whoever has the link."""
    return Reader(request, db, site, now)
