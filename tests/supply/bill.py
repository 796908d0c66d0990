"""The bill of materials: every package that runs in an installation, with its hashes and licence (CycloneDX 1.6).

    ./dev sbom [FILE]

The same locks give the same bytes: there is no date in it, and its serial number is made of the content.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from booking import __version__

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+))?((?:[^\n]*\\\n\s+--hash=\S+)+)", re.MULTILINE
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Pinned:
    """One package as the lock names it; ``where`` is the kind of machine it is for, if not for all."""

    name: str
    version: str
    where: str
    hashes: tuple[str, ...]

    @property
    def url(self) -> str:
        """What it is called all over the world (package URL)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def pinned(lock: str) -> Iterator[Pinned]:
    """The packages of a lock."""
    for name, version, where, hashes in PINNED.findall(lock):
        yield Pinned(name.lower().replace("_", "-"), version, where.strip(), tuple(HASH.findall(hashes)))


def licence(name: str) -> str:
    """How the package says it may be used; empty where it is not installed, as on another kind of machine."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [
        one.removeprefix(CLASSIFIER) for one in said.get_all("Classifier") or () if one.startswith(CLASSIFIER)
    ]
    return said.get("License-Expression") or "; ".join(classified) or (said.get("License") or "").split("\n")[0]


def bill(lock: str) -> dict[str, Any]:
    """The bill of what this lock installs."""
    product = {"type": "application", "bom-ref": "ateliers", "name": "ateliers", "version": __version__}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {"component": product | {"licenses": [{"license": {"id": "EUPL-1.2"}}]}},
        "components": [_component(one) for one in pinned(lock)],
    }


def _component(one: Pinned) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.url,
        "name": one.name,
        "version": one.version,
        "purl": one.url,
        # One hash for each file that may be installed: they are those of the archives, not of what is unpacked.
        "externalReferences": [
            {
                "type": "distribution",
                "url": one.url,
                "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
            }
        ],
    }
    if said := licence(one.name):
        told["licenses"] = [{"license": {"name": said}}]
    if one.where:
        told["properties"] = [{"name": "ateliers:marker", "value": one.where}]
    return told


def main() -> None:
    """Write the bill to a file, or to the screen."""
    written = json.dumps(bill(LOCK.read_text()), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(written)
    else:
        print(written, end="")


if __name__ == "__main__":
    main()
