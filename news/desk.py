"""/desk/opportunities/: of which deadlines somebody wants to be reminded by mail."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.door import desk_page
from news.models import DeadlineWatch, Opportunity
from news.reminders import watch
from publishing.models import Topic


class OpportunityChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, opportunity):
        return f"{opportunity.title} ({opportunity.deadline_in_words()})"


class DeadlinesForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Of everything about these topics"),
        help_text=gettext_lazy("What is announced later too."),
    )
    opportunities = OpportunityChoices(
        Opportunity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Of single ones that are open"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.order_by("name")
        self.fields["opportunities"].queryset = Opportunity.objects.open().defer("search")
        mine = DeadlineWatch.objects.filter(user=user)
        self.initial.setdefault("topics", mine.exclude(topic=None).values_list("topic", flat=True))
        self.initial.setdefault(
            "opportunities", mine.exclude(opportunity=None).values_list("opportunity", flat=True)
        )


@desk_page
def deadlines(request):
    """Choose topics and opportunities; `?for=<slug>` ticks one beforehand and saves nothing."""
    typed = request.POST if request.method == "POST" else None  # no tick at all is an answer
    form = DeadlinesForm(typed, user=request.user)
    if form.is_valid():
        watch(request.user, form.cleaned_data["topics"], form.cleaned_data["opportunities"])
        messages.success(request, _("Saved: you get a mail 14 and 3 days before each deadline."))
        return redirect("desk_deadlines")
    slug = request.GET.get("for")
    asked_for = next(
        (one for one in form.fields["opportunities"].queryset if one.slug == slug), None
    )
    if asked_for:
        form.initial["opportunities"] = [*form.initial["opportunities"], asked_for.pk]
    context = {"form": form, "asked_for": asked_for}
    return render(request, "desk/deadlines.html", context)
