"""The rich-text editor as a form widget, for the desk and the admin alike.

The editor of django-prose-editor is loaded by a module of our own (static/js/rich_text.js), which is
told the address of the packaged editor by the textarea. The package's own widget needs an import map
in an inline script; ours needs nothing inline, so the Content-Security-Policy stays at `script-src
'self'` without nonces, pages stay the same bytes for everybody, and hashed file names work because
Django, not the browser, looks them up. Without script the textarea is a textarea: what is typed into
it becomes paragraphs (rich_text.clean).
"""

import json

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms import Script
from django.templatetags.static import static
from django.utils.translation import gettext as _

PACKAGED_EDITOR = "django_prose_editor/editor.js"


class Prompts:
    """Questions that a text answers, one a line, in the reader's language when they are shown."""

    def __init__(self, *questions):
        self.questions = questions

    def __str__(self):
        return "\n".join(str(question) for question in self.questions)


class RichTextWidget(forms.Textarea):
    class Media:
        js = (Script("js/rich_text.js", type="module"),)

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {
            "data-rich-text": static(PACKAGED_EDITOR),
            "data-rich-paste": static("js/paste.js"),
            "data-rich-words": json.dumps(words()),
        }


def words() -> dict[str, str]:
    """Return what the editor's buttons say."""
    return {
        "tools": _("Format"),
        "heading": _("Heading"),
        "subheading": _("Subheading"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "list": _("List"),
        "numbered": _("Numbered list"),
        "quote": _("Quote"),
        "link": _("Link"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "address": _("Address of the link, for example https://example.org"),
        "set": _("Set the link"),
        "remove": _("Remove the link"),
        "cancel": _("Cancel"),
    }


class AdminRichTextWidget(RichTextWidget, AdminTextareaWidget):
    """The same with the classes of the admin's fields."""
