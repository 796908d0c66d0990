"""The press: the same bytes for the same data, any name there is, and no name that acts as markup."""

import asyncio

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.documents.pdf.printing import UNPRINTABLE, missing_in, plain, printed, set_in_type
from tests import papers
from tests.documents.pdf.test_sheets import sheet
from tests.given import NOW


def test_the_same_data_gives_the_same_bytes() -> None:
    assert sheet() == sheet()


def test_a_sheet_is_tagged_and_says_its_title_and_its_language() -> None:
    title, language, is_tagged = papers.facts(sheet())

    assert (title, is_tagged) == ("Feuille d’émargement – Premiers pas, lundi 19 octobre 2026", True)
    assert language.startswith("fr")


def test_names_of_many_alphabets_print() -> None:
    for name in ("NGUYỄN", "ŒUVRARD", "PEŁKA", "GÜNEŞ", "ІВАНЕНКО", "ΠΑΠΑΔΟΠΟΥΛΟΣ", "ABDOUL-ḤAMĪD", "O’BRIEN"):
        assert name in papers.text(sheet(name=name))


def test_an_arabic_name_prints() -> None:
    said = papers.text(sheet(name="العربي"))

    # Readers differ in the direction in which they hand out the letters.
    assert "العربي" in said or "العربي"[::-1] in said


def test_letters_that_no_typeface_has_are_written_in_latin_ones_and_the_paper_says_so() -> None:
    usual, chinese = papers.text(sheet()), papers.text(sheet(name="李 A明"))

    assert "en lettres latines" not in usual and "Écrivez-le à la main" not in usual
    assert "Awa Li AMing" in chinese and "Un nom est écrit en lettres latines" in chinese
    assert "Écrivez-le à la main" not in chinese


def test_pictures_that_no_typeface_has_are_squares_to_write_over() -> None:
    said = papers.text(sheet(name="MARTIN 😀"))

    assert "Awa MARTIN □" in said and "Écrivez-le à la main" in said and "lettres latines" not in said


def test_a_name_is_never_markup() -> None:
    assert '#panic("x") *a* $b$ <c> \\d' in papers.text(sheet(name='#panic("x") *a* $b$ <c> \\d'))


def test_a_very_long_name_breaks_and_stays_in_its_column() -> None:
    said = papers.places(sheet(name="W" * 80, people=1))

    rows = [(x, run) for x, _, run in said if "W" in run]
    assert "".join(run for _, run in rows).count("W") == 80 and len(rows) > 1
    assert all(x < 127 for x, _ in rows)


@given(st.text(min_size=1, max_size=80))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_name_prints(name: str) -> None:
    assert papers.pages(sheet(name=name))


@given(st.text(st.characters(max_codepoint=0x17F, categories=("Lu", "Ll")), min_size=1, max_size=40))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_latin_names_can_be_read_out_of_the_paper(name: str) -> None:
    assert plain(name) in papers.text(sheet(name=name)).replace(" ", "") or UNPRINTABLE in papers.text(sheet(name=name))


def test_what_cannot_stand_in_a_text_is_left_out() -> None:
    assert plain("A\u0000B\tC\ud800") == "A B C\ufffd" and plain("e\u0301") == "é"


def test_the_press_names_the_signs_it_lacks() -> None:
    said = 'error: the text `"\\u{674e}"` could not be displayed\nthe text `"明a"` could not be displayed with font'

    assert missing_in(said) == {"李", "明"} and missing_in("error: unknown variable") == set()


def test_a_paper_that_is_wrong_is_a_fault_and_not_a_paper_without_signs() -> None:
    with pytest.raises(typst.TypstError):
        set_in_type("letters", {"title": "", "letters": []}, NOW)


async def test_several_papers_are_printed_at_once() -> None:
    data = {"title": "Vide", "letters": []}

    made = await asyncio.gather(*(printed("letters", data, NOW) for _ in range(5)))

    assert len(set(made)) == 1
