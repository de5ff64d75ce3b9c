"""What the site sends: messages of the contact form, to the office."""

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from accounts import mail
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
    change = reverse("admin:alliance_portal_contactmessage_change", args=[message.pk])
    context = {"message": message, "address": settings.SITE_URL + change}
    mail.build("alliance_portal/contact_message", context, to=office, reply_to=message.email).send()
