"""The whole record of organisations, or of memberships, as a file that imports back to no change."""

import io
from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from members.imports import columns
from members.models import Membership, Organisation
from record.spreadsheets import as_text, csv_lines

PORTION = 1000
WIDTH = 24  # letters
NEVER_WRITTEN = {"other_names"}  # an import understands it, a file of ours says the kind
MEMBERSHIP_FIRST = ("membership_id", "id", "name")


def organisations() -> Iterator[list]:
    """Yield the headings and a row for each organisation but the alliance, in order of name."""
    keys = [one.key for one in columns.ORGANISATION if one.key not in NEVER_WRITTEN]
    yield [columns.title_of(key) for key in keys]
    rows = Organisation.objects.filter(is_alliance=False).defer("description", "search")
    rows = rows.prefetch_related("aliases").by_name()
    for one in rows.iterator(chunk_size=PORTION):
        yield [_of_organisation(one)[key] for key in keys]


def memberships() -> Iterator[list]:
    """Yield the headings and a row for each membership, by organisation, oldest first."""
    others = [one.key for one in columns.MEMBERSHIP if one.key not in MEMBERSHIP_FIRST]
    keys = [*MEMBERSHIP_FIRST, *others]
    yield [columns.title_of(key) for key in keys]
    rows = Membership.objects.with_parties().prefetch_related("helped_by")
    rows = rows.order_by("organisation__sort_name", "organisation", "during__startswith")
    shared = _shared_names()
    for row in rows.iterator(chunk_size=PORTION):
        yield [_of_membership(row, shared)[key] for key in keys]


def _shared_names() -> set[str]:
    """Return the names, as they are sorted, that more than one organisation has."""
    rows = Organisation.objects.order_by().values("sort_name").annotate(number=Count("pk"))
    return set(rows.filter(number__gt=1).values_list("sort_name", flat=True))


def template() -> bytes:
    """Return an XLSX file with all headings, an example, and on a second sheet what each means."""
    shown = columns.COLUMNS
    book = Workbook(write_only=True)
    _add_sheet(
        book,
        _("Members"),
        [[str(one.title) for one in shown], [str(one.example) for one in shown]],
    )
    head = [_("Column"), _("What it holds"), _("Example"), _("Also understood as heading")]
    lines = [[str(one.title), str(one.about), one.example, ", ".join(one.others)] for one in shown]
    _add_sheet(book, _("Explanations"), [head, *lines])
    return _saved(book)


def as_csv(rows: Iterable[list]) -> Iterator[str]:
    return csv_lines(rows)


def as_workbook(title: str, rows: Iterable[list]) -> bytes:
    """Return rows as an XLSX file; every cell is text, so nothing is taken for a formula."""
    book = Workbook(write_only=True)
    _add_sheet(book, title, rows)
    return _saved(book)


def _add_sheet(book, title: str, rows):
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        if number == 0:
            for at in range(1, len(row) + 1):
                sheet.column_dimensions[get_column_letter(at)].width = WIDTH
        sheet.append([_cell(sheet, value, head=number == 0) for value in row])


def _cell(sheet, value, *, head: bool):
    text = "".join(one for one in as_text(value) if one.isprintable() or one in "\n\t")
    cell = WriteOnlyCell(sheet, text or None)
    if head:
        cell.font = Font(bold=True)
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _saved(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _of_organisation(one: Organisation) -> dict:
    names: dict[str, list[str]] = {}
    for alias in one.aliases.all():
        names.setdefault(alias.kind, []).append(alias.name)
    return {
        "id": one.pk,
        "name": one.name,
        "slug": one.slug,
        "kind": capfirst(one.get_kind_display()),
        "country_code": one.country.code or "",
        "country": one.country.name or "",
        "city": one.city,
        "region": one.region,
        "founded": one.founded.isoformat() if one.founded else "",
        "website": one.website,
        "summary": one.summary,
        **{kind: columns.names_in_a_cell(names.get(kind, [])) for kind in columns.ALIAS_KINDS},
    }


def _of_membership(row: Membership, shared: set[str]) -> dict:
    def named(one):
        return one.slug if one and one.sort_name in shared else one.name if one else ""

    return {
        "membership_id": row.pk,
        "id": row.organisation_id,
        "name": row.organisation.name,
        "category": capfirst(row.get_category_display()),
        "starts": row.starts.isoformat(),
        "start_basis": capfirst(row.get_start_basis_display()),
        "start_qualifier": row.start_qualifier,
        "ends": row.ends.isoformat() if row.ends else "",
        "end_basis": capfirst(row.get_end_basis_display()),
        "sponsor": named(row.sponsor),
        "on_behalf_of": named(row.on_behalf_of),
        "helped_by": columns.names_in_a_cell([named(one) for one in row.helped_by.all()]),
        "not_continued": _("Yes") if row.not_continued else "",
        "end_reason": row.end_reason,
        "source": row.source,
    }
