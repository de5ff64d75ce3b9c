"""A CSV file opens right in spreadsheets, and nothing in it runs."""

import csv
import io

import pytest

from record.spreadsheets import as_text, csv_lines


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "＝1"],
)
def test_what_looks_like_a_formula_becomes_text(cell):
    assert as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Cluj IT", "2022-03", "a=b", "x-1", "", "Łódź", "'quoted"])
def test_anything_else_stays_as_it_is(cell):
    assert as_text(cell) == cell


def test_nothing_is_an_empty_cell():
    assert as_text(None) == ""
    assert as_text(0) == "0"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_file_begins_with_the_mark_and_reads_back_cell_by_cell(delimiter):
    rows = [["Name", "Words"], ['A "B", C; D', "two\nlines"], ["Łódź", "=1;=2,=3"]]
    text = "".join(csv_lines(rows, delimiter))
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == 3
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=delimiter))
    assert read == [rows[0], rows[1], ["Łódź", "'=1;=2,=3"]]


def test_a_formula_within_a_cell_cannot_become_a_cell_of_its_own():
    """A file with commas that a spreadsheet takes apart at semicolons, and the other way round."""
    for delimiter, other in ((",", ";"), (";", ",")):
        text = "".join(csv_lines([[f"a{other}=1", "b"]], delimiter))
        [cells] = csv.reader(io.StringIO(text[1:], newline=""), delimiter=other)
        assert not any(cell.startswith("=") for cell in cells)


def test_lines_are_made_one_by_one():
    def rows():
        yield ["first"]
        raise RuntimeError("asked too early")

    lines = csv_lines(rows())
    assert [next(lines), next(lines)] == ["\ufeff", '"first"\r\n']
