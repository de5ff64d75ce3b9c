"""What staff type about an application: a question, a reason, and how it is accepted."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.acceptance import Acceptance
from members.models import Application, Category
from members.step_forms import AdmitForm, OrganisationField

LONGEST = 5_000  # characters
NEW = "new"


class AskBackForm(forms.Form):
    title = gettext_lazy("Ask back")
    intro = gettext_lazy(
        "The applicant gets the question by mail, with a link to the page where it is answered. The "
        "answer lands on the application, and you are told."
    )
    button = gettext_lazy("Send the question")
    text = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Write the question.")},
    )
    use_required_attribute = False


class DeclineForm(forms.Form):
    title = gettext_lazy("Decline")
    intro = gettext_lazy(
        "The applicant gets the reason by mail. What was sent is kept for a year, then the personal "
        "data in it is deleted."
    )
    button = gettext_lazy("Decline the application")
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST,
        help_text=gettext_lazy("As the applicant reads it: why, and what could be done next."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Write the reason: the applicant gets it.")},
    )
    use_required_attribute = False


class TakeBackForm(forms.Form):
    title = gettext_lazy("Take the decision back")
    button = gettext_lazy("Take it back")
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("It stands in the history. The applicant is told that, not why."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": gettext_lazy("Say why it is taken back.")},
    )
    use_required_attribute = False

    @property
    def intro(self) -> str:
        return _(
            "The application waits for you again, and the applicant is told. What an acceptance made "
            "(organisation, people, membership, invitations) is taken back with it, as long as "
            "nothing followed."
        )


class AcceptForm(AdmitForm):
    """The membership as in *Admit*, which organisation it is for, and who is to act for it.

    What has the same name or website on record is proposed; else a new organisation is.
    """

    title = gettext_lazy("Accept")
    intro = gettext_lazy(
        "The organisation, its people and its membership come from the application. Nothing is done "
        "before you have seen what will stand in the record."
    )
    button = gettext_lazy("Accept the application")
    done = gettext_lazy("Accepted")
    into = forms.ChoiceField(
        label=gettext_lazy("Organisation"), widget=forms.RadioSelect, initial=NEW
    )
    other = OrganisationField(
        label=gettext_lazy("Another that is on record"),
        required=False,
        help_text=gettext_lazy("By any of its names. Only where none of the above is meant."),
    )
    acting = forms.MultipleChoiceField(
        label=gettext_lazy("Who acts for it in the portal"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They get an invitation by mail, unless they have an account."),
    )
    field_order = (
        "into", "other", "category", "starts", "length", "until", "sponsor", "on_behalf_of",
        "helped_by", "source", "acting", "why",
    )  # fmt: skip

    def __init__(self, data=None, *, application: Application, matches):
        self.application = application
        self.matches = {str(match.organisation.pk): match for match in matches}
        super().__init__(data)

    def prepare(self):
        self.fields["into"].choices = [
            (NEW, _("Make a new one: %(name)s") % {"name": self.application.name}),
            *(
                (key, _("Use %(name)s. %(why)s") % {"name": match.organisation, "why": match.why})
                for key, match in self.matches.items()
            ),
        ]
        people = list(self.application.people.all())
        self.fields["acting"].choices = [
            (one.pk, ", ".join(part for part in (one.name, one.function, one.email) if part))
            for one in people
        ]
        same = next((key for key, match in self.matches.items() if match.likeness >= 1), NEW)
        self.initial |= {
            "into": same,
            "category": self.application.category or Category.FULL,
            "acting": [one.pk for one in people if one.is_main],
        }

    def acceptance(self) -> Acceptance:
        """Return what was decided; only of a valid form."""
        data = self.cleaned_data
        match = self.matches.get(data["into"])
        organisation = data["other"] or (match.organisation if match else None)
        acting = frozenset(int(key) for key in data["acting"])
        return Acceptance(admit=self.step(), organisation=organisation, acting=acting)
