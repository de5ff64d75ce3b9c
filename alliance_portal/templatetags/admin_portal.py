"""What the pages of the admin ask for besides Django's own tags."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()
EMPTY = ">-</td>"


@register.filter
def labelled(cells, headers):
    """Yield the cells of a row of a list, each with the name of its column for narrow screens, where
    a row is a block. What is empty is marked: there it is left out.
    """
    for cell, header in zip(cells, headers, strict=False):
        is_box = "action-checkbox" in cell
        attributes = format_html(' data-label="{}"', "" if is_box else capfirst(header["text"]))
        if cell.endswith(EMPTY):
            attributes += ' data-empty=""'
        yield mark_safe(cell[:3] + attributes + cell[3:])  # noqa: S308 Django made and escaped it
