"""/membership/apply/: the public first step, and the pages behind the secret address of an application.

The first page is the same for everybody. What comes after it stands behind a secret in its address:
private, kept by no cache, in no index, and in no Referer.
"""

from functools import wraps
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.open_forms import is_within_limit, network_of, same_origin_post
from members import applications
from members.application_forms import (
    AnswerForm,
    BeginForm,
    LinkForm,
    MotivationForm,
    OrganisationForm,
    people_forms,
)
from members.applications import IN_SHORT, MOTIVATION, ORGANISATION, PEOPLE, STEPS, NotPossible
from members.models import BEGUN_DAYS, DECLINED_DAYS, Application

MOST_AN_HOUR = 5  # applications begun, or links asked for, by one network


# -- the public page ------------------------------------------------------------------------------


@same_origin_post
def begin(request):
    """Show the first step; begin an application, or mail the link to one that was begun."""
    if request.method != "POST":
        linked = "linked" in request.GET
        return render(request, "members/apply/begin.html", _public(linked=linked))
    if "link" in request.POST:
        return _mail_link(request)
    return _begin(request)


@never_cache
def _begin(request):
    form = BeginForm(request.POST)
    if form.is_valid():
        if is_within_limit("application", network_of(request), MOST_AN_HOUR):
            _application, token = applications.begin(**form.facts())
            return _private(redirect("application:people", token=token))
        form.add_error(None, _("Several applications came from your connection. Wait an hour."))
    return render(request, "members/apply/begin.html", _public(form=form))


@never_cache
def _mail_link(request):
    form = LinkForm(request.POST)
    if form.is_valid():
        if is_within_limit("application-link", network_of(request), MOST_AN_HOUR):
            applications.send_link_again(form.cleaned_data["email"])
            return redirect(f"{reverse('apply')}?linked=1#linked")
        form.add_error(None, _("Several links were asked for from your connection. Wait an hour."))
    return render(request, "members/apply/begin.html", _public(link_form=form))


def _public(*, form=None, link_form=None, linked=False) -> dict:
    return {
        "form": form or BeginForm(),
        "link_form": link_form or LinkForm(auto_id="id_link_%s"),
        "linked": linked,
        "begun_days": BEGUN_DAYS,
        "number": 1,
        "crumbs": [(_("Membership"), reverse("membership")), (_("Apply"), None)],
    }


# -- behind the secret address --------------------------------------------------------------------


def _private(response):
    """Keep the secret of the address to whoever has it: in no index, and no other site is told.

    Of the address only the site's name goes into Referer and Origin; without that much a form
    could not say that it comes from here.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def behind_secret(view):
    """A page of one application: the view gets the application that the secret opens."""

    @never_cache
    @same_origin_post
    @wraps(view)
    def opened(request, token):
        application = Application.objects.for_token(token).select_related("organisation").first()
        if application is None:
            context = {"begun_days": BEGUN_DAYS, "declined_days": DECLINED_DAYS}
            page = render(request, "members/apply/gone.html", context, status=HTTPStatus.NOT_FOUND)
            return _private(page)
        application.token = token
        try:
            return _private(view(request, application))
        except NotPossible as refusal:
            page = _status_page(request, _again(application), refused=str(refusal))
            page.status_code = HTTPStatus.CONFLICT
            return _private(page)

    return opened


def _again(application: Application) -> Application:
    """Return the application as it stands by now."""
    token = application.token
    application = Application.objects.get(pk=application.pk)
    application.token = token
    return application


def _address(application: Application, step: str) -> str:
    return reverse(f"application:{step}", args=[application.token])


def draft_page(view):
    """A step: once the application is sent, its address leads to how it stands."""

    @behind_secret
    @wraps(view)
    def step(request, application):
        if application.is_begun():
            return view(request, application)
        if request.method == "POST":
            raise NotPossible(
                _("This was sent meanwhile. What you typed here just now is not part of it.")
            )
        return HttpResponseRedirect(_address(application, "status"))

    return step


@draft_page
def organisation(request, application):
    """Step 1, once more."""
    form = OrganisationForm(request.POST or None, instance=application)
    if request.method == "POST" and form.is_valid():
        applications.save(application, **form.facts())
        return HttpResponseRedirect(_address(application, PEOPLE))
    return _step(request, application, ORGANISATION, form=form)


@draft_page
def people(request, application):
    """Step 2: who is named. 'Name another person' keeps what is there and gives an empty row."""
    more = "more" in request.GET
    if request.method == "POST":
        forms = people_forms(application, request.POST, more=more)
        if forms.is_valid():
            applications.name_people(application, forms.people())
            if "more" in request.POST:
                return HttpResponseRedirect(f"{_address(application, PEOPLE)}?more=1#another")
            return HttpResponseRedirect(_address(application, MOTIVATION))
    else:
        forms = people_forms(application, more=more)
    full = len(forms.forms) >= applications.MOST_PEOPLE
    return _step(request, application, PEOPLE, forms=forms, full=full)


@draft_page
def motivation(request, application):
    """Step 3: why, documents, a look over everything, and sending it."""
    if request.method != "POST":
        form = MotivationForm(instance=application)
        return _step(request, application, MOTIVATION, form=form, **_review(application))
    if (key := request.POST.get("remove", "")).isdecimal() and len(key) < 19:
        applications.remove_document(application, int(key))
    sending = "send" in request.POST
    form = MotivationForm(request.POST, request.FILES, instance=application, sending=sending)
    is_sound = form.is_valid()
    # What can be kept is kept, whatever is wrong with the rest.
    applications.save(application, **form.facts())
    refused = _keep_documents(application, form.cleaned_data.get("documents", []), form)
    if is_sound and not refused:
        if not sending:
            return HttpResponseRedirect(f"{_address(application, MOTIVATION)}#review")
        try:
            applications.send(application)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return HttpResponseRedirect(_address(application, "status"))
    application = _again(application)
    return _step(request, application, MOTIVATION, form=form, **_review(application))


def _keep_documents(application, uploads, form) -> bool:
    """Keep each document that is sound; say of each other why it is not. Returns whether one is."""
    refused = False
    for upload in uploads:
        try:
            applications.add_document(application, upload)
        except ValidationError as error:
            refused = True
            for sentence in error.messages:
                form.add_error("documents", f"{upload.name}: {sentence}")
    return refused


def _step(request, application, step: str, **context):
    number = list(STEPS).index(step) + 1
    context |= {
        "application": application,
        "number": number,
        "title": STEPS[step],
        "steps": [
            (label, _address(application, key), key == step) for key, label in IN_SHORT.items()
        ],
        "back": _address(application, list(STEPS)[number - 2]) if number > 1 else "",
        "crumbs": _crumbs(),
    }
    return render(request, f"members/apply/{step}.html", context)


def _review(application) -> dict:
    """Return what the look over shows: what was typed, and what is missing with the way there."""
    return {
        "people": list(application.people.all()),
        "documents": list(application.documents.all()),
        "missing": [
            (one.sentence, _address(application, one.step), STEPS[one.step])
            for one in applications.missing(application)
        ],
        "organisation_address": _address(application, ORGANISATION),
        "people_address": _address(application, PEOPLE),
    }


@behind_secret
def status(request, application):
    """How it stands, and everything that was sent; who has only begun is led to where to go on."""
    if application.is_begun():
        return HttpResponseRedirect(_address(application, applications.step_to_go_on(application)))
    form = None
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        is_sound = form.is_valid()
        refused = _keep_documents(application, form.cleaned_data.get("documents", []), form)
        if is_sound and not refused:
            applications.answer(application, form.cleaned_data["text"])
            return HttpResponseRedirect(f"{_address(application, 'status')}#said")
    return _status_page(request, application, form=form)


def _status_page(request, application, *, form=None, refused=""):
    asked = application.state == Application.State.ASKED_BACK
    context = {
        "application": application,
        "people": list(application.people.all()),
        "documents": list(application.documents.all()),
        "said": list(application.messages.all()),
        "form": (form or AnswerForm()) if asked else None,
        "refused": refused,
        "declined_days": DECLINED_DAYS,
        "crumbs": _crumbs(),
    }
    return render(request, "members/apply/status.html", context)


def _crumbs() -> list[tuple[str, str | None]]:
    return [(_("Membership"), reverse("membership")), (_("Application"), None)]
