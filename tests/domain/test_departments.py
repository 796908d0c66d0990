"""Departments, from the codes of communes and post codes."""

import pytest

from booking.domain.departments import department, of_commune, of_postcode


@pytest.mark.parametrize(
    ("said", "number"),
    [("1", "01"), ("01", "01"), ("001", "01"), ("2a", "2A"), ("974", "974"), ("20", "20"), ("99", None), ("", None)],
)
def test_a_department_is_read_in_any_usual_form(said: str, number: str | None) -> None:
    assert department(said) == number


@pytest.mark.parametrize(
    ("insee", "number"), [("38185", "38"), ("2B033", "2B"), ("97411", "974"), ("381", None), ("99100", None)]
)
def test_a_commune_lies_in_a_department(insee: str, number: str | None) -> None:
    assert of_commune(insee) == number


@pytest.mark.parametrize(
    ("postcode", "number"),
    [("38000", "38"), ("20000", "2A"), ("20200", "2B"), ("97150", "978"), ("97133", "977"), ("97824", "974")],
)
def test_a_post_code_points_to_a_department(postcode: str, number: str) -> None:
    assert of_postcode(postcode) == number
