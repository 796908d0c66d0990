"""OWASP ASVS 5.0, level 2: every row says by which test or for which reason it holds, or that it does not."""

import csv
import re

from tests.house.source import ROOT

LIST = ROOT / "docs" / "asvs.csv"
STATUSES = {"tested", "reason", "n/a", "operator", "open"}
# How many requirements each chapter has on levels 1 and 2 (ASVS 5.0.0).
CHAPTERS = dict(
    zip(map(str, range(1, 18)), (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7), strict=True)
)


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(LIST.read_text().splitlines(), delimiter=";"))


def names_of_tests() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)\(", file.read_text())}


def test_every_requirement_of_both_levels_stands_there_once():
    numbers = [row["number"] for row in rows()]

    assert len(set(numbers)) == len(numbers) == 253
    assert {chapter: sum(one.split(".")[0] == chapter for one in numbers) for chapter in CHAPTERS} == CHAPTERS
    assert sum(row["level"] == "1" for row in rows()) == 70


def test_no_row_is_empty():
    assert [row["number"] for row in rows() if not all((row["asks"].strip(), row["evidence"].strip()))] == []
    assert {row["status"] for row in rows()} <= STATUSES
    assert [row["number"] for row in rows() if None in row] == []


def test_every_test_that_is_named_exists():
    known = names_of_tests()

    named = {name for row in rows() for name in re.findall(r"\btest_\w+\b(?!\.py)", row["evidence"])}

    assert len(named) > 70
    assert named - known == set()
    assert [
        row["number"] for row in rows() if row["status"] == "tested" and not row["evidence"].startswith("test_")
    ] == []


def test_every_page_that_is_named_exists():
    named = {name for row in rows() for name in re.findall(r"\b(?:docs|booking|tests)/[\w/.-]+\.\w+", row["evidence"])}

    assert named and not {name for name in named if not (ROOT / name).exists()}
