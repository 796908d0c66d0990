"""An archived document as an answer: shown in the browser, able to do nothing there, stored by nobody on the way."""

from datetime import datetime

from litestar import Response

from booking.domain.archives import ENDINGS, PDF, TEXT, Archived
from booking.services.evidence_logs import Log
from booking.web.pages.pdfs import file_name

# What a document may load or do: nothing at all. Viewers of PDF in browsers do not start in a sandbox.
ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def as_document(document: Archived, at: datetime) -> Response[bytes]:
    """The bytes as they were archived, under a name of ours."""
    name = f"document-{at.date().isoformat()}-{document.hash[:8]}.{ENDINGS[document.media_type]}"
    headers = {
        "content-disposition": f'inline; filename="{name}"',
        "content-security-policy": ALONE if document.media_type == PDF else f"{ALONE}; sandbox",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-store",
    }
    is_text = document.media_type == TEXT
    kind = f"{TEXT}; charset=utf-8" if is_text else document.media_type
    return Response(document.content, media_type=kind, headers=headers)


def as_bundle(log: Log, content: bytes) -> Response[bytes]:
    """The log with its documents, to take away."""
    name = file_name("preuves", log.person.name).removesuffix(".pdf")
    headers = {"content-disposition": f'attachment; filename="{name}.zip"', "cache-control": "private, no-store"}
    return Response(content, media_type="application/zip", headers=headers)
