"""What the site sends. A message is templates/emails/contact/<message>_{subject,text}.txt."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse

from alliance_portal.models import ContactMessage, SiteSettings


@task
def tell_office(message_id: int) -> None:
    """Mail a message of the contact form to the office, so that an answer goes to who wrote it.

    Without a mail address in the site settings nothing is sent: the message waits in the admin.
    """
    message = ContactMessage.objects.filter(pk=message_id).first()
    office = SiteSettings.load().contact_email
    if message is None or not office:
        return
    context = {
        "message": message,
        "address": settings.SITE_URL
        + reverse("admin:alliance_portal_contactmessage_change", args=[message.pk]),
    }
    # A request of nobody: with it the context processors give the templates the site's name.
    nobody = HttpRequest()
    subject, text = (
        render_to_string(f"emails/contact/message_{part}.txt", context, request=nobody)
        for part in ("subject", "text")
    )
    EmailMessage(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        to=[office],
        reply_to=[message.email],
    ).send()
