"""Another process that serves calendars and tells tag and bytes of each.

python -m tests.web.serving DATABASE PATH ...
"""

import asyncio
import sys
from hashlib import sha256

import httpx

from booking.app import create_app
from booking.storage.opening import open_database
from tests.given import NOW, SITE


async def serve(database: str, paths: list[str]) -> None:
    """Ask for each, and tell."""
    app = create_app(lambda: open_database(database), SITE, clock=lambda: NOW)
    async with app.lifespan(), httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=SITE.url) as http:
        for path in paths:
            answer = await http.get(path)
            print(answer.status_code, answer.headers["etag"], sha256(answer.content).hexdigest())


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2:]))
