"""A form that came too late, when nobody was signed in any more: it goes through the sign-in and back, as typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.domain.errors import Refused
from booking.domain.sites import Site
from booking.web.forms import Form, read_form
from booking.web.security import AnyRequest

PREFIX = "garde."
PATH, WHO = "garde_vers", "garde_de"
# What is never shown again, and the token of a form, which the page makes anew.
SECRET = ("form_token", "password", "password_again", "password_now", "code")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where it was to go, who had typed it, and the fields; without a path there is none."""

    path: str = ""
    who: str = ""
    pairs: Sequence[tuple[str, str]] = ()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What the forms of the sign-in carry along."""
        carried = [(PREFIX + name, value) for name, value in self.pairs]
        return [(PATH, self.path), (WHO, self.who), *carried] if self.path else []

    def is_of(self, staff_id: UUID) -> bool:
        """Whether it is there, and this person typed it: nobody sends what another has written."""
        return bool(self.path) and self.who == str(staff_id)


async def typed(request: AnyRequest, site: Site, who: UUID | None) -> KeptForm:
    """The form of this request, if it is one of ours; a file is not kept."""
    try:
        form = await read_form(request, site)
    except Refused:
        return KeptForm()
    pairs = [(name, value) for name, value in form.pairs if name not in SECRET]
    return KeptForm(request.url.path, str(who or ""), pairs) if who else KeptForm()


def carried(form: Form) -> KeptForm:
    """The one that a form of the sign-in carries along."""
    path = form.get(PATH)
    pairs = [(name.removeprefix(PREFIX), value) for name, value in form.pairs if name.startswith(PREFIX)]
    return KeptForm(path, form.get(WHO), pairs) if is_own(path) else KeptForm()


def is_own(path: str) -> bool:
    """Whether it is an address of ours, so that no stranger's link leads astray."""
    return path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
