"""Rows as a CSV file that LibreOffice and Excel open right, and that runs nothing there."""

import csv
from collections.abc import Iterable, Iterator

# What spreadsheets take for the beginning of a formula; full-width forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the machine's own code page


def csv_lines(rows: Iterable[Iterable], delimiter: str = ",") -> Iterator[str]:
    """Yield a CSV file line by line, from its byte-order mark on; every cell is text in quotes.

    Excel takes the comma where the country's numbers have a decimal point, and the semicolon where
    they have a decimal comma.
    """
    writer = csv.writer(_Echo(), delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])


def as_text(value) -> str:
    """Return a cell that no spreadsheet takes for a formula: where it looks like one, after a '."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    """What csv writes to: it hands each line straight back."""

    @staticmethod
    def write(line: str) -> str:
        return line
