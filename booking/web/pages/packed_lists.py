"""A list that was sent once, carried by the page that asks about it: nothing of it is kept here meanwhile."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from booking.web.uploads import LARGEST_LIST


def packed(content: bytes) -> str:
    """The bytes as a hidden field holds them, in letters that a form sends as they are."""
    return urlsafe_b64encode(zlib.compress(content)).decode()


def unpacked(said: str) -> bytes:
    """The bytes again, never more than a list may have; empty for what no page of ours made."""
    try:
        return zlib.decompressobj().decompress(urlsafe_b64decode(said.encode()), LARGEST_LIST)
    except (ValueError, zlib.error):
        return b""
