"""The address of a calendar, in the three ways in which programs take it."""

from dataclasses import dataclass, field
from urllib.parse import quote

from booking.domain.sites import Site


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """Whoever has one of these reads the calendar: a secret one is shown once, and never written down."""

    url: str = field(repr=False)

    @classmethod
    def of(cls, site: Site, token: str) -> "FeedLinks":
        """The links of a subscription with this secret."""
        return cls(f"{site.url}/ical/{token}/ateliers.ics")

    @classmethod
    def of_agency(cls, site: Site, slug: str) -> "FeedLinks":
        """The links of a public calendar."""
        return cls(f"{site.url}/ical/agences/{slug}/ateliers.ics")

    @property
    def webcal(self) -> str:
        """The address that the calendar program of the device opens by itself."""
        return "webcal://" + self.url.partition("://")[2]

    @property
    def google(self) -> str:
        """The page on which Google Calendar asks whether to subscribe."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"
