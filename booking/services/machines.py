"""The machine on which all this runs: its limits, its disk, its certificates."""

import os
import shutil
import ssl
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

DEMO = "demo.json"
MOUNTS = Path("/proc/self/mounts")


def of_process() -> dict[str, Any]:
    """What this process may do; the same would hold for a server started the same way."""
    told = {
        "is_debugging": sys.flags.dev_mode or bool(os.environ.get("PYTHONASYNCIODEBUG")),
        "is_stripped": sys.flags.optimize > 0,
        "is_root": hasattr(os, "geteuid") and os.geteuid() == 0,
        "authorities": len(ssl.create_default_context().get_ca_certs()) or _folder_of_authorities(),
        "has_zones": _has_zones(),
    }
    return told | _limits()


def of_folder(data: Path, backups: Path | None) -> dict[str, Any]:
    """Where the data lie, and how old the newest copy of them is."""
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    disk = shutil.disk_usage(there)
    return {
        "disk": _kind_of_disk(there),
        "free_bytes": disk.free,
        "free_share": disk.free / disk.total if disk.total else 0.0,
        "newest_backup": max(_times(backups), default=None) if backups else None,
        "has_demo_folder": (data / DEMO).exists(),
    }


def _limits() -> dict[str, Any]:
    """Open files and images of the memory; Windows knows neither."""
    if resource is None:
        return {}
    files, dump = resource.getrlimit(resource.RLIMIT_NOFILE)[0], resource.getrlimit(resource.RLIMIT_CORE)[0]
    return {"most_files": files if files >= 0 else sys.maxsize, "may_dump_memory": dump != 0}


def _folder_of_authorities() -> int:
    """Certificates in a folder are read one by one when they are needed."""
    folder = ssl.get_default_verify_paths().capath
    return len(os.listdir(folder)) if folder and Path(folder).is_dir() else 0


def _has_zones() -> bool:
    try:
        return bool(ZoneInfo("Europe/Paris").utcoffset(datetime(2026, 7, 1)))  # noqa: DTZ001 - a wall time
    except ZoneInfoNotFoundError:
        return False


def _kind_of_disk(folder: Path) -> str:
    """``ext4``, ``nfs4``; empty where the system does not say."""
    if not MOUNTS.exists():
        return ""
    place = folder.resolve()
    lines = (line.split() for line in MOUNTS.read_text().splitlines())
    found = [(words[1], words[2]) for words in lines if len(words) > 2 and place.is_relative_to(words[1])]
    return max(found, key=lambda mount: len(mount[0]), default=("", ""))[1]


def _times(folder: Path) -> Iterator[datetime]:
    if folder.is_dir():
        for one in folder.iterdir():
            if one.is_file() and one.stat().st_size:
                yield datetime.fromtimestamp(one.stat().st_mtime, UTC)
