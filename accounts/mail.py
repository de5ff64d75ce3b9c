"""How every mail is made: a plain text and an HTML that say the same, from three templates.

A message is the folder `templates/emails/<app>/<message>/`: `subject.txt`, `text.txt` and
`html.html`, which extend the bases beside the apps' folders. docs/design.md has the rules.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse


def build(message: str, context: dict, *, to: str, reply_to: str = "") -> EmailMultiAlternatives:
    """Return the mail `<app>/<message>`, ready to be sent.

    Both bodies and the subject see the context, the site, and the address of the office's form.
    Raises TemplateDoesNotExist where one of the three templates is missing.
    """
    # A request of nobody: with it the context processors give the templates the site's name.
    nobody = HttpRequest()
    context = {"office": settings.SITE_URL + reverse("contact"), **context}
    subject = render_to_string(f"emails/{message}/subject.txt", context, request=nobody)
    # One line, whatever was typed into a name or a subject: a second would be a header.
    context["subject"] = " ".join(subject.split())
    text, html = (
        render_to_string(f"emails/{message}/{body}", context, request=nobody)
        for body in ("text.txt", "html.html")
    )
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=text.strip() + "\n",
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        # Answering machines leave such a mail alone (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(html, "text/html")
    return mail
