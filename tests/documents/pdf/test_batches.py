"""Many letters as one file: all of them, in order, with a count on the way."""

from booking.documents.pdf import batches
from booking.documents.pdf.batches import set_and_count, whole_batch
from tests import papers
from tests.documents.pdf.test_letters import POSTED, data
from tests.given import NOW
from tests.given_cases import a_case, a_person


def letters(many: int) -> list[dict[str, object]]:
    return [data(a_case(person=a_person(first_name=f"Awa{n}", **POSTED))) for n in range(many)]


async def test_what_is_done_is_counted_and_the_file_comes_last(monkeypatch) -> None:
    monkeypatch.setattr(batches, "STEP", 0.01)

    *steps, content = [step async for step in set_and_count("Cinq lettres", letters(5), NOW)]

    assert steps == sorted(steps) and steps[0] == 0 and steps[-1] < 5 and isinstance(content, bytes)
    assert [f"Bonjour Awa{n} DIALLO" in page for n, page in enumerate(papers.pages(content))] == [True] * 5
    assert papers.facts(content) == ("Cinq lettres", "fr", True)


async def test_the_same_letters_give_the_same_file() -> None:
    some = letters(2)

    assert await whole_batch("Deux", some, NOW) == await whole_batch("Deux", some, NOW)


async def test_no_letter_gives_an_empty_sheet() -> None:
    assert papers.pages(await whole_batch("Rien", [], NOW)) == [""]
