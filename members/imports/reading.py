"""A spreadsheet file as rows of text, whatever program saved it; what cannot be read is a sentence.

Nothing of a file is run or looked up: formulas are named, not worked out, macros refuse the file.
"""

import csv
import datetime
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from record.spreadsheets import FORMULA

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024  # of an XLSX file, which is a compressed folder
MOST_ROWS, MOST_COLUMNS = 2000, 60
MOST_LOOKED_AT = 20_000  # rows, with those that are empty
HEADER_WITHIN = 15  # rows from the top
LONGEST_CELL = 5000  # letters
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ",;\t|"
ENCODINGS = [
    ("", gettext_lazy("Find out")),
    ("utf-8-sig", "UTF-8"),
    ("cp1252", gettext_lazy("Windows, western Europe (1252)")),
    ("cp1250", gettext_lazy("Windows, central Europe (1250)")),
    ("utf-16", "UTF-16"),
]
# What openpyxl and zipfile raise for a workbook that is damaged: they have no error of their own for it.
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


class CannotBeRead(Exception):  # noqa: N818  it is an answer, not an error
    """The file is none that can be read; the message is a sentence for who sent it."""


class NoHeadings(CannotBeRead):
    """No row near the top names the columns."""

    def __init__(self):
        super().__init__(
            _(
                "No row near the top has headings that are understood: one must be "
                "'Organisation'. The template shows all of them."
            )
        )


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where: 'D7'. A formula has no text."""

    text: str
    place: str
    is_formula: bool = False


@dataclass
class Sheet:
    """The rows of a file below its header: for each, its number and its cells by column."""

    columns: dict[int, str]  # key of members/imports/columns.py by position
    rows: list[tuple[int, dict[str, Cell]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


Recognise = Callable[[str], str | None]


def read(name: str, content: bytes, recognise: Recognise, encoding: str = "") -> Sheet:
    """Return the rows of a CSV or XLSX file. `recognise` says which column a heading names.

    Raises CannotBeRead. The name is only for sentences: the content says what the file is.
    """
    if not content.strip():
        raise CannotBeRead(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise CannotBeRead(_("The file is larger than 5 MB. Split it, or leave out pictures."))
    if content.startswith(OLD_EXCEL):
        raise CannotBeRead(
            _("This is a file of an old Excel, or one with a password. Save it as .xlsx or .csv.")
        )
    if content.startswith(ZIP):
        return _from_workbook(content, recognise)
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF")):
        raise CannotBeRead(_("'%(name)s' is no spreadsheet.") % {"name": name[:80]})
    return _from_text(content, recognise, encoding)


# -- CSV ------------------------------------------------------------------------------------------


def _from_text(content: bytes, recognise: Recognise, encoding: str) -> Sheet:
    text, note = _decoded(content, encoding)
    sheets: list[Sheet] = []
    refusals: list[CannotBeRead] = []
    for delimiter in DELIMITERS:
        try:
            sheets.append(_sheet(_csv_rows(text, delimiter), recognise))
        except CannotBeRead as refusal:
            refusals.append(refusal)
    if not sheets:
        # With the wrong mark between cells nothing is understood: any other refusal says more.
        raise min(refusals, key=lambda refusal: isinstance(refusal, NoHeadings))
    best = max(sheets, key=lambda sheet: len(sheet.columns))
    best.notes[:0] = [note] if note else []
    return best


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    """Return the text of a file and a note where its encoding was guessed."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                       (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            encoding = name
    if not encoding and b"\0" in content[:200]:
        # UTF-16 without its mark: of Latin letters every other byte is nothing.
        return _guessed(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    if encoding:
        try:
            return content.decode(encoding), ""
        except UnicodeDecodeError:
            raise CannotBeRead(
                _("The file is not written in %(encoding)s. Let the portal find out, or save it "
                  "as 'CSV UTF-8'.") % {"encoding": dict(ENCODINGS).get(encoding, encoding)}
            ) from None  # fmt: skip
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    return _guessed(content, "cp1252")


def _guessed(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise CannotBeRead(
            _("The file's letters are not understood. Save it as 'CSV UTF-8'.")
        ) from None
    if encoding != "cp1252":
        return text, ""
    return text, _(
        "The file does not say how its letters are written: they were read as western European. "
        "Look at names with accents; where they are wrong, choose another way above."
    )


def _csv_rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    # A line with nothing in it is a row that a spreadsheet shows, so it counts.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, 1):
            yield [
                Cell(_bare(cell), f"{get_column_letter(at)}{number}")
                for at, cell in enumerate(row[:MOST_COLUMNS], 1)
            ]
    except csv.Error:
        raise CannotBeRead(
            _("A cell of the file does not end, or is longer than any text. Is this a CSV file?")
        ) from None


# -- XLSX -----------------------------------------------------------------------------------------


def _from_workbook(content: bytes, recognise: Recognise) -> Sheet:
    try:
        _refuse_hostile(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = book.worksheets
        first = sheets[0]
        first.reset_dimensions()
        sheet = _sheet(_workbook_rows(first), recognise)
    except CannotBeRead:
        raise
    except BROKEN:
        raise CannotBeRead(
            _("The file is damaged, or no spreadsheet at all. Open it, and save it as .xlsx anew.")
        ) from None
    if len(sheets) > 1:
        sheet.notes.append(
            _("Only the first sheet is read: '%(name)s'.") % {"name": first.title[:60]}
        )
    return sheet


def _refuse_hostile(content: bytes):
    """Refuse what would take the machine's memory, or carries programs, before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if any(name.endswith("vbaproject.bin") for name in names):
            raise CannotBeRead(_("The file holds macros. Save it as .xlsx, without them."))
        if not any(name.startswith("xl/") for name in names):
            raise CannotBeRead(
                _("This is a compressed file, but no .xlsx. Save the sheet as .xlsx or .csv.")
            )
        if len(parts) > 2000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise CannotBeRead(_("Unpacked, the file is far too large. Split it."))


def _workbook_rows(sheet) -> Iterator[list[Cell]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        yield [_workbook_cell(cell, at, number) for at, cell in enumerate(row, 1)]


def _workbook_cell(cell, at: int, number: int) -> Cell:
    place = f"{get_column_letter(at)}{number}"
    value = cell.value
    if value is None:
        return Cell("", place)
    if getattr(cell, "data_type", "") in ("f", "e"):
        return Cell("", place, is_formula=True)
    return Cell(_bare(_as_text(value)), place)


def _as_text(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


# -- both -----------------------------------------------------------------------------------------


def _bare(text: str) -> str:
    """Return a cell without the spaces around it, and without the ' before what no formula is."""
    clean = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()
    clean = clean.replace("\u00a0", " ")
    if clean.startswith("'") and clean[1:].startswith(FORMULA):
        return clean[1:]
    return clean


def _sheet(lines: Iterator[list[Cell]], recognise: Recognise) -> Sheet:
    above = []
    for number, cells in enumerate(islice(lines, HEADER_WITHIN), 1):
        keys = [recognise(cell.text) for cell in cells]
        if _is_header(keys):
            sheet = Sheet(_columns(cells, keys))
            sheet.notes += [
                _("Row %(number)s stands above the headings and is not read: '%(text)s'.")
                % {"number": row, "text": text[:60]}
                for row, text in above
            ]
            sheet.notes += _unknown(cells, keys)
            return _fill(sheet, lines, number)
        words = next((cell.text for cell in cells if cell.text), "")
        if words:
            above.append((number, words))
    raise NoHeadings


def _is_header(keys) -> bool:
    return bool({"name", "id", "slug", "membership_id"} & set(keys))


def _columns(cells: list[Cell], keys) -> dict[int, str]:
    places: dict[str, str] = {}
    for cell, key in zip(cells, keys, strict=True):
        if key is None:
            continue
        if key in places:
            raise CannotBeRead(
                _("%(one)s and %(other)s are headings of the same thing: take one of them out.")
                % {"one": places[key], "other": f"{cell.place} ('{cell.text[:40]}')"}
            )
        places[key] = f"{cell.place} ('{cell.text[:40]}')"
    return {at: key for at, key in enumerate(keys) if key}


def _unknown(cells: list[Cell], keys) -> list[str]:
    return [
        _("Column %(column)s, '%(text)s', is not known and not read.")
        % {"column": cell.place.rstrip("0123456789"), "text": cell.text[:40]}
        for cell, key in zip(cells, keys, strict=True)
        if key is None and cell.text
    ]


def _fill(sheet: Sheet, lines, header: int) -> Sheet:
    empty = 0
    for number, cells in enumerate(lines, header + 1):
        if number > MOST_LOOKED_AT:
            raise CannotBeRead(
                _(
                    "The sheet goes on for more than %(most)s rows, most of them empty. Delete these."
                )
                % {"most": MOST_LOOKED_AT}
            )
        row = {sheet.columns[at]: cell for at, cell in enumerate(cells) if at in sheet.columns}
        if not any(cell.text or cell.is_formula for cell in row.values()):
            empty += 1
            continue
        if len(sheet.rows) >= MOST_ROWS:
            raise CannotBeRead(
                _("The file has more than %(most)s rows. Split it.") % {"most": MOST_ROWS}
            )
        if long := next((cell for cell in row.values() if len(cell.text) > LONGEST_CELL), None):
            raise CannotBeRead(
                _("Cell %(place)s has more than %(most)s letters.")
                % {"place": long.place, "most": LONGEST_CELL}
            )
        sheet.rows.append((number, row))
    if empty and sheet.rows and empty < MOST_ROWS:
        sheet.notes.append(_("Rows without anything in them are passed over."))
    return sheet
