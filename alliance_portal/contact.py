"""The contact form: stores a message and mails the office, without cookie or token."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.open_forms import is_within_limit, network_of, same_origin_post
from alliance_portal.emails import tell_office
from alliance_portal.forms import ContactForm
from alliance_portal.models import ContactMessage

MOST_AN_HOUR = 5


@same_origin_post
def contact(request):
    """Show the contact form; take a message, and say what happens next."""
    context = {"crumbs": [(_("Contact"), None)], "sent": "sent" in request.GET}
    if request.method != "POST":
        return render(request, "site/contact.html", context | {"form": ContactForm()})
    return _take(request, context)


@never_cache
def _take(request, context):
    form = ContactForm(request.POST)
    if form.is_valid():
        if is_within_limit("contact", network_of(request), MOST_AN_HOUR):
            send_message(**{name: form.cleaned_data[name] for name in form.Meta.fields})
            return redirect(f"{reverse('contact')}?sent=1")
        form.add_error(
            None, _("Several messages came from your connection. Send this one in an hour.")
        )
    return render(request, "site/contact.html", context | {"form": form, "sent": False})


def send_message(*, name: str, email: str, subject: str, message: str) -> ContactMessage:
    """Keep a message for the office, and mail it once it is kept."""
    with transaction.atomic():
        kept = ContactMessage.objects.create(
            name=name, email=email, subject=subject, message=message
        )
        transaction.on_commit(lambda: tell_office.enqueue(kept.pk))
    return kept
