"""Handing over the chair: staff do it in the admin with a preview, the chair proposes it on the desk.

Why so: a role is a right to publish in the network's name, so the secretariat appoints (nobody can
hand such a right to an account by himself), but who hands over knows first, and types it once.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.door import desk_page
from members.models import Person
from record.days import today
from record.fetching import for_page
from record.forms import DayField
from record.names import normalise
from working_groups import handover
from working_groups.keeping import crumbs
from working_groups.models import HandoverProposal, Role, WorkingGroup

MOST_NAMES = 40


class ProposalForm(forms.ModelForm):
    """Who takes over, and from when."""

    use_required_attribute = False

    first_day = DayField(label=gettext_lazy("First day of the new chair"))

    class Meta:
        model = HandoverProposal
        fields = ("successor_name", "successor_email", "first_day", "remark")
        help_texts = {
            "successor_email": gettext_lazy("For the invitation, where there is no account yet."),
            "remark": gettext_lazy("What the secretariat should know. Nobody else reads it."),
        }
        widgets = {"remark": forms.Textarea({"rows": 3})}

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day < today():
            raise ValidationError(_("That day is past. The secretariat corrects past roles."))
        return day


@desk_page
def propose(request, slug):
    """The chair says who takes over, and from which day; the secretariat appoints."""
    group = get_object_or_404(WorkingGroup.objects.defer("search", "scope"), slug=slug)
    if not request.user.has_perm("working_groups.propose_handover", group):
        raise PermissionDenied
    waiting = group.handover_proposals.filter(state=HandoverProposal.State.OPEN).first()
    form = ProposalForm(request.POST or None, instance=waiting)
    if form.is_valid():
        names = ("successor_name", "successor_email", "first_day", "remark")
        handover.propose(
            group, by=request.user, **{name: form.cleaned_data[name] for name in names}
        )
        messages.success(
            request, _("The secretariat has your proposal. Until it appoints, nothing changes.")
        )
        return redirect("group_desk:group", slug=slug)
    context = {
        "group": group,
        "form": form,
        "waiting": waiting if waiting and waiting.pk else None,
        "crumbs": crumbs(group, _("Hand over the chair")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "working_groups/desk/handover.html", context, status=status)


@desk_page
@require_POST
def withdraw(request, slug):
    """The chair takes a proposal back."""
    group = get_object_or_404(WorkingGroup, slug=slug)
    if not request.user.has_perm("working_groups.propose_handover", group):
        raise PermissionDenied
    for proposal in group.handover_proposals.filter(state=HandoverProposal.State.OPEN):
        handover.withdraw(proposal, by=request.user)
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("group_desk:group", slug=slug)


class HandoverForm(forms.Form):
    """In the admin: to whom, on which day, and whose role ends where two chair together."""

    person = forms.CharField(
        label=gettext_lazy("Who takes over"), max_length=150,
        help_text=gettext_lazy("A person on record, by name."),
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off", "list": "people"}),
    )  # fmt: skip
    first_day = DayField(label=gettext_lazy("First day of the new chair"))
    ending = forms.ModelChoiceField(
        label=gettext_lazy("Whose role ends"), queryset=Role.objects.none(), required=False,
        empty_label=None,
    )  # fmt: skip

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.group = group
        chairs = group.roles.chairs().filter(during__upper_inf=True).select_related("person")
        if chairs.count() > 1:
            self.fields["ending"].queryset = chairs
            self.fields["ending"].required = True
        else:
            del self.fields["ending"]
        near = Person.objects.filter(roles__group=group) | Person.objects.filter(
            expert_places__participation__group=group
        )
        self.names = sorted({row.name for row in for_page(near.defer("biography"))[:MOST_NAMES]})

    def clean_person(self):
        typed = self.cleaned_data["person"]
        words = normalise(typed)
        people = Person.objects.defer("biography")
        alike = for_page(people.filter(Q(name__iexact=typed) | Q(sort_name__contains=words)))[:50]
        rows = [row for row in alike if words in {normalise(row.name), normalise(row.full_name)}]
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise ValidationError(
                _("Several people have this name: give the role on the group's form.")
            )
        raise ValidationError(_("No person of this name is on record: add the person first."))

    def plan(self):
        """Return the plan, or None with the form's errors set."""
        cleaned = self.cleaned_data
        try:
            return handover.plan(
                self.group, cleaned["person"], cleaned["first_day"], ending=cleaned.get("ending")
            )
        except handover.CannotBeDone as why:
            self.add_error(None, str(why))
            return None


def in_admin(model_admin, request, object_id):
    """The page of the admin: what is typed → what will stand in the record → done."""
    group = get_object_or_404(WorkingGroup, pk=object_id)
    if not request.user.has_perm("working_groups.change_role"):
        raise PermissionDenied
    proposal = group.handover_proposals.filter(state=HandoverProposal.State.OPEN).first()
    initial = (
        {"person": proposal.successor_name, "first_day": proposal.first_day} if proposal else None
    )
    form = HandoverForm(request.POST or None, group=group, initial=initial)
    planned = form.plan() if form.is_valid() else None
    if planned and request.POST.get("agreed") == planned.mark:
        try:
            handover.hand_over(
                group, planned.person, planned.first_day, by=request.user, agreed=planned.mark,
                ending=form.cleaned_data.get("ending"),
            )  # fmt: skip
        except (handover.CannotBeDone, handover.RecordChanged) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Handed over: %(who)s.") % {"who": planned.person})
            return HttpResponseRedirect(
                reverse("admin:working_groups_workinggroup_change", args=[group.pk])
            )
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": WorkingGroup._meta,
        "original": group,
        "title": _("Hand over the chair"),
        "form": form,
        "planned": planned,
        "proposal": proposal,
        "has_account": bool(planned and planned.person.user_id),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/working_groups/handover.html", context, status=status)
