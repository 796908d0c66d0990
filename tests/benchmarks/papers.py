"""How long papers take: python -m tests.benchmarks.papers [--letters 500]. Milliseconds a page, seconds for a batch."""

import argparse
import asyncio
import resource
import statistics
import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from booking.documents import scanning
from booking.documents.messages import kind_of_letter, words_in
from booking.documents.pdf.batches import set_and_count
from booking.documents.pdf.letters import letter
from booking.documents.pdf.printing import set_in_type
from tests import papers
from tests.given import NOW, in_days
from tests.given_cases import a_case, a_person
from tests.given_papers import KINDS, POSTED, Paper, a_sheet

TIMES = 20


def a_letter(n: int) -> dict[str, object]:
    """The letter of somebody who has a place in a cycle of six meetings."""
    case = a_case(*(in_days(14 + 2 * day) for day in range(6)), person=a_person(last_name=f"Diallo {n}", **POSTED))
    said = words_in("fr", kind_of_letter(case), case, NOW)
    return letter(case, said, NOW, link=f"https://ateliers.example/p/K7M4P2/abcdefghijk{n:05}")


def show(what: str, made: Callable[[str], Paper]) -> None:
    """The median and the worst of a few, each with other data."""
    took, pages = [], 0
    for n in range(TIMES):
        template, data = made(f"DIALLO {n}")
        begun = time.perf_counter()
        content = set_in_type(template, data, NOW)
        took.append(1000 * (time.perf_counter() - begun))
        pages = len(papers.pages(content)) if n == 0 else pages
    of = f"{what}, {pages} page{'s' if pages > 1 else ''}"
    print(f"{of:34}{statistics.median(took):8.1f} ms{max(took):8.1f} ms at worst", flush=True)


def show_reading() -> None:
    """How long it takes to read the code on a photo of twelve million pixels, and to give up on one without."""
    sheet = papers.picture(*a_sheet(), 300)
    for what, picture in (
        ("code on a photo", sheet.rotate(8)),
        ("photo without a code", Image.new("L", sheet.size, 150)),
    ):
        file = BytesIO()
        picture.resize((3000, 4000)).save(file, "JPEG")
        took = []
        for _ in range(TIMES // 2):
            begun = time.perf_counter()
            scanning.read(file.getvalue())
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
    for kind, made in KINDS.items():
        set_in_type(*made("DIALLO"), NOW)
        show(kind, made)
    show_reading()
    asyncio.run(show_batch(asked.letters))


if __name__ == "__main__":
    main()
