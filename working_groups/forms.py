"""The forms of the group's desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.widgets import Prompts, RichTextWidget
from working_groups.models import Overview
from working_groups.year_record import SECTIONS

# What a good overview answers, a question a line; they vanish when the text is begun.
PROMPTS = {
    "body": Prompts(
        _("What did the group set out to do, and what became of it?"),
        _("Which meeting, guest or paper changed something? For whom?"),
        _("What did not work, and what did you learn from it?"),
        _("What can a small company do today that it could not do a year ago?"),
    ),
    "outlook": Prompts(
        _("What is planned, and when?"),
        _("Whom do you still look for, and how can they join?"),
    ),
    "thanks": Prompts(_("Who gave time, a room, a text or a contact?")),
}


class OverviewForm(forms.ModelForm):
    """What the chair writes of a year. A draft may be empty; what goes out has title and lead."""

    use_required_attribute = False

    record_incomplete = forms.MultipleChoiceField(
        label=_("Lists that are not complete"),
        choices=list(SECTIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ticked ones say that there were others."),
    )
    correction = forms.CharField(
        label=_("What is corrected"),
        max_length=1000,
        help_text=_("One sentence. It stands under the text with today's day."),
        widget=forms.Textarea({"rows": 2}),
    )

    class Meta:
        model = Overview
        fields = ("title", "lead", "body", "outlook", "thanks", "record_incomplete")
        labels = {"body": _("Story"), "thanks": _("Thanks")}
        help_texts = {
            "title": _("What would a colleague remember of the year?"),
            "lead": _("One or two sentences. They also stand on the group's page and in the news."),
            "body": _("What the group did and what came of it. Text from Word comes out clean."),
            "outlook": _("What the group plans."),
            "thanks": _("To whom, and for what."),
        }
        widgets = {
            "title": forms.TextInput({"class": "input--title"}),
            "lead": forms.Textarea({"rows": 3}),
            "body": RichTextWidget({"rows": 16, "placeholder": PROMPTS["body"]}),
            "outlook": RichTextWidget({"rows": 5, "placeholder": PROMPTS["outlook"]}),
            "thanks": RichTextWidget({"rows": 5, "placeholder": PROMPTS["thanks"]}),
        }

    def __init__(self, *args, goes_out: bool, corrects: bool, **kwargs):
        """`goes_out`: it is to be published, or is; `corrects`: readers have seen it."""
        super().__init__(*args, **kwargs)
        self.fields["outlook"].label = _("Outlook for %(year)s") % {"year": self.instance.year + 1}
        for name, sentence in (
            ("title", _("Give the overview a title.")),
            ("lead", _("Write the lead: a sentence or two.")),
        ):
            # An open draft takes them empty; its labels still say that they are needed.
            self.fields[name].required = goes_out or not self.is_bound
            self.fields[name].error_messages["required"] = sentence
        if corrects:
            self.fields["correction"].error_messages["required"] = _(
                "Say in a sentence what is corrected."
            )
        else:
            del self.fields["correction"]
