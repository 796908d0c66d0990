"""The floors of the house: who may import whom (the contracts stand in pyproject.toml)."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT, Module, modules


def imported(module: Module) -> set[str]:
    """The first names of everything a module imports."""
    names = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_every_import_goes_down_a_floor():
    program = Path(sys.executable).with_name("lint-imports")

    answer = subprocess.run([program, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_rule_needs_the_standard_library_and_calendars_only():
    known = sys.stdlib_module_names | {"booking", "calendars"}

    assert not {module: foreign for module in modules("booking/domain") if (foreign := imported(module) - known)}
