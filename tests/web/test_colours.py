"""The colours of workshops: each can be told from what lies behind it, by day and by night."""

import re

import pytest

from booking.domain.workshops import Colour
from booking.web.templating import STATIC

SHEET = (STATIC / "app.css").read_text()
LIGHT, DARK = SHEET.split("@media (prefers-color-scheme: dark)", 1)


def token(name: str, part: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]{{3,6}})", part)
    assert found, name
    said = found.group(1)[1:]
    return said if len(said) == 6 else "".join(letter * 2 for letter in said)


def luminance(said: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(said[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("part", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", Colour)
def test_a_colour_stands_out_from_the_page_and_from_a_card(colour: Colour, part: str):
    for behind in ("ground", "surface", "sunk"):
        assert contrast(token(f"hue-{colour}", part), token(behind, part)) >= 3


@pytest.mark.parametrize("colour", Colour)
def test_every_colour_has_its_class(colour: Colour):
    assert f".hue-{colour} {{ --hue: var(--hue-{colour}); }}" in SHEET
