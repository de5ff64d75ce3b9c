"""What the accounts send. A message is templates/emails/accounts/<message>_{subject,text}.txt."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation


def send_message(template: str, to: str, context: dict) -> None:
    """Render `emails/<template>_subject.txt` and `_text.txt` and send them, plain text."""
    # A request of nobody: with it the context processors give the templates the site's name.
    nobody = HttpRequest()
    subject, text = (
        render_to_string(f"emails/{template}_{part}.txt", context, request=nobody)
        for part in ("subject", "text")
    )
    send_mail(" ".join(subject.split()), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to])


@task
def send_invitation(invitation_id: int) -> None:
    """Mail an invitation's link. The token is made here, so that the mail has its only copy:
    neither the record nor the queue of tasks ever holds more than its hash.
    """
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if invitation is None or not invitation.is_open():
        return
    token = Invitation.new_token()
    invitation.token_hash = Invitation.hash(token)
    invitation.save(update_fields=["token_hash"])
    address = settings.SITE_URL + reverse("open_invitation", args=[token])
    context = {"invitation": invitation, "grant": invitation.grant, "address": address}
    send_message("accounts/invitation", invitation.email, context)
