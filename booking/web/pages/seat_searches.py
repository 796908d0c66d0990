"""Looking for a seat: what was asked, kept in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from booking.domain.workshops import Level
from booking.storage.narrowing import Half, Narrowed
from booking.web.pages.dates import YEARS

MINE, EVERYWHERE = "mienne", "toutes"
NEAREST = "pres"
# How far one would go, in kilometres, as the address says it.
DISTANCES = ("5", "10", "20")
ADDRESS = {
    "query": "q",
    "person": "personne",
    "only": "seule",
    "order": "tri",
    "workshop": "atelier",
    "scope": "agence",
    "level": "niveau",
    "half": "moment",
    "step_free": "plainpied",
    "loop": "boucle",
    "language": "aide",
    "full": "complet",
    "after": "apres",
    "new": "nouvelle",
    "done": "fait",
}
# What a form carries along, and what « Effacer les filtres » takes away.
FILTERS = ("workshop", "scope", "level", "half", "step_free", "loop", "language", "full")
KEPT = ("order", "only", *FILTERS)


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
    only: str = ""
    order: str = ""
    workshop: str = ""
    scope: str = ""
    level: str = ""
    half: str = ""
    step_free: str = ""
    loop: str = ""
    language: str = ""
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
        return "/placer" + self.asking(**({"after": "", "done": ""} | changes))

    def asking(self, **changes: object) -> str:
        """The same, as what stands behind the path of an address."""
        changed = replace(self, **{name: str(value) for name, value in changes.items()})
        said = {name: getattr(changed, attribute) for attribute, name in ADDRESS.items()}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" if query else ""

    def without(self, *names: str) -> str:
        """The address without some filters; without all of them when none is named."""
        return self.href(**dict.fromkeys(names or (*FILTERS, "only"), ""))

    @property
    def filters(self) -> dict[str, str]:
        """What a form carries along so that the page after it looks the same."""
        return {ADDRESS[name]: getattr(self, name) for name in KEPT if getattr(self, name)}

    @property
    def narrowing(self) -> list[str]:
        """The filters that restrict what is found."""
        return [name for name in FILTERS if name != "full" and getattr(self, name) not in ("", EVERYWHERE)]

    @property
    def narrowed(self) -> Narrowed:
        """What a session must have; what is written wrong restricts nothing."""
        return Narrowed(
            level=Level(self.level) if self.level in set(Level) else None,
            half=Half(self.half) if self.half in set(Half) else None,
            step_free=bool(self.step_free),
            hearing_loop=bool(self.loop),
            language=self.language if len(self.language) == 2 and self.language.isalpha() else "",
        )

    @property
    def by_distance(self) -> bool:
        """Whether the nearest come first instead of the soonest."""
        return self.order == NEAREST

    @property
    def last_seen(self) -> tuple[datetime, UUID] | None:
        """Where the next page begins, by date."""
        instant, _, id = self.after.partition("_")
        try:
            starts_at, session_id = datetime.fromisoformat(instant), UUID(id)
        except ValueError:
            return None
        return (starts_at, session_id) if starts_at.tzinfo and starts_at.year in YEARS else None

    @property
    def agencies_seen(self) -> int:
        """Where the next page begins, by distance."""
        return int(self.after) if self.after.isascii() and self.after.isdigit() and len(self.after) < 6 else 0
