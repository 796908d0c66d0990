"""Atom and JSON Feed: what their specifications require is there, and nothing a reader could stumble over."""

import json
import re
from datetime import datetime, timedelta, timezone
from uuid import UUID
from xml.etree import ElementTree

import pytest

from booking.documents.atom import atom
from booking.documents.json_feeds import json_feed
from booking.documents.public_feeds import Item, PublicFeed
from tests.given import NOW

A = "{http://www.w3.org/2005/Atom}"
HOME = "https://ateliers.example/agences/grenoble"
# RFC 3339, 5.6, as RFC 4287, 3.3 narrows it: capital T and Z.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NASTY = "a\x00b\x1fc\ufffed\uffffe\ud800f ]]> <é> & \"'"


def an_item(n: int = 1, **known: object) -> Item:
    usual = {"title": "Premiers pas", "text": "lundi\nGrenoble", "url": f"{HOME}#m-{n}", "updated_at": NOW}
    return Item(id=UUID(int=n), **(usual | known))  # type: ignore[arg-type]


def a_feed(*items: Item, **known: object) -> PublicFeed:
    usual = {
        "title": "Prochains ateliers",
        "description": "Grenoble Bastille, 1 rue des Alpes",
        "language": "fr",
        "home": HOME,
        "address": f"{HOME}/prochains.atom?nombre=3&langue=en",
        "author": "Grenoble Bastille",
        "updated_at": NOW,
    }
    return PublicFeed(id=UUID(int=7), items=items, **(usual | known))  # type: ignore[arg-type]


def read(feed: PublicFeed) -> ElementTree.Element:
    return ElementTree.fromstring(atom(feed))  # noqa: S314 - our own


def test_atom_has_what_a_feed_must_have_and_each_only_once():
    """RFC 4287, 4.1.1: exactly one id, title and updated; an author; one alternate of a kind; a link to itself."""
    root = read(a_feed(an_item()))

    assert root.tag == f"{A}feed" and root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert {name: len(root.findall(A + name)) for name in ("id", "title", "updated", "subtitle", "author")} == {
        "id": 1,
        "title": 1,
        "updated": 1,
        "subtitle": 1,
        "author": 1,
    }
    links = [(link.get("rel"), link.get("type"), link.get("href")) for link in root.findall(f"{A}link")]
    assert links == [
        ("self", "application/atom+xml", f"{HOME}/prochains.atom?nombre=3&langue=en"),
        ("alternate", "text/html", HOME),
    ]
    assert root.findtext(f"{A}author/{A}name") == "Grenoble Bastille"


def test_atom_has_what_an_entry_must_have_and_each_only_once():
    """RFC 4287, 4.1.2."""
    root = read(a_feed(an_item(calendar=f"{HOME}/x.ics", tags=["Bureautique"]), an_item(2)))

    for entry in root.findall(f"{A}entry"):
        assert [len(entry.findall(A + name)) for name in ("id", "title", "updated", "content")] == [1, 1, 1, 1]
        assert URN.fullmatch(entry.findtext(f"{A}id", ""))
        assert DATE.fullmatch(entry.findtext(f"{A}updated", ""))
        assert entry.find(f"{A}link").get("rel") == "alternate"  # type: ignore[union-attr]
        assert entry.find(f"{A}content").get("type") == "text"  # type: ignore[union-attr]
    first = root.find(f"{A}entry")
    assert first.find(f"{A}link[@rel='enclosure']").get("type") == "text/calendar"  # type: ignore[union-attr]
    assert first.find(f"{A}category").get("term") == "Bureautique"  # type: ignore[union-attr]


def test_no_two_entries_have_the_same_id_and_moment():
    root = read(a_feed(an_item(1), an_item(2)))

    told = [(e.findtext(f"{A}id"), e.findtext(f"{A}updated")) for e in root.findall(f"{A}entry")]
    assert len(set(told)) == 2


def test_atom_is_xml_whatever_somebody_typed():
    root = read(a_feed(an_item(title=NASTY, text=NASTY, tags=[NASTY]), title=NASTY, author=NASTY))

    assert root.findtext(f"{A}title") == "abcdef ]]> <é> & \"'"
    assert root.findtext(f"{A}entry/{A}content") == "abcdef ]]> <é> & \"'"


def test_a_moment_is_said_in_the_time_of_the_world():
    there = NOW.astimezone(timezone(timedelta(hours=11)))

    assert read(a_feed(updated_at=there)).findtext(f"{A}updated") == "2026-10-19T08:00:00Z"


def test_json_feed_has_what_its_version_requires():
    """jsonfeed.org/version/1.1: version, title, items; of an item id and a content; types as given there."""
    said = json.loads(json_feed(a_feed(an_item(calendar=f"{HOME}/x.ics"))))

    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert (said["home_page_url"], said["language"]) == (HOME, "fr")
    assert said["authors"] == [{"name": "Grenoble Bastille", "url": HOME}] and "author" not in said
    (item,) = said["items"]
    assert URN.fullmatch(item["id"]) and item["content_text"] == "lundi\nGrenoble"
    assert datetime.fromisoformat(item["date_modified"]) == NOW
    assert item["attachments"] == [{"url": f"{HOME}/x.ics", "mime_type": "text/calendar"}]


def test_json_feed_has_no_empty_parts():
    (item,) = json.loads(json_feed(a_feed(an_item())))["items"]

    assert not {"tags", "attachments"} & item.keys()


@pytest.mark.parametrize("write", [atom, json_feed])
def test_the_same_list_gives_the_same_bytes(write):
    assert write(a_feed(an_item(), an_item(2))) == write(a_feed(an_item(), an_item(2)))


@pytest.mark.parametrize("write", [atom, json_feed])
def test_an_empty_list_is_one(write):
    assert b"Prochains ateliers" in write(a_feed())


def test_json_feed_bears_whatever_somebody_typed():
    said = json.loads(json_feed(a_feed(an_item(title=NASTY))))

    assert said["items"][0]["title"] == "abcdef ]]> <é> & \"'"
