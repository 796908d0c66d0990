"""The worker by which rolls open without network."""

from litestar import Controller, Response, get

from booking.web.templating import STATIC

WORKER = "roster-worker.js"
# It stands where it works, and a new one is looked for at each visit (Service Workers, 5.2 and 8.5).
HEADERS = {"service-worker-allowed": "/presence", "cache-control": "no-cache"}


class OfflinePages(Controller):
    """What the browser keeps beside the pages; there is no name in it."""

    @get("/presence/travailleur.js")
    async def worker(self) -> Response[bytes]:
        """The script of the worker."""
        return Response((STATIC / WORKER).read_bytes(), media_type="text/javascript", headers=HEADERS)
