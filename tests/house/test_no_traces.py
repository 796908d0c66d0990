"""The files speak of the product alone, not of the machine or the network where somebody wrote them."""

import re
from pathlib import Path

from tests.house.source import ROOT, own_files

# Put together here, so that this file does not hold what it looks for.
FOLDERS = "|".join(("work", "root", "home", "Users", "opt"))
HOSTS = "|".join((r"pypi\.org", r"pythonhosted\.org", r"registry\.npmjs\.org", r"proxy\.golang\.org"))
OPTIONS = "|".join(("index", "find")) + ")-(?:url|links"
TRACES = re.compile(rf"(?<![\w.}}\])/-])/(?:{FOLDERS})/|file:/{{2}}|\b(?:{HOSTS})\b|\b(?:{OPTIONS})\b")


def traces(path: Path) -> list[str]:
    """The lines of a text file that name a machine or a registry; pictures, fonts and other bytes say nothing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [line for line in lines if TRACES.search(line)]


def test_a_trace_would_be_noticed():
    assert TRACES.search("see /" + "home/ada/notes")
    assert TRACES.search("https://pypi" + ".org/simple")
    assert not TRACES.search("framework/home/page and https://example.org/home/")


def test_no_file_names_a_machine_or_a_registry():
    found = {path.relative_to(ROOT).as_posix(): lines for path in own_files() if (lines := traces(path))}

    assert not found
