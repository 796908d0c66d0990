"""Pages on which everything is called as somebody might call it to take them over: they show it, and nothing else."""

import html
from html.parser import HTMLParser

import pytest
from sqlalchemy import update

from booking.storage import tables
from tests.given import World
from tests.hostile import TYPED
from tests.web.given import Browser
from tests.web.test_rough_forms import PARAMETER, doors, everybody, ids  # noqa: F401 - two are fixtures

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
# It tells what changes for as long as somebody listens.
ENDLESS = "/direct"
CALLED = " ".join(TYPED.values())
NAMED = {
    tables.agencies: ("address", "commune", "directions"),
    tables.job_seekers: ("first_name", "last_name", "address"),
    tables.staff: ("name",),
    tables.workshops: ("objectives", "theme"),
}
UNIQUE = {tables.agencies: "name", tables.rooms: "name", tables.workshops: "title"}


class Acting(HTMLParser):
    """Notes what would act on a page: scripts without a file of ours, events, addresses that are programs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "script" and not (said.get("src") or "").startswith(("/static/", "/presence/")):
            self.found.append("script")
        if tag in ("style", "marquee", "object", "embed", "base") or (tag == "img" and said.get("src") == "x"):
            self.found.append(tag)
        self.found += [name for name in said if name.startswith("on") or name == "srcdoc"]
        self.found += [value for value in said.values() if value and value.lower().startswith("javascript:")]


@pytest.fixture
async def called(world: World, ids: dict[str, str]) -> dict[str, str]:  # noqa: F811
    """The same nouns, called so."""
    async with world.db.transaction() as tx:
        for table, columns in NAMED.items():
            await tx.run(update(table).values(dict.fromkeys(columns, CALLED)))
        for table, column in UNIQUE.items():
            await tx.run(update(table).values({column: CALLED + table.c.id.cast(table.c[column].type)}))
    return ids


@SQLITE
async def test_no_page_lets_a_name_act(called: dict[str, str], everybody: list[Browser]):  # noqa: F811
    names, shown = called | {"slug": "grenoble-bastille"}, 0

    for door in doors("GET"):
        if door.endswith(ENDLESS):
            continue
        answer = await everybody[1].get(PARAMETER.sub(lambda name: names.get(name[1], "inconnu"), door))
        assert answer.status_code < 500, door
        if answer.headers["content-type"].startswith("text/html"):
            acting = Acting()
            acting.feed(answer.text)
            assert acting.found == [], door
            shown += TYPED["a script"] in html.unescape(answer.text)

    assert shown > 20


def test_what_would_act_is_noticed():
    acting = Acting()
    acting.feed(CALLED)
    acting.feed(f'<a href="{TYPED["an address that acts"]}" title="{TYPED["the end of an attribute"]}">')

    assert {"script", "onerror", "onload", "img"} <= set(acting.found)
    assert "javascript:alert(1)" in acting.found
