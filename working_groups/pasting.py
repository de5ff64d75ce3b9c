"""A list that is pasted: first what its names seem to mean, then, once looked at, into the record."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.door import desk_page
from members.models import Organisation
from record.days import today
from record.history import recording
from working_groups.keeping import crumbs, kept_group
from working_groups.kept_form import NEW
from working_groups.models import Activity, OpenList
from working_groups.named import new_organisation
from working_groups.paste_forms import PASTED_KINDS, PasteForm, ProposalsForm
from working_groups.taking_back import ON_THE_DESK


@desk_page
def paste(request, slug, kind):
    """Take a list of names: first what they seem to mean, then, once looked at, into the record."""
    group = kept_group(request, slug)
    if kind not in PASTED_KINDS:
        raise Http404
    context = {
        "group": group,
        "kind": kind,
        "crumbs": crumbs(group, _("Paste a list"), record=True),
    }
    if request.method != "POST":
        form = PasteForm(group=group, kind=kind)
        return render(request, "working_groups/desk/paste.html", context | {"form": form})
    form = PasteForm(request.POST, group=group, kind=kind)
    if not form.is_valid():
        return render(
            request, "working_groups/desk/paste.html", context | {"form": form}, status=422
        )
    looked_at = request.POST.get("do") == "confirm"
    chosen = ProposalsForm(request.POST if looked_at else None, pasted=form.pasted)
    if looked_at and chosen.is_valid() and (done := confirm(request, group, form, chosen)):
        return redirect(done)
    context |= {
        "form": form,
        "pasted": form.pasted,
        "chosen": chosen,
        "left_out": left_out(form.pasted),
    }
    status = 422 if looked_at else 200
    return render(request, "working_groups/desk/proposals.html", context, status=status)


def left_out(pasted) -> list[str]:
    """Return in sentences what of a pasted text becomes no proposal."""
    said = []
    if pasted.blanks:
        said.append(
            ngettext(
                "%(number)d empty place was dropped.",
                "%(number)d empty places were dropped.",
                pasted.blanks,
            )
            % {"number": pasted.blanks}
        )
    if pasted.twice:
        said.append(_("Named twice, taken once: %(names)s.") % {"names": ", ".join(pasted.twice)})
    if not pasted.complete:
        said.append(_("The list says that there were others: it will be marked as not complete."))
    if pasted.cut:
        said.append(_("The text was too long: paste the rest as a second list."))
    return said


def confirm(request, group, form, chosen) -> str:
    """Put what was chosen into the record, all or nothing; return where to go next."""
    try:
        with recording(by=request.user, why=ON_THE_DESK) as recorder:
            number, there = put_in(form, chosen.choices_made(), recorder)
            mark_open(group, form, recorder)
    except IntegrityError:
        chosen.add_error(
            None, _("The record was changed a moment ago. Look at it, and confirm again.")
        )
        return ""
    year = form.cleaned_data["day"].first_day.year
    words = ngettext("%(number)d entry is on record.", "%(number)d entries are on record.", number)
    said = words % {"number": number}
    if there:
        said += " " + _("There already: %(names)s.") % {"names": ", ".join(there)}
    undo = (
        reverse("group_desk:take_back", args=[group.slug, recorder.moment.isoformat()])
        if number
        else ""
    )
    messages.success(request, said, undo)
    return f"{reverse('group_desk:record', args=[group.slug])}?year={min(year, today().year)}"


def put_in(form, choices, recorder) -> tuple[int, list[str]]:
    """Write the chosen ones; return how many, and the names of those that were there already."""
    number, there = 0, []
    for name, choice in choices:
        organisation = (
            recorder.save(new_organisation(name)) if choice == NEW
            else Organisation.objects.get(pk=int(choice))
        )  # fmt: skip
        if form.is_there(organisation):
            there.append(organisation.name)
            continue
        recorder.save(form.row_for(organisation))
        number += 1
    return number, there


def mark_open(group, form, recorder):
    """Remember that a list said 'and others'."""
    if form.pasted.complete:
        return
    activity = form.cleaned_data.get("activity")
    if activity and activity.guests_complete:
        activity = Activity.objects.get(pk=activity.pk)
        activity.guests_complete = False
        recorder.save(activity)
    elif not activity:
        what, year = form.list_name, form.cleaned_data["day"].first_day.year
        if not OpenList.objects.filter(group=group, year=year, what=what).exists():
            recorder.save(OpenList(group=group, year=year, what=what))
