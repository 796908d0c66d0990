"""Whoever chose English finds no French on any page, but for what people have written themselves."""

import re
from html.parser import HTMLParser

import pytest

from booking.domain.identifiers import new_id
from booking.language import ENGLISH, catalogue, typeset
from tests.browser.doors import doors
from tests.given import NOW
from tests.house.sentences import HEARD, sentences
from tests.web.given import Browser
from tests.web.rights import PARAMETER
from tests.web.test_rough_forms import everybody, ids  # noqa: F401 - fixtures

FRENCH = re.compile(
    r"\b(à|aucune?|aux?|avec|ces|cette|chaque|dans|depuis|des|du|est|et|jusqu|les?|ou|par|pas|pour|que|qui|sans|sont|sur|"
    r"tous|toutes|une|votre|vous|janvier|février|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|lundi|"
    r"mardi|mercredi|jeudi|vendredi|samedi|dimanche|1er)\b|\b\d{1,2}\sh\s\d\d\b",
    re.IGNORECASE,
)
# What things and places are called in the world of the tests, and what has a name in France only.
NAMES = re.compile(
    "Premiers pas(?: avec l’ordinateur| a$)|Médiathèque des Tilleuls|Les Écrans du Vercors|rue des Alliés|"
    "Tous les ateliers du réseau|Défenseur des droits"
)
UNSEEN = {"script", "style"}
ALONE = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use", "wbr"}


class Reader(HTMLParser):
    """Everything a page says or has read aloud, but for what it says is in another language or by somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.around: list[tuple[str, bool]] = [("", True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        is_ours = tag not in UNSEEN and had.get("dir") != "auto" and had.get("lang", ENGLISH) == ENGLISH
        is_ours = is_ours and self.around[-1][1]
        self.said |= {had[name] or "" for name in HEARD & had.keys()} if is_ours else set()
        self.around += [] if tag in ALONE else [(tag, is_ours)]

    def handle_endtag(self, tag: str) -> None:
        while tag in dict(self.around) and self.around.pop()[0] != tag:
            """What need not be closed ends with what it stands in."""

    def handle_data(self, data: str) -> None:
        self.said |= {data} if self.around[-1][1] else set()


def french(page: str) -> set[str]:
    """What a page says in French."""
    reader = Reader()
    reader.feed(page)
    said = {" ".join(one.split()).removeprefix(": ") for one in reader.said}
    return {one for one in said if FRENCH.search(NAMES.sub("", one))}


def test_french_is_recognised_and_what_people_write_is_left_to_them():
    assert french("<p lang=en>Aide <b>sur cette page</b></p><input placeholder='une date'>") == {
        "sur cette page",
        "une date",
    }
    assert french("<p lang=fr>sur cette page</p><p dir=auto>avec vous</p><p>Mardi ?</p>") == {"Mardi ?"}


def waiting() -> re.Pattern[str]:
    """What nobody has translated yet: the test of the catalogue asks for that."""
    known = sorted(sentences() - catalogue(ENGLISH).keys(), key=len, reverse=True)
    shapes = (re.sub(r"%\\\(\w+\\\)s", ".*", re.escape(" ".join(typeset(one).split()))) for one in known)
    return re.compile("|".join(shapes) or "$^")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_whoever_chose_english_reads_english(ids: dict[str, str], everybody: list[Browser]):  # noqa: F811
    unknown, told = str(new_id(NOW)), waiting()
    found = {}
    for door in doors():
        address = PARAMETER.sub(lambda name: ids.get(name[1], unknown), door)
        for browser in reversed(everybody):
            browser.http.cookies.set("__Host-langue", ENGLISH)
            answer = await browser.get(address)
            found[door] = {one for one in french(answer.text) if FRENCH.search(told.sub("", NAMES.sub("", one)))}
            if answer.status_code == 200:
                break

    assert len(found) > 100
    assert {door: said for door, said in found.items() if said} == {}
