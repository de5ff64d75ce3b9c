"""What search engines, and those who pass a page on, are told of it. base.html asks here once."""

from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from alliance_portal import cards, linked_data
from alliance_portal.brand import as_hex, palette
from alliance_portal.share_cards import NAME
from publishing.addresses import absolute
from publishing.models import Audience

SHORTEST, LONGEST = 50, 200  # characters of a description
NARROWEST, LOWEST = 600, 315  # pixels below which networks show a picture as a small square
# View → what its context calls the thing that the page shows to an audience.
SHOWS = {
    "news:detail": "post",
    "policy:detail": "position",
    "working_groups:overview": "overview",
    "activities:detail": "activity",
}
SAME_ROWS = {"view"}  # parameters that change how a list looks, not what is in it
ARTICLES = {"news:detail", "policy:detail", "working_groups:overview"}
# Found where people act, and kept out of search engines: those would go on showing a page after its
# basis was withdrawn.
KEPT_OUT = {"people:detail"}
PICTURED = {"news:detail", "policy:detail"}  # whose pages show a picture of their own


@dataclass(frozen=True)
class Image:
    """The picture that a shared link shows: its public address, size in pixels, and words for it."""

    address: str
    width: int
    height: int
    alternative: str


@dataclass
class Head:
    """The head of a public page. `title` and `description` are plain text, addresses are absolute."""

    context: dict = field(repr=False)
    title: str
    written: str  # what the page's template says of it

    @cached_property
    def view(self) -> str:
        match = self.context["request"].resolver_match
        return match.view_name if match else ""

    @cached_property
    def shows(self):
        """Return the publication or activity that the page shows, or None."""
        return self.context.get(SHOWS.get(self.view, ""))

    @cached_property
    def is_public(self) -> bool:
        return self.shows is None or self.shows.audience == Audience.PUBLIC

    @cached_property
    def is_article(self) -> bool:
        return self.view in ARTICLES

    @cached_property
    def number(self) -> int:
        """Return which page of a list this is."""
        return getattr(self.context.get("page"), "number", 1)

    @cached_property
    def full_title(self) -> str:
        if self.number == 1:
            return self.title
        return _("%(title)s, page %(number)s") % {"title": self.title, "number": self.number}

    @cached_property
    def description(self) -> str:
        return described(self.written, self.title, self.context["site"].name)

    @cached_property
    def asked(self) -> QueryDict:
        """Return what the address asks of a list beyond its pages: words, filters, a day, an order, a
        view. What was not understood asks for nothing.
        """
        if words := self.context.get("words"):
            return QueryDict(urlencode({"q": words}))
        if (parameters := self.context.get("parameters")) is not None:
            return parameters
        filters = self.context.get("filters")
        return QueryDict(filters.query() if filters else "")

    @property
    def is_indexed(self) -> bool:
        """Whether the page shows what its plain address shows: in another view, maybe."""
        return not set(self.asked) - SAME_ROWS

    @property
    def is_kept_out(self) -> bool:
        return self.view in KEPT_OUT

    @cached_property
    def address(self) -> str:
        """Return the one address under which a page that is indexed is known."""
        return self._at(f"page={self.number}" if self.number > 1 else "")

    @cached_property
    def shared_address(self) -> str:
        """Return the address that a shared link leads to: it shows what was shared."""
        return self._at(self.asked.urlencode()) if self.asked else self.address

    def _at(self, query: str) -> str:
        return absolute(self.context["request"].path) + (f"?{query}" if query else "")

    @cached_property
    def image(self) -> Image:
        """Return the text's own picture where it is large enough, else the card of the page."""
        own = self.shows.picture if self.view in PICTURED else None
        if own and own.width >= NARROWEST and own.height >= LOWEST:
            words = own.alternative or self.title
            return Image(absolute(own.file.url), own.width, own.height, words)
        address = absolute(f"{self.context['request'].path}{NAME}")
        return Image(address, cards.WIDTH, cards.HEIGHT, self.title)

    @property
    def paper(self) -> dict[str, str]:
        """Return the colour of the paper in each scheme, for the bars of a browser."""
        return {"light": as_hex(palette().paper), "dark": as_hex(palette().night)}

    @property
    def locale(self) -> str:
        return to_locale(get_language())

    @cached_property
    def graph(self) -> str:
        """Return what the page says as JSON-LD, safe to stand in a script element."""
        return linked_data.as_json(linked_data.graph_of(self))


def as_text(markup: str) -> str:
    """Return what a block of a template gave as plain text on one line; no-break spaces stay."""
    return " ".join(word for word in unescape(markup).replace("\n", " ").split(" ") if word)


def described(text: str, title: str, site_name: str) -> str:
    """Return a description of 50 to 200 characters: cut between words, or filled up with the title
    and whose record it is, so that no two pages have the same.
    """
    if len(text) < SHORTEST:
        known = [] if title.casefold() in text.casefold() else [title.rstrip(".")]
        source = _("From the record of %(site)s, a network of associations.") % {"site": site_name}
        text = ". ".join([*known, *([text.rstrip(".")] if text else []), source])
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) >= SHORTEST else cut).rstrip(" ,;:.") + "…"
