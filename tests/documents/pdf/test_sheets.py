"""The sheet that everybody signs, as it is laid out."""

from datetime import date
from typing import Any

from booking.documents.pdf.printing import set_in_type
from booking.documents.pdf.sheets import Column, Signer, SigningSheet, blank_rows, columns_of
from tests import papers
from tests.given import NOW, in_days

ZONE = "Europe/Paris"
TITLE = "Premiers pas"


LINK = "https://ateliers.example/presence/019a0000-0000-7000-8000-000000000001"


def sheet_data(
    columns: list[Column] | None = None, people: int = 3, name: str = "DIALLO", blank: int = 3, workshop: str = TITLE
) -> dict[str, Any]:
    shown = columns or columns_of(NOW, in_days(0, 2), ZONE, "Karim")
    return SigningSheet(
        workshop=workshop,
        session="séance 2 sur 6",
        place="Grenoble Bastille, Vercors",
        address="1 rue des Alpes, 38000 Grenoble",
        organiser="Grenoble Bastille",
        columns=shown,
        people=[Signer("Awa", name, "", [True] * len(shown)) for _ in range(people)],
        blank_rows=blank,
        first_on=date(2026, 10, 19),
        code="K7M4P2",
        link=LINK,
        short_link="ateliers.example/f/K7M4P2",
    ).data


def sheet(columns: list[Column] | None = None, **known: Any) -> bytes:
    return set_in_type("sheet", sheet_data(columns, **known), NOW)


def test_many_pages_repeat_the_head_of_the_table() -> None:
    found = papers.pages(sheet(people=40))

    assert len(found) == 3
    assert all("N° Prénom et nom Signature" in page for page in found)
    assert all(f"Page {n} / 3" in page for n, page in enumerate(found, 1))
    assert all("Feuille d’émargement, Premiers pas, lundi 19 octobre 2026" in page for page in found[1:])


def test_twelve_people_and_who_comes_without_a_place_fit_on_one_page() -> None:
    assert len(papers.pages(sheet(people=12))) == 1


def test_a_day_with_a_morning_and_an_afternoon_is_signed_twice() -> None:
    day = columns_of(NOW, in_days(0, 7), ZONE)
    afternoon = columns_of(in_days(0, 4), in_days(0, 10), ZONE)

    assert [column.half for column in day] == ["matin", "après-midi"] and len(afternoon) == 1
    assert "Prénom et nom Signature du matin Signature de l’après-midi" in papers.text(sheet(day))


def test_up_to_three_columns_stand_upright_and_more_lie_across() -> None:
    three, four = (
        [column for n in range(many) for column in columns_of(in_days(n), in_days(n, 2), ZONE)] for many in (3, 4)
    )

    assert papers.size(sheet(three)) == (210, 297) and papers.size(sheet(four)) == (297, 210)


def test_a_long_cycle_goes_on_with_the_same_names_on_the_next_page() -> None:
    fourteen = [column for n in range(14) for column in columns_of(in_days(n), in_days(n, 2), ZONE)]

    found = papers.pages(sheet(fourteen, people=2))

    assert len(found) == 2
    assert all("1 Awa DIALLO 2 Awa DIALLO" in page for page in found)
    assert "dimanche 1er novembre" in found[1] and "dimanche 1er novembre" not in found[0].partition("N°")[2]


def test_free_seats_give_blank_rows_at_least_three_and_not_without_end() -> None:
    assert [blank_rows(free) for free in (-1, 0, 3, 7, 40)] == [3, 3, 3, 7, 12]
