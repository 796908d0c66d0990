"""How long papers take: python -m tests.benchmarks.papers [--letters 500]. Milliseconds a page, seconds for a batch."""

import argparse
import asyncio
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date

from booking.documents.messages import kind_of_letter, words_in
from booking.documents.pdf.batches import set_and_count
from booking.documents.pdf.letters import batch, letter
from booking.documents.pdf.printing import set_in_type
from booking.documents.pdf.sheets import Signer, SigningSheet, columns_of
from tests.given import NOW, in_days
from tests.given_cases import a_case, a_person

TIMES = 20
POSTED = {"address": "12 rue de la République", "postcode": "38400", "commune": "Saint-Martin-d’Hères"}


def a_letter(n: int) -> dict[str, object]:
    """The letter of somebody who has a place in a cycle of six meetings."""
    case = a_case(*(in_days(14 + 2 * day) for day in range(6)), person=a_person(last_name=f"Diallo {n}", **POSTED))
    said = words_in("fr", kind_of_letter(case), case, NOW)
    return letter(case, said, NOW, link=f"https://ateliers.example/p/K7M4P2/abcdefghijk{n:05}")


def a_sheet(n: int, meetings: int = 1) -> dict[str, object]:
    """The sheet of twelve people."""
    columns = [
        column for day in range(meetings) for column in columns_of(in_days(day), in_days(day, 2), "Europe/Paris")
    ]
    here = [True] * len(columns)
    return SigningSheet(
        workshop="Premiers pas avec l’ordinateur",
        session="",
        place="Grenoble Bastille",
        address="1 rue des Alpes, 38000 Grenoble",
        organiser="Grenoble Bastille",
        columns=columns,
        people=[Signer(f"Awa {n}", f"DIALLO {who}", "", here) for who in range(12)],
        blank_rows=3,
        first_on=date(2026, 10, 19),
        code="K7M4P2",
        link=f"https://ateliers.example/presence/{n}",
        short_link="ateliers.example/f/K7M4P2",
    ).data


def show(what: str, template: str, made: Callable[[int], dict[str, object]]) -> None:
    """The median and the worst of a few, each with other data."""
    took = []
    for n in range(TIMES):
        data = made(n)
        begun = time.perf_counter()
        set_in_type(template, data, NOW)
        took.append(1000 * (time.perf_counter() - begun))
    print(f"{what:34}{statistics.median(took):8.1f} ms{max(took):8.1f} ms at worst", flush=True)


async def show_batch(many: int) -> None:
    """So many letters as one file."""
    letters = [a_letter(n) for n in range(many)]
    begun = time.perf_counter()
    *_, content = [step async for step in set_and_count("Lettres", letters, NOW)]
    took, size = time.perf_counter() - begun, len(content) if isinstance(content, bytes) else 0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{many} letters{took:8.1f} s, {size / 1e6:.1f} MB, memory {memory:.0f} MB", flush=True)


def main() -> None:
    """The whole table; the first paper of all warms up the press."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=500)
    asked = parser.parse_args()
    set_in_type("letters", batch("Lettre", [a_letter(0)]), NOW)
    show("letter, a page", "letters", lambda n: batch("Lettre", [a_letter(n)]))
    show("sheet of a meeting, a page", "sheet", a_sheet)
    show("sheet of a cycle of six, two pages", "sheet", lambda n: a_sheet(n, 6))
    asyncio.run(show_batch(asked.letters))


if __name__ == "__main__":
    main()
