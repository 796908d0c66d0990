"""The names of files that papers come as: what they are, with letters that every machine takes."""

from datetime import date

from booking.web.pages.pdfs import as_pdf, file_name


def test_a_file_is_called_what_it_is_with_its_day_and_its_name() -> None:
    assert file_name("emargement", "Premiers pas : l’œuvre", on=date(2026, 11, 24)) == (
        "emargement-2026-11-24-premiers-pas-l-oeuvre.pdf"
    )
    assert file_name("lettre", "Thị Hường NGUYỄN") == "lettre-thi-huong-nguyen.pdf"


def test_no_name_gets_out_of_the_name_of_a_file() -> None:
    assert file_name("lettre", 'a"; filename=x\r\nSet-Cookie: b/../c') == "lettre-a-filename-x-set-cookie-b-c.pdf"
    assert file_name("lettre", "العربي 李明") == "lettre.pdf"
    assert len(file_name("lettre", "x" * 200)) <= 64


def test_a_paper_opens_beside_the_page_and_is_kept_nowhere() -> None:
    headers = as_pdf(b"%PDF", "lettre").headers

    assert headers == {"content-disposition": 'inline; filename="lettre.pdf"', "cache-control": "private, no-store"}
