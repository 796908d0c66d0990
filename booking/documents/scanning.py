"""What a QR code on a photo says: a sheet held askew, in poor light, from whatever telephone (ISO/IEC 18004)."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

# What telephones and browsers make; others are not even tried.
KINDS = ("JPEG", "PNG", "WEBP")
LARGEST_PHOTO = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# First the size at which a drawing of 25 mm is read best and soonest, then a larger one for a sheet far away.
SIDES = (2000, 3200)
# A hand that moved a little is made good by this.
UNBLURRED = ImageFilter.UnsharpMask(3, 250, 0)
AT_ONCE = 2
_readers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reader")


class NotAPhoto(ValueError):
    """This file is no picture that can be read; its word says why, as fields say it."""


async def codes_on(photo: bytes) -> list[str]:
    """What the codes on a photo say, none when none can be read; at most two photos are read at a time.

    Raises :class:`NotAPhoto`.
    """
    return await asyncio.get_running_loop().run_in_executor(_readers, read, photo)


def read(photo: bytes) -> list[str]:
    """The same at once, in this thread."""
    for grey in _tries(photo):
        rows = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
        found = zxingcpp.read_barcodes(rows, formats=zxingcpp.BarcodeFormat.QRCode)
        if found:
            return [code.text for code in found]
    return []


def _tries(photo: bytes) -> Iterator[Image.Image]:
    """The photo in grey: small, with all its contrast, with sharper edges; then the same larger."""
    for side in SIDES:
        grey = _grey(photo, side)
        yield grey
        yield ImageOps.autocontrast(grey, cutoff=2)
        yield grey.filter(UNBLURRED)
        if max(grey.size) < side:
            return


def _grey(photo: bytes, side: int) -> Image.Image:
    if len(photo) > LARGEST_PHOTO:
        raise NotAPhoto("scan-too-large")
    try:
        with Image.open(BytesIO(photo), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPhoto("too-many-pixels")
            # A JPEG is unpacked no larger than it is needed.
            opened.draft("L", (side, side))
            grey = opened.convert("L")
    except NotAPhoto:
        raise
    # A broken file ends in many ways, among them a refusal of whatever would fill the memory.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhoto("not-a-picture") from error
    grey.thumbnail((side, side))
    return grey
