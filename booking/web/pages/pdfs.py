"""A PDF file as an answer: opened beside the page, with a name that says what it is, and kept by nobody on the way."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response

from booking.documents.pdf.printing import printed
from booking.domain.job_seekers import folded
from booking.web.pages.visits import Visit

PDF = "application/pdf"
LONGEST_NAME = 60


async def pdf(
    visit: Visit, template: str, data: Mapping[str, Any], *names: str, on: date | None = None
) -> Response[bytes]:
    """The paper set from this data; ``names`` and the day make the name of the file."""
    return as_pdf(await printed(template, data, visit.now), *names, on=on)


def as_pdf(content: bytes, *names: str, on: date | None = None) -> Response[bytes]:
    """A paper that is printed already."""
    headers = {
        "content-disposition": f'inline; filename="{file_name(*names, on=on)}"',
        "cache-control": "private, no-store",
    }
    return Response(content, media_type=PDF, headers=headers)


def file_name(*names: str, on: date | None = None) -> str:
    """``emargement-2026-11-24-premiers-pas.pdf``: no accents and no signs but hyphens."""
    first, *rest = (folded(said).encode("ascii", "ignore").decode().split() for said in names)
    day = [on.isoformat()] if on else []
    words = [*first, *day, *(word for said in rest for word in said)]
    return "-".join(words)[:LONGEST_NAME].strip("-") + ".pdf"
