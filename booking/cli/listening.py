"""The server as it stops: who follows the news is let go first, because such a stream never ends by itself."""

import gc
import socket
import sys
from typing import Any

import uvicorn
from litestar import Litestar
from uvicorn.main import STARTUP_FAILURE

from booking.services.news import News
from booking.web.access_log import AccessLog
from booking.web.measuring import Measuring
from booking.web.packing import Packing
from booking.web.repeating import Repeating
from booking.web.tracing import Tracing


class Server(uvicorn.Server):
    """Serves until it is told to stop, and then nobody waits for anybody."""

    def __init__(self, app: Litestar, *, has_access_log: bool = False, **settings: Any) -> None:
        measured = Measuring(Packing(Repeating(app)))
        super().__init__(uvicorn.Config(Tracing(AccessLog(measured) if has_access_log else measured), **settings))
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then wait for what is under way."""
        news: News = self._app.state["news"]
        news.close()
        await super().shutdown(sockets)


def listen(app: Litestar, **settings: Any) -> None:
    """Serve this until stopped; a server that could not start ends the program."""
    server = Server(app, **settings)
    spare_the_collector()
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def spare_the_collector() -> None:
    """What was made while starting stays: looking through it again and again costs a tenth of each request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
