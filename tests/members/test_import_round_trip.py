"""The whole demonstration, exported as every kind of file, imports back to no change."""

import pytest

from members.imports import exports
from tests.members.spreadsheets import shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [exports.organisations, exports.memberships])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_imports_back_to_no_change(loaded_demo, rows, kind):
    if kind == "csv":
        content = "".join(exports.as_csv(rows())).encode()
    else:
        content = exports.as_workbook("Members", rows())
    result = shown(content)
    assert len(result.outcomes) > 20
    assert [one for one in result.outcomes if one.state != "same"] == []
