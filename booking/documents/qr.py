"""An address as a QR code (ISO/IEC 18004), for the camera of a phone."""

import segno

# What the standard asks for around it, in modules.
QUIET = 4


def drawn(address: str) -> str:
    """The code as inline SVG that fills its place; a fifth of it may be dirty or folded."""
    return segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=QUIET)
