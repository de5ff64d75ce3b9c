"""Spreadsheets in the admin: sent, looked at row by row, taken over as it was shown; and files out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.imports import exports, reading, run
from members.imports.columns import COLUMNS, recognise
from members.imports.rows import ASKED, CHANGED, LEFT_OUT, MADE, REFUSED, SAME
from members.models import Spreadsheet
from members.step_forms import WHY_LENGTH
from record.days import today
from record.spreadsheets import csv_lines

MAY = "members.keep_memberships"
IMPORT = "admin:members_organisation_import"
LOOK = "admin:members_organisation_import_look"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWS = {
    "": (ASKED, REFUSED, MADE, CHANGED),
    "problems": (ASKED, REFUSED),
    "all": (ASKED, REFUSED, MADE, CHANGED, SAME, LEFT_OUT),
}
WORDS = {
    MADE: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    SAME: gettext_lazy("As it is"),
    REFUSED: gettext_lazy("Refused"),
    ASKED: gettext_lazy("To be decided"),
    LEFT_OUT: gettext_lazy("Left out"),
}
FILES = {
    "organisations": (exports.organisations, gettext_lazy("Organisations")),
    "memberships": (exports.memberships, gettext_lazy("Memberships")),
}


class SpreadsheetForm(forms.Form):
    """A file, and how its letters are written where the portal cannot find out."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            ".xlsx or .csv, of 5 MB and 2,000 rows at the most. Nothing is changed yet."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("How letters are written"), choices=reading.ENCODINGS, required=False,
        help_text=gettext_lazy("Only for .csv, and only where names with accents come out wrong."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is None:
            return cleaned
        if file.size > reading.MOST_BYTES:
            self.add_error("file", _("The file is larger than 5 MB. Split it."))
            return cleaned
        content = file.read()
        try:
            sheet = reading.read(file.name, content, recognise, cleaned.get("encoding", ""))
        except reading.CannotBeRead as refusal:
            self.add_error("file", str(refusal))
        else:
            if not sheet.rows:
                self.add_error("file", _("Below the headings there is no row."))
        cleaned["content"] = content
        return cleaned


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=WHY_LENGTH - 120,
        help_text=gettext_lazy("Stands in the history, with the name of the file."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class ImportsOfOrganisation:
    """Mixed into the admin of organisations: spreadsheets in and out."""

    def get_urls(self):
        pages = [
            ("import/", self.import_view, "members_organisation_import"),
            ("import/template.xlsx", self.template_view, "members_organisation_import_template"),
            ("import/<int:key>/", self.look_view, "members_organisation_import_look"),
            ("import/<int:key>/refused.csv", self.refused_view,
             "members_organisation_import_refused"),
            ("export/<slug:what>.<slug:form>", self.export_view, "members_organisation_export"),
        ]  # fmt: skip
        own = [path(at, self.admin_site.admin_view(view), name=name) for at, view, name in pages]
        return [*own, *super().get_urls()]

    def _only_staff_who_keep_members(self, request):
        if not request.user.has_perm(MAY):
            raise PermissionDenied

    def import_view(self, request):
        self._only_staff_who_keep_members(request)
        posted = request.method == "POST"
        form = SpreadsheetForm(request.POST, request.FILES) if posted else SpreadsheetForm()
        if form.is_valid():
            Spreadsheet.objects.forget()
            sent = Spreadsheet.objects.create(
                name=form.cleaned_data["file"].name[:200],
                content=form.cleaned_data["content"],
                encoding=form.cleaned_data["encoding"],
                by=request.user,
            )
            return HttpResponseRedirect(reverse(LOOK, args=[sent.pk]))
        past = Spreadsheet.objects.exclude(imported_at=None).select_related("by").defer("content")
        return self._import_page(
            request,
            "send",
            title=_("Import and export"),
            form=form,
            columns=COLUMNS,
            files=[(name, label) for name, (_rows, label) in FILES.items()],
            past=past.order_by("-imported_at")[:10],
        )

    def look_view(self, request, key: int):
        self._only_staff_who_keep_members(request)
        sent = self._sent(request, key)
        if sent.imported_at:
            self.message_user(request, _("This file was taken over already."), messages.WARNING)
            return HttpResponseRedirect(reverse(IMPORT))
        sheet = _sheet(sent)
        data = request.POST if request.method == "POST" else request.GET
        form = WhyForm(data if request.method == "POST" else None)
        choices, problem = _choices(data), ""
        if data.get("what") == "do" and form.is_valid():
            why = _("Import of %(file)s") % {"file": sent.name[:100]}
            if form.cleaned_data["why"]:
                why = f"{why}: {form.cleaned_data['why']}"
            try:
                result = run.take_over(
                    sheet, choices, by=request.user, why=why, agreed=data.get("agreed", "")
                )
            except run.NotAsShown as refusal:
                problem = str(refusal)
            else:
                return self._say_taken_over(request, sent, result)
        result = run.preview(sheet, choices)
        if data.get("what") == "without" and result.open_rows:
            leave = choices.leave_out | {one.number for one in result.open_rows}
            choices = run.Choices(choices.who, leave)
            result = run.preview(sheet, choices)
        return self._show(request, sent, sheet, result, choices, form=form, problem=problem)

    def _show(self, request, sent, sheet, result, choices, *, form, problem):
        asked = request.GET.get("show", "") or request.POST.get("show", "")
        show = asked if asked in SHOWS else ""
        numbers = result.numbers
        return self._import_page(
            request,
            "look",
            title=_("What the file would do"),
            subtitle=sent.name,
            sent=sent,
            notes=sheet.notes,
            result=result,
            numbers=[(WORDS[state], numbers[state]) for state in WORDS if numbers[state]],
            total=len(result.outcomes),
            show=show,
            shows=[
                ("", _("All but what stays as it is")),
                ("problems", _("Only what is refused or to be decided")),
                ("all", _("Every row")),
            ],
            rows=[
                (one, WORDS[one.state], choices.who.get(one.number, ""))
                for one in result.outcomes
                if one.state in SHOWS[show]
            ],
            # What was decided of rows that are not shown now goes on with the form.
            kept=[
                *((f"is-{number}", value) for number, value in choices.who.items()
                  if not _is_shown(result, number, show)),
                ("out", ",".join(str(number) for number in sorted(choices.leave_out))),
            ],
            form=form,
            problem=problem,
        )  # fmt: skip

    def _say_taken_over(self, request, sent, result):
        made, changed = result.numbers[MADE], result.numbers[CHANGED]
        parts = [
            ngettext("%(number)s new organisation", "%(number)s new organisations", made)
            % {"number": made},
            ngettext("%(number)s row changed something", "%(number)s rows changed something",
                     changed) % {"number": changed},
        ]  # fmt: skip
        sent.summary = ", ".join(parts)
        sent.content, sent.imported_at = b"", timezone.now()
        sent.save()
        sentence = _("Imported %(file)s: %(what)s.") % {"file": sent.name, "what": sent.summary}
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:members_organisation_changelist"))

    def refused_view(self, request, key: int):
        """The rows that are refused or to be decided, as they were sent, with the reason at the end."""
        self._only_staff_who_keep_members(request)
        sent = self._sent(request, key)
        if sent.imported_at:
            raise Http404
        sheet = _sheet(sent)
        outcomes = {one.number: one for one in run.preview(sheet, _choices(request.GET)).open_rows}
        keys = list(sheet.columns.values())
        titles = {one.key: one.title for one in COLUMNS}
        rows = [[*(titles[key] for key in keys), _("Why it is refused")]]
        for number, cells in sheet.rows:
            if number in outcomes:
                why = " ".join(_reasons(outcomes[number]))
                rows.append([*(cells[key].text if key in cells else "" for key in keys), why])
        return _file(csv_lines(rows), "refused.csv")

    def template_view(self, request):
        self._only_staff_who_keep_members(request)
        return _file([exports.template()], "members-template.xlsx")

    def export_view(self, request, what: str, form: str):
        self._only_staff_who_keep_members(request)
        if what not in FILES or form not in ("csv", "xlsx"):
            raise Http404
        rows, label = FILES[what]
        name = f"{what}-{today().isoformat()}.{form}"
        if form == "csv":
            return _file(exports.as_csv(rows()), name)
        return _file([exports.as_workbook(str(label), rows())], name)

    def _sent(self, request, key: int) -> Spreadsheet:
        mine = Spreadsheet.objects.filter(by=request.user)
        return get_object_or_404(
            mine.exclude(imported_at=None) | Spreadsheet.objects.waiting(request.user), pk=key
        )

    def _import_page(self, request, name: str, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/members/imports/{name}.html", context)


def _sheet(sent: Spreadsheet) -> reading.Sheet:
    return reading.read(sent.name, bytes(sent.content), recognise, sent.encoding)


def _choices(data) -> run.Choices:
    """Read what was decided about rows; what is no number is passed over."""
    who = {
        int(name[3:]): value
        for name, value in data.items()
        if name.startswith("is-") and _is_number(name[3:])
        and (value == run.NEW or _is_number(value))
    }  # fmt: skip
    out = data.get("out", "").split(",")
    leave_out = frozenset(int(text) for text in out if _is_number(text))
    return run.Choices(who, leave_out)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _is_shown(result, number: int, show: str) -> bool:
    return any(
        one.number == number and one.state == ASKED and one.state in SHOWS[show]
        for one in result.outcomes
    )


def _reasons(outcome) -> list[str]:
    likely = [f"{match.organisation}: {match.why}" for match in outcome.likely]
    return [f"{place}: {sentence}" for place, sentence in outcome.problems] + likely


def _file(parts, name: str) -> HttpResponse:
    kind = XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}"'
    return response
