"""A thin line: each page comes in two halves, as over a bad network."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Long enough that a browser paints what it has.
PAUSE = 0.4


@contextmanager
def halved(pages: dict[str, bytes]) -> Iterator[str]:
    """Serves these pages by their paths; yields the address of the server."""

    class Half(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.get(self.path, b"")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found[: len(found) // 2])
            self.wfile.flush()
            time.sleep(PAUSE if found else 0)
            self.wfile.write(found[len(found) // 2 :])

        def log_message(self, *_: object) -> None:
            """Nobody asked."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Half)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
