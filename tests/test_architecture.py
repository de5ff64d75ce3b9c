"""Imports go one way: record → accounts → publishing → members → working_groups → news → site."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["record", "accounts", "publishing", "members", "working_groups", "news", "alliance_portal"]


def imported(path: Path) -> set[str]:
    """Return the first words of all that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_what_is_to_its_left(package):
    right = set(ORDER[ORDER.index(package) + 1 :])
    wrong = {
        str(path.relative_to(ROOT)): imported(path) & right
        for path in (ROOT / package).rglob("*.py")
        if imported(path) & right
    }
    assert wrong == {}
