"""Figures and quotations: what was said, by whom, when and where."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from members.models import Figure, Quotation
from record.admin import PartialDatesForm, RecordAdmin, partial_date


class FigureForm(PartialDatesForm):
    partial_dates = {"true_on": ("as_of", "as_of_precision")}
    true_on = partial_date(gettext_lazy("true on"))


@admin.register(Figure)
class FigureAdmin(RecordAdmin):
    form = FigureForm
    list_display = ("about", "measure", "words", "dated", "source")
    list_filter = ("measure",)
    search_fields = ("about__search_names", "source")
    fields = (
        "about", "measure", "definition", ("qualifier", "value", "unit"), ("true_on", "not_after"),
        ("said_by", "said_as"), "source", "source_url",
    )  # fmt: skip

    @admin.display(description=gettext_lazy("figure"), ordering="value")
    def words(self, figure):
        return figure.in_words()

    @admin.display(description=gettext_lazy("how it is dated"), ordering="as_of")
    def dated(self, figure):
        return figure.dated_in_words()


@admin.register(Quotation)
class QuotationAdmin(RecordAdmin):
    list_display = ("__str__", "speaker", "function", "said_on", "withdrawn_on")
    list_filter = (("withdrawn_on", admin.EmptyFieldListFilter),)
    search_fields = ("words", "speaker__sort_name")
    fields = (
        "words", "language", "speaker", "function", "organisation", "said_on",
        ("consented_on", "consent_proof"), "withdrawn_on", "used_in",
    )  # fmt: skip
