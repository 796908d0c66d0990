"""The manners of the house that a machine can check: size, names, docstrings, imports."""

import ast
from statistics import median

from tests.house.source import Module, modules

PRODUCT = modules("booking", "calendars")
LONG_BY_NATURE = {"tables.py"}
VAGUE = {"base", "common", "core", "handler", "handlers", "helper", "helpers", "manager", "misc", "util", "utils"}


def is_public(node: ast.stmt) -> bool:
    named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    return named and not node.name.startswith("_")


def lengths() -> dict[str, int]:
    return {
        f"{module}:{function.lineno} {function.name}": module.length(function)
        for module in PRODUCT
        for function in module.functions
    }


def sized_files() -> list[Module]:
    """Files that say something besides their docstring, without the long list of tables."""
    return [module for module in PRODUCT if len(module.tree.body) > 1 and module.path.name not in LONG_BY_NATURE]


def test_there_is_something_to_read():
    assert len(PRODUCT) > 20


def test_a_module_opens_with_a_docstring():
    assert not [module for module in PRODUCT if not ast.get_docstring(module.tree)]


def test_a_module_is_named_after_its_trade():
    assert not [module for module in PRODUCT if VAGUE & {module.path.stem, *module.place.parent.parts}]


def test_a_file_has_at_most_300_lines():
    assert not {module: module.lines for module in sized_files() if module.lines > 300}


def test_imports_stand_at_the_top():
    assert not {
        f"{module}:{node.lineno}"
        for module in PRODUCT
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }


def test_a_function_has_at_most_40_lines():
    assert not {place: length for place, length in lengths().items() if length > 40}


def test_half_the_files_have_at_most_60_lines(record_property):
    typical = median(module.lines for module in sized_files())

    record_property("median lines of a file", typical)
    assert typical <= 60


def test_half_the_functions_have_at_most_8_lines(record_property):
    typical = median(lengths().values())

    record_property("median lines of a function", typical)
    assert typical <= 8


def test_a_use_case_says_what_comes_of_it():
    assert not {
        f"{module}:{node.lineno} {node.name}"
        for module in modules("booking/services")
        for node in module.tree.body
        if is_public(node) and not ast.get_docstring(node)
    }
