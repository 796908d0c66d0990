"""Where things stand on paper, measured in millimetres and read by machines, whatever the typeface."""

import pytest
from PIL import Image

from booking.documents import scanning
from booking.documents.pdf.printing import set_in_type
from tests import papers
from tests.documents.test_scanning import file_of
from tests.given import NOW
from tests.given_papers import (
    KINDS,
    NAMELESS,
    OWN_LINK,
    SHEET_LINK,
    Paper,
    a_certificate,
    a_letter,
    a_programme,
    a_sheet,
)

DOTS = 150
EVERYTHING = "Nguyễn Œuvrard Łukasz Ёлкин Παπάς e\u0301 \u202eX \x07 " + "W" * 200


def made(paper: Paper) -> bytes:
    return set_in_type(*paper, NOW)


def ink(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether anything is printed in this frame, in millimetres from the corner of the sheet."""
    frame = picture.crop([round(mm / 25.4 * DOTS) for mm in (left, top, right, bottom)])
    return frame.getextrema()[0] < 200


def test_a_letter_is_marked_where_it_is_folded_for_its_envelope() -> None:
    picture = papers.picture(*a_letter(), DOTS)

    assert [ink(picture, 3, fold - 1, 10, fold + 1) for fold in (99, 198)] == [True, True]
    assert not ink(picture, 0, 100, 10, 197) and not ink(picture, 0, 0, 10, 98)


def test_the_window_of_an_envelope_shows_the_address_and_nothing_around_it() -> None:
    picture = papers.picture(*a_letter("DE LA ROCHEFOUCAULD"), DOTS)

    assert ink(picture, 110, 55, 195, 88)
    assert not any(ink(picture, *edge) for edge in ((105, 51, 200, 56), (105, 86, 200, 92), (105, 51, 111, 92)))


@pytest.mark.parametrize(("paper", "address"), [(a_sheet(), SHEET_LINK), (a_letter(), OWN_LINK)])
def test_the_drawing_leads_where_the_line_beside_it_says(paper: Paper, address: str) -> None:
    assert scanning.read(file_of(papers.picture(*paper, DOTS))) == [address]
    assert address.partition("://")[2][:25] in papers.text(made(paper)).replace(" ", "") or paper[0] == "sheet"


def test_the_signature_of_who_leads_is_not_alone_on_a_sheet() -> None:
    for people, pages in ((0, 1), (12, 1), (13, 1), (30, 2)):
        found = papers.pages(made(a_sheet(people=people)))

        assert len(found) == pages and "Ajouté sur place" in found[-1] and "Signature de la personne" in found[-1]


def test_no_row_is_cut_between_two_pages() -> None:
    found = papers.pages(made(a_sheet("W" * 78, people=12, meetings=6)))

    assert sum(page.replace(" ", "").count("W" * 78) for page in found) == 12
    assert all(f"Page {n} / {len(found)}" in page for n, page in enumerate(found, 1))


@pytest.mark.parametrize("meetings", [1, 6, 10])
@pytest.mark.parametrize("is_large", [False, True])
def test_the_stub_is_whole_on_the_last_page_and_each_page_says_which(meetings: int, is_large: bool) -> None:
    found = papers.pages(made(a_letter(meetings=meetings, is_large=is_large)))

    assert "Remis en main propre" in found[-1] and "signature" in found[-1]
    assert all(f"Page {n} / {len(found)}" in page for n, page in enumerate(found, 1)) is (len(found) > 1)


def test_twenty_meetings_stay_on_one_page_of_a_programme_and_of_a_certificate() -> None:
    assert [len(papers.pages(made(paper))) for paper in (a_programme("", 20), a_certificate("DIALLO", 20))] == [1, 1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NAMELESS])
def test_any_name_can_be_read_on_every_paper(kind: str) -> None:
    content = made(KINDS[kind](f"{EVERYTHING} 李明 😀"))

    said = papers.text(content).replace(" ", "").casefold()
    assert "nguyễnœuvrardłukaszёлкинπαπάςéx".casefold() in said and "w" * 200 in said and "liming□" in said
    assert papers.facts(content)[2], "it is still tagged"
