"""What a site may choose of the list that it shows: how many meetings, of which workshop, in which colours and words.

Whatever is asked that nobody offers counts as not asked: the page of a town shall never show an error of ours.
"""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode
from uuid import UUID

from booking.language import ENGLISH, FRENCH, LANGUAGES
from booking.web.pages.words import COLOURS
from booking.web.security import AnyRequest

USUAL, MOST = 10, 50
# A workshop that does not exist: who asks for one that cannot be read gets no other's meetings.
NONE_SUCH = UUID(int=0)
THEMES = {"": "Comme le site", "clair": "Clair", "sombre": "Sombre"}
COLOUR_NAMES = {str(colour): name for colour, name in COLOURS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices, each as an address says it."""

    nombre: int = USUAL
    atelier: UUID | None = None
    couleur: str = ""
    theme: str = ""
    langue: str = FRENCH

    @property
    def language(self) -> str:
        """In which language."""
        return self.langue

    @property
    def query(self) -> str:
        """What stands behind the question mark; nothing where everything is as usual."""
        return self._said("nombre", "atelier", "couleur", "theme", "langue")

    @property
    def content_query(self) -> str:
        """The same without what only a page has."""
        return self._said("nombre", "atelier", "langue")

    def _said(self, *names: str) -> str:
        usual = asdict(Options())
        chosen = {name: said for name, said in asdict(self).items() if name in names and said != usual[name]}
        return f"?{urlencode(chosen)}" if chosen else ""


def read(request: AnyRequest) -> Options:
    """The choices in the address of a request."""
    asked = {name: str(said) for name, said in request.query_params.items()}
    return Options(
        nombre=_count(asked.get("nombre", "")),
        atelier=_workshop(asked.get("atelier", "").strip()),
        couleur=_among(asked.get("couleur", ""), COLOUR_NAMES),
        theme=_among(asked.get("theme", ""), THEMES),
        langue=ENGLISH if _among(asked.get("langue", ""), LANGUAGES) == ENGLISH else FRENCH,
    )


def _count(said: str) -> int:
    if not (said.isascii() and said.isdigit()):
        return USUAL
    return min(max(int(said[:9]), 1), MOST)


def _workshop(said: str) -> UUID | None:
    if not said:
        return None
    try:
        return UUID(said)
    except ValueError:
        return NONE_SUCH


def _among(said: str, offered: object) -> str:
    return said if said in offered else ""  # type: ignore[operator]
