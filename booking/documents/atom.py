"""A list of meetings as an Atom feed (RFC 4287)."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from booking.documents.public_feeds import Item, PublicFeed, plain

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"


def atom(feed: PublicFeed) -> bytes:
    """The feed with what RFC 4287, 4.1 asks of it; the same list gives the same bytes."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _text(root, "id", feed.id.urn)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.description)
    _text(root, "updated", moment(feed.updated_at))
    author = SubElement(root, "author")
    _text(author, "name", feed.author)
    _text(author, "uri", feed.home)
    SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.home})
    for item in feed.items:
        _entry(root, item)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: Element, item: Item) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", item.id.urn)
    _text(entry, "title", item.title)
    _text(entry, "updated", moment(item.updated_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.url})
    if item.calendar:
        SubElement(entry, "link", {"rel": "enclosure", "type": "text/calendar", "href": item.calendar})
    for tag in item.tags:
        SubElement(entry, "category", {"term": plain(tag)})
    _text(entry, "content", item.text, type="text")


def _text(parent: Element, name: str, said: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = plain(said)


def moment(instant: datetime) -> str:
    """``2026-10-19T08:00:00Z`` (RFC 3339)."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
