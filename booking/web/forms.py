"""What was typed into a page: read strictly, kept as it was, so that a refusal can show it again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from litestar.di import NamedDependency

from booking.domain.fields import Problems
from booking.domain.rooms import FIRST_YEAR, LAST_YEAR
from booking.domain.sites import Site
from booking.web.errors import MalformedBody
from booking.web.repeating import RECEIVED
from booking.web.security import AnyRequest, must_come_from_here

E = TypeVar("E", bound=StrEnum)
MOST_FIELDS = 2000


@dataclass(slots=True)
class Form:
    """Fields as typed, and the problems found while reading them."""

    pairs: list[tuple[str, str]]
    problems: Problems = field(default_factory=Problems)

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field."""
        return dict(self.pairs).get(name, default)

    def all(self, name: str) -> list[str]:
        """Every value of a field that may stand several times."""
        return [value for key, value in self.pairs if key == name]

    def names(self, prefix: str) -> Iterator[str]:
        """What follows the prefix in the names that have it."""
        return (key.removeprefix(prefix) for key, _ in self.pairs if key.startswith(prefix))

    def whole(self, name: str, default: int | None = None) -> int | None:
        """A whole number; noted as a problem when it is none."""
        said = self.get(name).strip()
        if not said:
            return default
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            self.problems.add(name, "not-a-number")
            return default
        return int(said)

    def choice(self, name: str, kind: type[E]) -> E | None:
        """One word of an enumeration, or None when nothing was chosen."""
        said = self.get(name)
        if not said:
            return None
        if said not in set(kind):
            self.problems.add(name, "unknown-choice")
            return None
        return kind(said)

    def chosen(self, name: str, kind: type[E]) -> E:
        """The same where one must be chosen. Raises :class:`InvalidField`."""
        found = self.choice(name, kind)
        if found is None:
            self.problems.add(name, "required")
        self.problems.refuse()
        assert found is not None
        return found

    def id(self, name: str) -> UUID | None:
        """An identifier, or None when nothing was chosen."""
        said = self.get(name)
        try:
            return UUID(said) if said else None
        except ValueError:
            self.problems.add(name, "unknown-choice")
            return None

    def day(self, name: str) -> date | None:
        """A day as a date field sends it, or as French people write it; none that no calendar and no clock reaches."""
        found = self._when(name, "not-a-day", "%Y-%m-%d", "%d/%m/%Y")
        if found is None or FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
        self.problems.add(name, "far-away")
        return None

    def hour(self, name: str) -> time | None:
        """A time of day."""
        found = self._when(name, "not-an-hour", "%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", whole=True)
        return found.time() if isinstance(found, datetime) else None

    def _when(self, name: str, problem: str, *forms: str, whole: bool = False) -> date | None:
        said = "".join(self.get(name).split())  # whatever blanks: our own pages write 9 h 30 with some that never break
        for form in forms:
            try:
                found = datetime.strptime(said, form)  # noqa: DTZ007 - a wall time; its zone is the agency's
            except ValueError:
                continue
            return found if whole else found.date()
        self.problems.add(name, problem if said else "required")
        return None


async def read_form(request: AnyRequest, site: NamedDependency[Site]) -> Form:
    """The form of a request that comes from our own page.

    Raises :class:`ForgedForm`, :class:`MalformedBody` for another content type, bad UTF-8 or too many fields.
    """
    form = await _read(request)
    must_come_from_here(request, site, form.get("form_token"))
    return form


async def read_linked_form(request: AnyRequest, site: NamedDependency[Site]) -> Form:
    """The form of a page whose very address is a secret; raises like :func:`read_form`."""
    form = await _read(request)
    must_come_from_here(request, site, form.get("form_token"), names_no_origin=True)
    return form


async def _read(request: AnyRequest) -> Form:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise MalformedBody
    return Form(_pairs(await request.body()))


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise MalformedBody from error
    return [(name, value.replace("\r\n", "\n")) for name, value in pairs]


def to_send_again(request: AnyRequest) -> list[tuple[str, str]]:
    """The fields of a form that nobody could keep; none where a password is among them, which no page repeats."""
    received = request.state.get(RECEIVED)
    fields = _pairs(received.text) if received and request.method == "POST" else []
    if any(name.startswith("password") for name, _ in fields):
        return []
    return [(name, value) for name, value in fields if name != "form_token"]
