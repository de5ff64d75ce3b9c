"""Benchmarks print figures and fail on none: `make benchmarks`. They use the browser of the tests."""

from tests.browser.conftest import (  # noqa: F401 fixtures
    browser,
    complaints,
    demonstration,
    real_site,
)
