"""The picker of quotations in the forms of posts and positions: used by reference, never copied."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from members.models import Quotation
from record.admin.autocomplete import LabelledSelectMultiple


class WithQuotations(forms.ModelForm):
    """Mixed into the form of a publication: which words on record it uses."""

    quotations = forms.ModelMultipleChoiceField(
        Quotation.objects.all(),
        required=False,
        label=_("Quotations"),
        help_text=_(
            "Words on record, with the function of that day; they stand below the text. Where a "
            "consent is withdrawn, the name goes from every page at once."
        ),
        widget=LabelledSelectMultiple(
            Quotation.used_in.through._meta.get_field("quotation"), admin.site
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "quotations" in self.fields:
            self.initial["quotations"] = list(self.instance.quotations.values_list("pk", flat=True))

    def _save_m2m(self):
        super()._save_m2m()
        if "quotations" in self.cleaned_data:
            self.instance.quotations.set(self.cleaned_data["quotations"])
