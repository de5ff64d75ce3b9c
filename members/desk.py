"""The desk of an organisation: its profile, who acts for it, and what waits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.door import desk_page
from members import confirmations, profile_fields, representing
from members import profile_actions as actions
from members.completeness import confirmed_in_words, is_to_be_confirmed, missing
from members.difference_pages import differences
from members.directory import telling_membership
from members.models import Organisation, ProfileChange, ProfileRules
from members.profile_forms import InviteForm, ProfileForm, ReasonForm
from publishing.addresses import absolute
from record.days import today

SHOWN = 12  # changes that are listed


@desk_page
def organisation(request, slug):
    """Show what is missing and what waits, who acts for the organisation, and its badge."""
    found = organisation_of(request, slug)
    memberships = list(found.memberships.select_related("sponsor").newest_first())
    context = {
        "crumbs": crumbs(found),
        "organisation": found,
        "membership": telling_membership(memberships, today()),
        "missing": missing(found),
        "confirmed": confirmed_in_words(found),
        "to_be_confirmed": is_to_be_confirmed(found),
        "changes": found.profile_changes.with_people()[:SHOWN],
        "acting": representing.acting(found),
        "page_url": absolute(found.get_absolute_url()),
        "badge_url": absolute(reverse("badge", args=[found.slug])) if memberships else "",
    }
    return render(request, "members/desk/organisation.html", context)


@desk_page
def edit(request, slug):
    """Change the profile; goes live at once or to the office, as the rules say."""
    found = organisation_of(request, slug)
    replaces = waiting_one(request, found)
    context = {"crumbs": crumbs(found, _("Profile")), "replaces": replaces}
    return edit_profile(request, found, "members/desk/edit.html", context, replaces=replaces)


def waiting_one(request, organisation) -> ProfileChange | None:
    """Return the waiting change that `?from=` goes on with; one's own organisation's only."""
    key = request.GET.get("from", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    own = organisation.profile_changes.waiting().by_representatives()
    return own.filter(pk=int(key)).first()


def edit_profile(request, organisation, template, context, *, network=None, replaces=None):
    """Show the form and propose what it says; what was typed stays whatever happens."""
    begin = profile_fields.read(organisation) | (replaces.after if replaces else {})
    form = ProfileForm(
        request.POST or None,
        request.FILES or None,
        organisation=organisation,
        begin=begin,
    )
    context |= {"organisation": organisation, "form": form, "network": network}
    context["at_once"] = network is None and ProfileRules.load().at_once
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        change = actions.propose(
            organisation, form.values(), by=request.user, opened_with=form.opened_with,
            network=network, replaces=replaces,
        )  # fmt: skip
    except actions.ChangedMeanwhile as clash:
        form.take_over(clash.names, clash.now)
        context["meanwhile"] = [
            (profile_fields.FIELDS[name].label, profile_fields.FIELDS[name].words(clash.now[name]))
            for name in clash.names
        ]
        return render(request, template, context, status=409)
    except actions.ProfileError as error:
        form.add_error(None, str(error))
        return render(request, template, context, status=422)
    if change.is_waiting and network:
        text = _("Sent. Those who act for the organisation, or the office, decide.")
    elif change.is_waiting:
        text = _("Sent to the office. Until it is approved, visitors see what stood there before.")
    else:
        text = _("The profile is changed: visitors see it now.")
    messages.success(request, text)
    if network:
        return redirect("network_desk:network", network.slug)
    return redirect("organisation_desk:organisation", organisation.slug)


@desk_page
def change(request, slug, pk):
    """Show what a change changes; agree to a coordinator's, decline it, or withdraw one's own."""
    found = organisation_of(request, slug)
    one = get_object_or_404(found.profile_changes.with_people(), pk=pk)
    reason = ReasonForm(request.POST if request.POST.get("do") == "decline" else None)
    refusal = ""
    if request.method == "POST":
        try:
            if done := decide(request, one, reason):
                messages.success(request, done)
                return redirect("organisation_desk:organisation", slug)
        except actions.ProfileError as error:
            refusal = str(error)
            one = found.profile_changes.with_people().get(pk=pk)
    context = {
        "crumbs": crumbs(found, _("Change")),
        "organisation": found,
        "change": one,
        "differences": differences(one),
        "seen": actions.mark_of_now(one),
        "reason": reason,
        "refusal": refusal,
        "at_once": ProfileRules.load().at_once,
    }
    status = 409 if refusal else 422 if request.method == "POST" else 200
    return render(request, "members/desk/change.html", context, status=status)


def decide(request, change, reason) -> str:
    """Do what the pressed button says; return what to tell, '' where the reason is missing."""
    wants = request.POST.get("do", "")
    by_coordinator = change.for_network_id is not None
    if wants == "withdraw" and not by_coordinator:
        actions.withdraw(change, by=request.user)
        return _("The change is withdrawn: visitors see what stood there before.")
    if wants == "agree" and by_coordinator and not change.agreed_by_id:
        done = actions.agree(change, by=request.user, seen=request.POST.get("seen", ""))
        if done.is_waiting:
            return _("You agreed. The change waits for the office now.")
        return _("The profile is changed: visitors see it now.")
    if wants == "decline" and by_coordinator:
        if not reason.is_valid():
            return ""
        actions.decline(change, by=request.user, reason=reason.cleaned_data["reason"])
        return _("Declined. Who proposed it is told why.")
    raise actions.ProfileError(_("This cannot be done here."))


@desk_page
@require_POST
def confirm(request, slug):
    """Record that the profile is right as it stands."""
    found = organisation_of(request, slug)
    confirmations.confirm(found, by=request.user)
    messages.success(request, _("Thank you: the profile says that it was confirmed today."))
    return redirect("organisation_desk:organisation", slug)


@desk_page
def invite(request, slug):
    """Invite somebody to act for the organisation, too."""
    found = organisation_of(request, slug)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            row = representing.invite(found, by=request.user, **form.cleaned_data)
        except representing.CannotBeDone as error:
            form.add_error(None, str(error))
        else:
            text = _("An invitation is on its way to %(person)s.") % {"person": row.person}
            messages.success(request, text)
            return redirect("organisation_desk:organisation", slug)
    context = {"crumbs": crumbs(found, _("Invite")), "organisation": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "members/desk/invite.html", context, status=status)


@desk_page
def end(request, slug, pk):
    """Ask once more, then end somebody's right to act, or one's own."""
    found = organisation_of(request, slug)
    row = get_object_or_404(found.representations.on().select_related("person__user"), pk=pk)
    own, refusal = row.person.user_id == request.user.pk, ""
    if request.method == "POST":
        try:
            representing.end(row, by=request.user)
        except representing.CannotBeDone as error:
            refusal = str(error)
        else:
            words = {"person": row.person, "organisation": found}
            messages.success(request, _("%(person)s no longer acts for %(organisation)s.") % words)
            return redirect("desk") if own else redirect("organisation_desk:organisation", slug)
    context = {
        "crumbs": crumbs(found, _("End a right")),
        "organisation": found,
        "representation": row,
        "own": own,
        "refusal": refusal,
    }
    return render(request, "members/desk/end.html", context, status=409 if refusal else 200)


@never_cache
def confirm_by_link(request, token):
    """Show what is on record, and confirm it when the button is pressed; nobody has to sign in.

    Programs that look through mails follow links: looking confirms nothing. The token stays in the
    address, as somebody may have the links of two organisations open; it works once.
    """
    question = confirmations.question_of(token)
    if request.method == "POST":
        try:
            done = confirmations.confirm_by_link(token)
        except confirmations.LinkError as error:
            return _closed(request, str(error))
        return render(request, "members/desk/confirmed.html", {"organisation": done})
    if reason := confirmations.why_not(question):
        return _closed(request, reason)
    found = question.organisation
    context = {
        "organisation": found,
        "confirmed": confirmed_in_words(found),
        "on_record": [
            (field.label, field.words(field.read(found)))
            for name, field in profile_fields.FIELDS.items()
            if name != "logo"
        ],
        "token": token,
    }
    return render(request, "members/desk/confirm.html", context)


def _closed(request, reason):
    return render(request, "members/desk/confirm_closed.html", {"reason": reason}, status=410)


def organisation_of(request, slug) -> Organisation:
    """Return the organisation of the desk; everybody may know of it, so a stranger gets 403."""
    found = get_object_or_404(Organisation.objects.with_missing().select_related("logo"), slug=slug)
    if not request.user.has_perm("members.edit_profile", found):
        raise PermissionDenied
    return found


def crumbs(organisation, last=None):
    desk = (_("My desk"), reverse("desk"))
    here = reverse("organisation_desk:organisation", args=[organisation.slug])
    if last is None:
        return [desk, (organisation.name, None)]
    return [desk, (organisation.name, here), (last, None)]
