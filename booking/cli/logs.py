"""What the program says about itself while it runs: lines for a person, or JSON for a collector; no personal data."""

import sys
from collections.abc import Iterator
from traceback import extract_tb
from typing import Any

import structlog


def configure_logs(log_format: str) -> None:
    """From here on every line has its time and level."""
    renderer = structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
    )


def without_words(_: Any, __: str, line: Any) -> Any:
    """An error by its kinds and places. Its words stay out: those of a database repeat the values that were written."""
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        line["exception"] = "\n".join(_told(error))
    return line


def _told(error: BaseException) -> Iterator[str]:
    """From the error that reached us back to the first."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield f"{type(found).__module__}.{type(found).__qualname__}"
        yield from (f"  {at.filename}:{at.lineno} {at.name}" for at in extract_tb(found.__traceback__))
        found = found.__cause__ or found.__context__
