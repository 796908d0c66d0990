"""The product for programs, as the tests of its doors have it."""

from tests.web.conftest import programs  # noqa: F401 - a fixture
