"""What is installed is what was chosen: each package has its hashes, its licence, and its reason."""

import re
import tomllib

import pytest

from tests.supply.bill import LOCK, ROOT, bill, licence, pinned

LOCKS = sorted(ROOT.glob("requirements*.lock"))
NAME = re.compile(r"^[A-Za-z0-9._-]+")
# Licences that let a public service use, change and hand on the whole under the EUPL.
FREE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|ISC|MPL|Mozilla|OFL|Open Font|Unlicense|LGPL|Public Domain|0BSD|Zlib"
)


def direct() -> list[str]:
    """The names that pyproject.toml asks for."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*said["project"]["dependencies"], *(one for group in said["dependency-groups"].values() for one in group)]
    return sorted({NAME.match(one)[0].lower() for one in asked})


def words_of_decisions() -> set[str]:
    text = " ".join(page.read_text() for page in (ROOT / "docs" / "decisions").glob("*.md"))
    return set(re.findall(r"[a-z0-9][a-z0-9._-]*[a-z0-9]", text.lower()))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_a_lock_has_a_version_and_hashes(lock):
    said = lock.read_text()
    starts = [line for line in said.splitlines() if NAME.match(line)]

    found = list(pinned(said))

    assert len(found) == len(starts) > 5
    assert all(one.hashes for one in found)
    assert "http" not in said.replace("httptools", "").replace("httpx", "").replace("httpcore", "")


def test_every_package_that_was_asked_for_has_its_reason():
    assert len(direct()) > 30
    assert [name for name in direct() if name not in words_of_decisions()] == []


def test_the_bill_names_every_package_once_with_its_hashes_and_licence():
    made = bill(LOCK.read_text())

    names = [one["name"] for one in made["components"]]
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert len(names) == len(set(names)) == len(list(pinned(LOCK.read_text())))
    assert {"litestar", "sqlalchemy", "typst"} <= set(names)
    assert made == bill(LOCK.read_text())


def test_every_package_that_runs_may_be_handed_on():
    installed = {one.name: licence(one.name) for one in pinned(LOCK.read_text())}

    assert {name: said for name, said in installed.items() if said and not FREE.search(said)} == {}
    assert sum(map(bool, installed.values())) > 30
