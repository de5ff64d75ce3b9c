"""Where staff handle applications: a queue, a page for each, and what is done with one."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import acceptance, applications
from members.actions import RecordChanged
from members.admin.application_forms import AcceptForm, AskBackForm, DeclineForm, TakeBackForm
from members.applications import NotPossible
from members.duplicates import possible_duplicates
from members.membership_steps import change_in_words
from members.models import Application, ApplicationDocument, by_what_waits
from members.plans import CannotBeDone
from members.retention import forget
from record.admin import RecordAdmin, explain

MAY = "members.keep_memberships"
# What a browser may do with a document of a stranger: nothing but save it.
SANDBOX = "default-src 'none'; sandbox"
State = Application.State


class WaitingFilter(admin.SimpleListFilter):
    """By state; what only waits is asked for by the start page."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("undecided", _("Not decided")), *State.choices]

    def queryset(self, request, queryset):
        if self.value() == "undecided":
            return queryset.undecided()
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


@admin.register(Application)
class ApplicationAdmin(RecordAdmin):
    """What was sent is read here and never changed; what is done with it are steps of their own."""

    list_display = ("name", "country_name", "asks_for", "state_shown", "waits", "sent_day")
    list_filter = (WaitingFilter, "category")
    search_fields = ("name", "native_name", "acronym", "email", "people__name", "people__email")
    search_help_text = gettext_lazy("Its names, or a person or mail address that it gives.")

    def get_ordering(self, request):
        return by_what_waits()

    def for_list(self, request, queryset):
        return queryset.defer("motivation")

    @admin.display(description=gettext_lazy("country"), ordering="country")
    def country_name(self, application):
        return application.country.name

    @admin.display(description=gettext_lazy("asks for"), ordering="category")
    def asks_for(self, application):
        return application.get_category_display()

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, application):
        return application.get_state_display()

    @admin.display(description=gettext_lazy("waits since"), ordering="waits_since")
    def waits(self, application):
        return timezone.localdate(application.waits_since) if application.is_open() else None

    @admin.display(description=gettext_lazy("sent"), ordering="sent_at")
    def sent_day(self, application):
        return timezone.localdate(application.sent_at) if application.sent_at else None

    # -- rights -----------------------------------------------------------------------------------

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def may_decide(self, request) -> bool:
        return request.user.has_perm(MAY)

    # -- pages ------------------------------------------------------------------------------------

    def get_urls(self):
        def page(view):
            return self.admin_site.admin_view(view)

        return [
            path("<int:key>/ask-back/", page(self.ask_back_view), name="members_application_ask"),
            path("<int:key>/accept/", page(self.accept_view), name="members_application_accept"),
            path("<int:key>/decline/", page(self.decline_view), name="members_application_decline"),
            path("<int:key>/take-back/", page(self.back_view), name="members_application_back"),
            path(
                "<int:key>/documents/<int:document>/",
                page(self.document_view),
                name="members_application_document",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show an application: what was sent, what was said, who it may be already, what to do."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        application = self.get_object(request, unquote(object_id))
        if application is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        matches = self._matches(application) if application.is_open() else []
        context = {
            "application": application,
            "people": list(application.people.all()),
            "documents": list(application.documents.all()),
            "said": list(application.messages.select_related("author")),
            "matches": matches,
            "buttons": self._buttons(application) if self.may_decide(request) else [],
            "has_delete_permission": self.has_delete_permission(request, application),
            "subtitle": capfirst(self.opts.verbose_name),
        }
        return self._page(request, "application", application, str(application), context)

    def _buttons(self, application) -> list[tuple[str, str, str]]:
        """Return what can be done, as (label, address, kind of button): one of them is filled."""
        if application.is_open():
            wanted = [
                ("accept", AcceptForm.title, ""),
                ("ask", AskBackForm.title, "second"),
                ("decline", DeclineForm.title, "second"),
            ]
        elif (
            application.state in {State.ACCEPTED, State.DECLINED} and not application.anonymised_at
        ):
            wanted = [("back", TakeBackForm.title, "second")]
        else:
            wanted = []
        return [(label, _step(application, name), kind) for name, label, kind in wanted]

    def _matches(self, application):
        return possible_duplicates(
            application.name, application.website, str(application.country.code)
        )

    def ask_back_view(self, request, key):
        def do(application, form):
            applications.ask_back(application, form.cleaned_data["text"], by=request.user)
            return _("The question is on its way to %(email)s.") % {"email": application.email}

        return self._simple_step(request, key, AskBackForm, do)

    def decline_view(self, request, key):
        def do(application, form):
            applications.decline(application, form.cleaned_data["reason"], by=request.user)
            return format_html(
                '{} <a href="{}">{}</a>',
                _("Declined. The reason is on its way to %(email)s.")
                % {"email": application.email},
                _step(application, "back"),
                _("Take it back"),
            )

        return self._simple_step(request, key, DeclineForm, do)

    def back_view(self, request, key):
        def do(application, form):
            why = form.cleaned_data["why"]
            if application.state == State.ACCEPTED:
                acceptance.take_back(application, by=request.user, why=why)
            else:
                applications.reopen(application, by=request.user, why=why)
            return _("Taken back. The application waits again, and the applicant is told.")

        return self._simple_step(request, key, TakeBackForm, do)

    def _simple_step(self, request, key, form_class, do):
        """Show a form and do what it says; `do` returns the sentence about what was done."""
        application = self._found(request, key)
        form = form_class(request.POST or None)
        problem = ""
        if request.method == "POST" and form.is_valid():
            try:
                said = do(application, form)
            except (NotPossible, CannotBeDone) as refusal:
                problem = _("Not done: %(reason)s") % {"reason": refusal}
            except IntegrityError as error:
                problem = explain(error)
            else:
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(_page_of(application))
        context = {"form": form, "problem": problem, "application": application}
        return self._page(request, "step", application, form_class.title, context)

    def accept_view(self, request, key):
        """What was asked for → what will stand in the record → it is done."""
        application = self._found(request, key)
        data = request.POST if request.method == "POST" else None
        form = AcceptForm(data, application=application, matches=self._matches(application))
        shown, problem = None, ""
        if form.is_valid():
            decided = form.acceptance()
            if request.POST.get("what") == "do":
                done, problem = self._accept(request, application, form, decided)
                if done:
                    return HttpResponseRedirect(_page_of(application))
            shown = acceptance.plan(application, decided)
        context = {
            "form": form,
            "problem": problem,
            "application": application,
            "shown": shown,
            "sentences": _sentences(shown) if shown else [],
        }
        return self._page(request, "accept", application, form.title, context)

    def _accept(self, request, application, form, decided) -> tuple[bool, str]:
        """Accept as it was shown. Returns whether it was done, and the sentence why not."""
        agreed = request.POST.get("agreed", "")
        if not agreed:
            return False, _("Look first at what will stand in the record.")
        try:
            done = acceptance.accept(
                application, decided, by=request.user, why=form.said_why(), agreed=agreed
            )
        except (NotPossible, CannotBeDone, RecordChanged) as refusal:
            return False, _("Not done: %(reason)s") % {"reason": refusal}
        except IntegrityError as error:
            return False, explain(error)
        said = format_html(
            '{} <a href="{}">{}</a>',
            _("Accepted: %(name)s is in the record, and the applicant is told.")
            % {"name": done.organisation},
            _step(done, "back"),
            _("Take it back"),
        )
        self.message_user(request, said, messages.SUCCESS)
        return True, ""

    def document_view(self, request, key, document):
        """Send a document to be saved; no browser shows what a stranger sent."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = get_object_or_404(ApplicationDocument, pk=document, application_id=key)
        try:
            file = found.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(
            file, as_attachment=True, filename=found.name, content_type="application/octet-stream"
        )
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = SANDBOX
        return response

    def _found(self, request, key) -> Application:
        if not self.may_decide(request):
            raise PermissionDenied
        return get_object_or_404(Application.objects.sent(), pk=key)

    def _page(self, request, template, application, title, context):
        offers = [offer(application.organisation, request.user) for offer in _offers(application)]
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": application,
            "offers": [offer for offer in offers if offer],
            **context,
        }
        return TemplateResponse(request, f"admin/members/applications/{template}.html", context)

    # -- deleting ---------------------------------------------------------------------------------

    def delete_model(self, request, obj):
        """Delete for good: a mistake or rubbish leaves no file and no history."""
        forget(obj)


def _offers(application):
    accepted = application.state == State.ACCEPTED
    return acceptance.AFTER_ACCEPTANCE if accepted else []


def _step(application, name: str) -> str:
    return reverse(f"admin:members_application_{name}", args=[application.pk])


def _page_of(application) -> str:
    return reverse("admin:members_application_change", args=[application.pk])


def _sentences(planned: acceptance.Planned) -> list[tuple[str, list[str]]]:
    """Return what will stand in the record, as sentences under a heading each."""
    organisation = planned.organisation
    if planned.is_new:
        facts = [
            _("New on record: %(name)s, %(kind)s, %(place)s.")
            % {
                "name": organisation.name,
                "kind": organisation.get_kind_display(),
                "place": organisation.place,
            }
        ]
    else:
        facts = [_("On record already: %(name)s.") % {"name": organisation.name}]
        labels = {one.name: str(one.verbose_name) for one in organisation._meta.fields}
        facts += [
            _("Filled in, it was empty: %(field)s, %(value)s.")
            % {"field": labels[name], "value": _shown(organisation, name)}
            for name in planned.filled
        ]
    facts += [_("Other name: %(name)s.") % {"name": name} for _kind, name in planned.names]
    facts += [
        _("'%(name)s' is another body's name on record, so it is left out.") % {"name": name}
        for name in planned.taken
    ]
    if planned.application.represents:
        number = planned.application.represents
        facts.append(_("Represents %(number)s companies.") % {"number": number})
    memberships = [
        sentence for change in planned.changes for sentence in change_in_words(change)[1]
    ]
    return [
        (_("Organisation"), facts),
        (_("Membership"), memberships),
        (_("People"), [_person(each) for each in planned.people]),
    ]


def _shown(organisation, name: str) -> str:
    value = getattr(organisation, name)
    return str(getattr(value, "name", value))


def _person(each: acceptance.PlannedPerson) -> str:
    words = [each.named.name if each.known is None else str(each.known)]
    if each.holds:
        words.append(each.named.function)
    if each.known is not None:
        words.append(_("on record already"))
    if each.acts:
        words.append(_("acts for it in the portal"))
    if each.invited:
        words.append(_("invited by mail to %(email)s") % {"email": each.named.email})
    return ", ".join(words) + "."
