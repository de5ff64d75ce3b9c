"""Spreadsheets of any program are read, and what is hostile or broken is told in a sentence."""

import datetime
import io
import zipfile

import pytest

from members.imports import columns, reading
from tests.members.spreadsheets import archive, csv_file, read, workbook

NAMES = "Organisation;Country\nDigitális Jólét;HU\nŁódzki Klaster;PL\n"


def cells(sheet, key="name") -> list[str]:
    return [row[key].text for _number, row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_letters_are_read_however_they_are_written(encoding):
    sheet = read(NAMES.encode(encoding))
    assert cells(sheet) == ["Digitális Jólét", "Łódzki Klaster"]
    assert sheet.notes == []


def test_what_does_not_say_how_it_is_written_is_read_as_western_and_that_is_said():
    sheet = read("Organisation,City\nDigitális Jólét,Köln\n".encode("cp1252"))
    assert cells(sheet) == ["Digitális Jólét"]
    assert "read as western European" in sheet.notes[0]


def test_staff_may_say_how_it_is_written():
    content = "Organisation\nŁódzki Klaster\n".encode("cp1250")
    assert cells(read(content)) == ["£ódzki Klaster"]
    assert cells(read(content, encoding="cp1250")) == ["Łódzki Klaster"]
    with pytest.raises(reading.CannotBeRead, match="not written in UTF-8"):
        read(content, encoding="utf-8-sig")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found_out(mark):
    content = f'Name{mark}Country{mark}Category\n"A, B; C"{mark}HU{mark}Full'.encode()
    sheet = read(content)
    assert (cells(sheet), cells(sheet, "category")) == (["A, B; C"], ["Full"])


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("ORGANISATION", "name"), ("Member name", "name"), ("organization", "name"),
        ("Member since", "starts"), ("Start date", "starts"), ("first_day", None),
        ("Valid until", "ends"), ("Membership type", "category"), ("ISO code", "country_code"),
        ("Web site", "website"), ("Also known as", "other_names"), ("Fee", None), ("", None),
    ],
)  # fmt: skip
def test_headings_are_known_under_several_names(heading, key):
    assert columns.recognise(heading) == key


def test_titles_above_the_headings_empty_rows_and_unknown_columns_are_told():
    content = csv_file(
        """
        Members of 2022;;;
        ;;;
        Name;Fee;Country;
        One;100;HU;
        ;;;
        Two; 5 ; RO ;x
        """
    )
    sheet = read(content)
    assert [(number, row["country"].text) for number, row in sheet.rows] == [(4, "HU"), (6, "RO")]
    assert sheet.rows[1][1]["country"].place == "C6"
    assert sheet.notes == [
        "Row 1 stands above the headings and is not read: 'Members of 2022'.",
        "Column B, 'Fee', is not known and not read.",
        "Rows without anything in them are passed over.",
    ]


def test_a_workbook_is_read_with_its_days_and_numbers():
    day = datetime.datetime.fromisoformat("2022-03-01")
    content = workbook(
        ["Members"], ["Organisation", "Founded", "Since", "Not continued"],
        ["One", 2012, day, True], ["Two", 2012.0, day.date(), False], [None, None, None, None],
    )  # fmt: skip
    sheet = read(content)
    assert (cells(sheet, "founded"), cells(sheet, "starts")) == (["2012"] * 2, ["2022-03-01"] * 2)
    assert cells(sheet, "not_continued") == ["yes", "no"]


def test_formulas_are_named_and_not_worked_out():
    sheet = read(workbook(["Organisation", "City"], ["One", '=HYPERLINK("http://x","y")']))
    cell = sheet.rows[0][1]["city"]
    assert (cell.is_formula, cell.text, cell.place) == (True, "", "B2")


def test_only_the_first_sheet_is_read_and_that_is_said():
    sheet = read(workbook(["Organisation"], ["One"], more_sheets=["Old"]))
    assert sheet.notes == ["Only the first sheet is read: 'Sheet'."]


def too_many() -> bytes:
    return ("Organisation\n" + "One more\n" * 2001).encode()


def million_empty() -> bytes:
    return ("Organisation\nOne\n" + "\n" * 1_000_000).encode()


def far_row() -> bytes:
    book = workbook(["Organisation"], ["One"])
    source, content = zipfile.ZipFile(io.BytesIO(book)), io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for part in source.infolist():
            text = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = text.replace(b'r="2"', b'r="1048576"').replace(b"A2", b"A1048576")
            made.writestr(part.filename, text)
    return content.getvalue()


def bomb() -> bytes:
    return archive(xl__workbook_dot_xml=b"0" * 70_000_000)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>'
    source, content = zipfile.ZipFile(io.BytesIO(workbook(["Organisation"]))), io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for part in source.infolist():
            bad = part.filename == "xl/workbook.xml"
            made.writestr(part.filename, text if bad else source.read(part))
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"  \n ", "The file is empty."),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "old Excel, or one with a password"),
        (b"%PDF-1.7 ...", "is no spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "is no spreadsheet"),
        (b"PK\x03\x04broken", "damaged, or no spreadsheet at all"),
        (archive(readme_dot_txt=b"hello"), "no .xlsx"),
        (archive(xl__vbaProject_dot_bin=b"macro"), "holds macros"),
        (archive(xl__workbook_dot_xml=b"<a><b>"), "damaged, or no spreadsheet at all"),
        (bomb(), "far too large"),
        (laughs(), "damaged, or no spreadsheet at all"),
        (far_row(), "goes on for more than 20000 rows"),
        (million_empty(), "goes on for more than 20000 rows"),
        (too_many(), "more than 2000 rows"),
        (b"Fee;Amount\n1;2\n", "No row near the top has headings"),
        (b"just some words", "No row near the top has headings"),
        (b"Name;Organisation\nA;B", "are headings of the same thing"),
        (b'Organisation\n"' + b"x" * 200_000, "does not end, or is longer than any text"),
        (b"Organisation\n" + b"x" * 6000, "has more than 5000 letters"),
        (b"\x81\x8d\x8f\x90\x9d\n" * 50, "letters are not understood"),
        (bytes(range(256)) * 20, "letters are not understood"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(content, sentence):
    with pytest.raises(reading.CannotBeRead, match=sentence):
        read(content)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RO", "RO"), ("ro", "RO"), ("ROU", "RO"), ("Romania", "RO"), ("România", "RO"),
        ("Deutschland", "DE"), ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("FYROM", "MK"),
        ("Macedonia", "MK"), ("North Macedonia", "MK"), ("Moldova", "MD"), ("Türkiye", "TR"),
        ("Turkey", "TR"), ("Ελλάδα", "GR"), ("UK", "GB"), ("Magyarország", "HU"),
    ],
)  # fmt: skip
def test_countries_are_known_by_code_and_by_name(text, code):
    assert columns.country_of(text) == code


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Full Member", "full"), ("full", "full"), ("FULL MEMBERSHIP", "full"),
        ("Sponsored member", "sponsored"), ("regional", "regional"),
        ("not on record", "not_on_record"), ("Not_on_record", "not_on_record"),
    ],
)  # fmt: skip
def test_categories_are_known_as_people_write_them(text, category):
    assert columns.category_of(text) == category


@pytest.mark.parametrize(
    ("read_it", "text"),
    [
        (columns.country_of, "Atlantis"),
        (columns.country_of, "??"),
        (columns.category_of, "Gold"),
        (columns.kind_of, "circus"),
        (columns.yes_or_no, "maybe"),
        (columns.start_basis_of, "open"),
        (columns.date_of, "soon"),
    ],
)
def test_what_is_not_understood_is_told_with_what_would_be(read_it, text):
    with pytest.raises(ValueError, match=rf"'{text.replace('?', '.')}'"):
        read_it(text)


@pytest.mark.parametrize("names", [[], ["A"], ["A", "B"], ["A; B"], ["A; B", "C"]])
def test_several_names_in_a_cell_read_back_the_same(names):
    assert columns.names_of(columns.names_in_a_cell(names)) == names
