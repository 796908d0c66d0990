"""The source of the product as the house tests read it: files, functions, lines. No git is needed."""

import ast
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"venv", "var", "dist", "node_modules", "__pycache__"}
OURS_THOUGH_HIDDEN = {".ci", ".github"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """One Python file of the product."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text()
        self.place = path.relative_to(ROOT)

    def __repr__(self) -> str:
        return self.place.as_posix()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> int:
        """Lines that are neither blank nor a comment."""
        return sum(is_said(line) for line in self.text.splitlines())

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def length(self, function: Function) -> int:
        """The lines of a function from `def` on that are neither blank, nor a comment, nor of its docstring."""
        lines = self.text.splitlines()[function.lineno - 1 : function.end_lineno]
        docstring = ast.get_docstring(function) and function.body[0]
        words = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
        return sum(is_said(line) for line in lines) - words


def is_said(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def is_ours(folder: str) -> bool:
    return folder not in NOT_OURS and (not folder.startswith(".") or folder in OURS_THOUGH_HIDDEN)


def modules(*packages: str) -> list[Module]:
    """The Python files of the named packages; migrations are records of the past and stay as they were written."""
    paths = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    return [Module(path) for path in paths if "versions" not in path.parts]


def own_files() -> Iterator[Path]:
    """Every file of the working copy that is not installed, generated or cached."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if is_ours(name)]
        yield from (Path(folder, name) for name in names if not name.endswith((".pyc", ".sqlite3", "-wal", "-shm")))
