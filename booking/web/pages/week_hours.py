"""Hours of the week in a form: two spans a day, as typed and read into spans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from booking.domain.hours import Span
from booking.web.forms import Form

DAYS = {0: "Lundi", 1: "Mardi", 2: "Mercredi", 3: "Jeudi", 4: "Vendredi", 5: "Samedi", 6: "Dimanche"}
SPANS = (1, 2)
Place = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row with the same hours."""

    first: int
    last: int
    spans: Sequence[Span]


def in_short(spans: Iterable[Span]) -> list[Days]:
    """The hours of a week as a person says them: from Monday to Thursday these, on Friday those."""
    found: list[Days] = []
    for weekday, those in groupby(sorted(spans), key=lambda span: span.weekday):
        same = [replace(span, weekday=0) for span in those]
        if found and found[-1].last == weekday - 1 and found[-1].spans == same:
            found[-1] = replace(found[-1], last=weekday)
        else:
            found.append(Days(weekday, weekday, same))
    return found


def typed(form: Form, name: str) -> dict[str, str]:
    """What stands in the form, by field."""
    return {field: form.get(field) for field, _ in form.pairs if field.startswith(f"{name}.")}


def written(name: str, spans: Iterable[Span]) -> dict[str, str]:
    """Spans as the form shows them."""
    found: dict[str, str] = {}
    seen = dict.fromkeys(DAYS, 0)
    for span in sorted(spans):
        seen[span.weekday] += 1
        place = f"{name}.{span.weekday}.{seen[span.weekday]}"
        found |= {f"{place}.opens": f"{span.opens:%H:%M}", f"{place}.closes": f"{span.closes:%H:%M}"}
    return found


def read(form: Form, name: str) -> list[Place]:
    """The spans of the form, each with the field where it begins; what cannot be read is noted in its problems."""
    found = []
    for place, weekday in ((f"{name}.{day}.{n}", day) for day in DAYS for n in SPANS):
        said = (form.get(f"{place}.opens").strip(), form.get(f"{place}.closes").strip())
        if any(said):
            opens, closes = form.hour(f"{place}.opens"), form.hour(f"{place}.closes")
            if opens and closes:
                found.append((f"{place}.opens", Span(weekday, opens, closes)))
    return found


def beside(fields: Mapping[str, str], name: str, places: Sequence[Place]) -> dict[str, str]:
    """The problems of spans by number, as problems of the fields they were typed in."""
    fields_of = {f"{name}.{n}": field for n, (field, _) in enumerate(places, start=1)}
    return {fields_of.get(field, field): code for field, code in fields.items()}
