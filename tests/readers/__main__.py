"""Three more readers of our calendars, in JavaScript and in C: ./dev readers [pytest arguments].

They stay out of the ordinary tests, which need nothing but Python. What is installed goes into .venv/readers.
"""

import ctypes.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tests.readers.programs import HERE

FOLDER = Path(sys.prefix) / "readers"
PACKAGES = ("libical3", "libical3t64")  # Debian's name, and Ubuntu's since 24.04
NODE = "no ical.js and no node-ical: they need Node 20 or later with npm (Debian and Ubuntu: apt install nodejs npm)"
LIBICAL = "no libical: install it (Debian and Ubuntu: apt install libical3; Fedora: dnf install libical)"


def say(sentence: str) -> None:
    """A sentence for the person who waits."""
    print(f"readers: {sentence}", file=sys.stderr, flush=True)


def set_up_node() -> None:
    """ical.js and node-ical by the hashes of package-lock.json, anew only when these change."""
    lock = (HERE / "package-lock.json").read_bytes()
    if not (shutil.which("node") and shutil.which("npm")):
        say(NODE)
    elif not (FOLDER / "installed").exists() or (FOLDER / "installed").read_bytes() != lock:
        say("installing ical.js and node-ical ...")
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, FOLDER)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(["npm", "ci", *quiet], cwd=FOLDER, check=True)
        (FOLDER / "installed").write_bytes(lock)


def set_up_libical() -> None:
    """The library of this machine, or else that of its distribution, unpacked here; no rights are needed for it."""
    link = FOLDER / "libical.so"
    link.unlink(missing_ok=True)
    found = _of_this_machine() or _unpacked() or _fetched()
    if found:
        link.symlink_to(found)
    else:
        say(LIBICAL)


def _of_this_machine() -> Path | None:
    name = ctypes.util.find_library("ical")
    triplet = f"{platform.machine()}-linux-gnu"
    places = [Path("/usr/lib") / triplet, Path("/usr/lib64"), Path("/usr/lib"), Path("/usr/local/lib")]
    return next((place / name for place in places if name and (place / name).exists()), None)


def _unpacked() -> Path | None:
    return next((FOLDER / "libical").rglob("libical.so.3"), None)


def _fetched() -> Path | None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    say("fetching libical ...")
    for package in PACKAGES:
        fetched = subprocess.run(["apt-get", "download", package], cwd=FOLDER, check=False, capture_output=True)
        if fetched.returncode == 0:
            archive = next(FOLDER.glob(f"{package}_*.deb"))
            subprocess.run(["dpkg-deb", "--extract", archive, FOLDER / "libical"], check=True)
            archive.unlink()
            return _unpacked()
    return None


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    set_up_node()
    set_up_libical()
    tests = [sys.executable, "-m", "pytest", str(HERE), *sys.argv[1:]]
    sys.exit(subprocess.run(tests, env=os.environ | {"READERS": str(FOLDER)}, check=False).returncode)
