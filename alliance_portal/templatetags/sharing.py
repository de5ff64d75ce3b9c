"""What base.html asks for the head of a page."""

from django import template

from alliance_portal.sharing import Head, as_text
from publishing.addresses import absolute

register = template.Library()
register.filter(absolute)


@register.simple_block_tag(end_name="endplain")
def plain(content):
    """Return what stands inside, a block of the page, as plain text: {% plain as page_title %}."""
    return as_text(content)


@register.simple_tag(takes_context=True)
def page_head(context, title, description):
    """Return the head of the page from its own title and description, as plain text."""
    return Head(context, title, description)
