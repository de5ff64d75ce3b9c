"""How a mail looks: every style that its templates may use, written in line.

A mail keeps the reader's own colours of text and paper, so that light, dark and high contrast all
work where style sheets are dropped. Only the button, the rule and what is quoted bring a colour.
"""

import re
from functools import cache

from django import template
from django.conf import settings
from django.utils.html import format_html

register = template.Library()

SERIF, SANS = "Georgia, Times, serif", "system-ui, Arial, sans-serif"
STYLES = {
    "body": f"margin: 0; padding: 24px 16px; font: 400 17px/1.5 {SANS};",
    "column": "max-width: 600px; margin: 0 auto; overflow-wrap: break-word;",
    "title": f"margin: 0 0 24px; font: 400 28px/1.15 {SERIF};",
    "text": "margin: 0 0 16px;",
    "action": "margin: 24px 0 8px;",
    "button": (
        "display: inline-block; padding: 10px 20px; border-radius: 2px; font-weight: 600; "
        "text-decoration: none; background: {raw-accent}; color: {on-accent};"
    ),
    "address": "margin: 0 0 24px; font-size: 14px; word-break: break-all;",
    "quote": "margin: 0 0 24px; padding: 0 0 0 16px; border-left: 2px solid {edge};",
    "foot": "margin: 40px 0 0; padding: 16px 0 0; border-top: 1px solid {edge}; font-size: 14px;",
    "last": "margin: 0;",
}


@cache
def colours() -> dict[str, str]:
    """Return the stylesheet's plain colours, those that any program understands: name → hex."""
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", tokens.partition("@supports")[0]))


@register.simple_tag
def mail_style(part: str) -> str:
    """The style attribute of a part of a mail; KeyError for a part that STYLES does not have."""
    return format_html('style="{}"', STYLES[part].format_map(colours()))
