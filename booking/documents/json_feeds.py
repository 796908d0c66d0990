"""A list of meetings as a JSON Feed (jsonfeed.org, version 1.1)."""

import json
from typing import Any

from booking.documents.atom import moment
from booking.documents.public_feeds import Item, PublicFeed, plain

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"
CALENDAR = "text/calendar"


def json_feed(feed: PublicFeed) -> bytes:
    """The feed; beside its words, ``_seance`` says the same to programs (extensions begin with a low line)."""
    said = {
        "version": VERSION,
        "title": plain(feed.title),
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": plain(feed.description),
        "language": feed.language,
        "authors": [{"name": plain(feed.author), "url": feed.home}],
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _item(item: Item) -> dict[str, Any]:
    said = {
        "id": item.id.urn,
        "url": item.url,
        "title": plain(item.title),
        "content_text": plain(item.text),
        "date_modified": moment(item.updated_at),
        "_seance": item.facts,
    }
    if item.tags:
        said["tags"] = [plain(tag) for tag in item.tags]
    if item.calendar:
        said["attachments"] = [{"url": item.calendar, "mime_type": CALENDAR}]
    return said
