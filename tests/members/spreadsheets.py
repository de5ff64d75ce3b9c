"""Files as people have them: made in the test, in the way that the programs make them."""

import io
import zipfile

from openpyxl import Workbook

from members.imports import reading, run
from members.imports.columns import recognise


def csv_file(text: str, encoding: str = "utf-8") -> bytes:
    lines = [line.strip() for line in text.strip().splitlines()]
    return "\r\n".join(lines).encode(encoding)


def workbook(*rows, more_sheets=()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for name in more_sheets:
        book.create_sheet(name)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(**parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return content.getvalue()


def read(content: bytes, name="members.csv", encoding="") -> reading.Sheet:
    return reading.read(name, content, recognise, encoding)


def shown(content: bytes, who=None, leave_out=()) -> run.Result:
    return run.preview(read(content), run.Choices(who or {}, frozenset(leave_out)))


def taken(content: bytes, who=None, by=None, why="Import of members.csv") -> run.Result:
    choices = run.Choices(who or {})
    mark = run.preview(read(content), choices).mark
    return run.take_over(read(content), choices, by=by, why=why, agreed=mark)
