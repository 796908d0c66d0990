"""The QR code of a letter: it can be read again, and carries nothing but the address."""

import re

import segno

from booking.documents.qr import QUIET, drawn

ADDRESS = "https://ateliers.example/p/K7M4P2/0WF8cowoTlL33R42"


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a drawing, from its strokes: ``M`` and ``m`` move, ``h`` draws."""
    path = svg.partition(' d="')[2].partition('"')[0]
    dark, x, y = set(), 0.0, 0.0
    for sign, said in re.findall(r"([Mmh])([-\d. ]+)", path):
        numbers = [float(n) for n in said.split()]
        if sign == "h":
            dark |= {(int(y), int(x) + n) for n in range(int(numbers[0]))}
            x += numbers[0]
        else:
            x, y = numbers if sign == "M" else [x + numbers[0], y + numbers[1]]
    return dark


def test_what_is_drawn_is_the_code_of_the_address():
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    expected = {(r + QUIET, c + QUIET) for r, row in enumerate(matrix) for c, is_dark in enumerate(row) if is_dark}

    assert modules(drawn(ADDRESS)) == expected


def test_the_drawing_has_no_style_no_script_and_no_size_of_its_own():
    svg = drawn(ADDRESS)

    assert svg.startswith('<svg viewBox="0 0 41 41"') and "width=" not in svg
    assert not any(sign in svg for sign in ("style", "script", "http"))


def test_an_address_is_drawn_and_nothing_else_even_if_it_looks_like_markup():
    assert "<b>" not in drawn("https://x.example/<b>")
