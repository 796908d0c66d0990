"""The journeys of signing in with a certified provider (npm oidc-provider): ./dev oidc [pytest arguments].

They stay out of the ordinary tests, which need nothing but Python. What is installed goes into .venv/oidc.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(sys.prefix) / "oidc"
NODE = "oidc: Node 20 or later with npm is needed (Debian and Ubuntu: apt install nodejs npm)"


def set_up() -> None:
    """oidc-provider by the hashes of package-lock.json, anew only when these change."""
    lock = (HERE / "package-lock.json").read_bytes()
    if not (shutil.which("node") and shutil.which("npm")):
        sys.exit(NODE)
    FOLDER.mkdir(exist_ok=True)
    if not (FOLDER / "installed").exists() or (FOLDER / "installed").read_bytes() != lock:
        print("oidc: installing oidc-provider ...", file=sys.stderr, flush=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, FOLDER)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(["npm", "ci", *quiet], cwd=FOLDER, check=True)
        (FOLDER / "installed").write_bytes(lock)


if __name__ == "__main__":
    set_up()
    tests = [sys.executable, "-m", "pytest", str(HERE), *sys.argv[1:]]
    sys.exit(subprocess.run(tests, env=os.environ | {"OIDC": str(FOLDER)}, check=False).returncode)
