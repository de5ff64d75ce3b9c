"""Figures and quotations: what was said, by whom, when and where."""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Figure, Quotation
from publishing.admin import admin_address
from publishing.models import Publication
from publishing.rich_text import plain
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

    def save_related(self, request, form, formsets, change):
        """Once a consent is withdrawn, name the texts in which the author wrote the name out."""
        super().save_related(request, form, formsets, change)
        quotation = form.instance
        if quotation.withdrawn_on and (texts := _naming(quotation)):
            links = format_html_join(
                ", ", '<a href="{}">{}</a>', ((admin_address(one), one.title) for one in texts)
            )
            sentence = _(
                "The name no longer stands beside the words. The author of the text wrote it out in:"
            )
            self.message_user(request, format_html("{} {}", sentence, links), messages.WARNING)


def _naming(quotation: Quotation) -> list[Publication]:
    """Return the texts that use a quotation and name its speaker in their own words too."""
    name = quotation.speaker.name
    used = quotation.used_in.defer("search")
    return [one for one in used if name in f"{one.title} {one.lead} {plain(one.body)}"]
