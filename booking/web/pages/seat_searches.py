"""Looking for a seat: what was asked, kept in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

MINE, EVERYWHERE = "mienne", "toutes"
ADDRESS = {
    "query": "q",
    "person": "personne",
    "workshop": "atelier",
    "scope": "agence",
    "full": "complet",
    "after": "apres",
    "new": "nouvelle",
    "done": "fait",
}
FILTERS = ("workshop", "scope", "full")


def id_of(said: str) -> UUID | None:
    """An identifier as an address says it; None for anything else."""
    try:
        return UUID(said)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was asked, as it was written: every link and form of the page says it again with one thing changed."""

    query: str = ""
    person: str = ""
    workshop: str = ""
    scope: str = ""
    full: str = ""
    after: str = ""
    new: str = ""
    done: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Search":
        """The search behind the parameters of an address, or the fields of a form."""
        return cls(**{name: asked.get(said, "") for name, said in ADDRESS.items()})

    def href(self, **changes: object) -> str:
        """The address of this search with these changes; pages are turned anew."""
        changed = replace(self, **({"after": "", "done": ""} | {name: str(value) for name, value in changes.items()}))
        said = {name: getattr(changed, attribute) for attribute, name in ADDRESS.items()}
        query = urlencode({name: value for name, value in said.items() if value})
        return "/placer" + (f"?{query}" if query else "")

    @property
    def filters(self) -> dict[str, str]:
        """What a form carries along so that the page after it looks the same."""
        return {ADDRESS[name]: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def last_seen(self) -> tuple[datetime, UUID] | None:
        """Where the next page begins."""
        instant, _, id = self.after.partition("_")
        try:
            starts_at, session_id = datetime.fromisoformat(instant), UUID(id)
        except ValueError:
            return None
        return (starts_at, session_id) if starts_at.tzinfo else None
