"""Pages as schema.org's JSON-LD: only what the page itself shows, dates as precise as known."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publishing.addresses import absolute
from record.periods import Basis

# What could end the script element, or a line of it, in a name or a title.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def as_json(graph: list[dict]) -> SafeString:
    """Return a graph as JSON that may stand in a script element, whatever names hold."""
    document = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  escaped in this line


def graph_of(head) -> list[dict]:
    """Return what a page says: whose it is, where it stands, and what it is about."""
    about = ABOUT.get(head.view)
    parts = [network(head), breadcrumbs(head), about(head) if about else None]
    return [stated(part) for part in parts if part]


def stated(part: dict) -> dict:
    """Leave out what is not on record, in parts too."""
    return {
        key: stated(value) if isinstance(value, dict) else value
        for key, value in part.items()
        if value not in (None, "", [], {})
    }


def network(head) -> dict:
    """Return the network itself, as the foot of every page names it."""
    site = head.context["site"]
    return {
        "@type": "Organization",
        "@id": absolute("/#network"),
        "name": site.name,
        "url": absolute("/"),
        "address": ", ".join(site.address_lines),
        "logo": absolute(reverse("touch_icon")),
    }


def breadcrumbs(head) -> dict | None:
    crumbs = head.context.get("crumbs")
    if not crumbs:
        return None
    steps = [(_("Home"), "/"), *crumbs]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(label),
                "item": absolute(url) if url else head.address,
            }
            for position, (label, url) in enumerate(steps, 1)
        ],
    }


def website(head) -> dict:
    site = head.context["site"]
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "name": site.name,
        "url": absolute("/"),
        "description": head.description,
        "publisher": {"@id": absolute("/#network")},
    }


def organisation(head) -> dict:
    """Return an organisation with its names, seat and the dated memberships that its page lists."""
    one = head.context["organisation"]
    country = str(one.country.code or "")
    seat = one.city or one.region or country
    return {
        "@type": "Organization",
        "@id": f"{head.address}#organisation",
        "name": one.name,
        "alternateName": [name["name"] for name in one.other_names],
        "description": one.summary,
        "url": one.website or head.address,
        "mainEntityOfPage": head.address,
        "logo": absolute(one.logo.file.url) if one.logo else None,
        "foundingDate": one.founded.isoformat() if one.founded else None,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": one.city,
            "addressRegion": one.region,
            "addressCountry": country,
        }
        if seat
        else None,
        "memberOf": [stated(_role(line.membership)) for line in head.context["memberships"]],
    }


def _role(membership) -> dict:
    """Return a membership as a dated role; a bound that is not on record is left out."""
    starts = membership.start_basis != Basis.NOT_ON_RECORD and membership.starts
    ends = membership.end_basis != Basis.NOT_ON_RECORD and membership.ends
    return {
        "@type": "OrganizationRole",
        "roleName": membership.category_in_words(),
        "startDate": starts.isoformat() if starts else None,
        "endDate": ends.isoformat() if ends else None,
        "memberOf": {"@id": absolute("/#network")},
    }


def group(head) -> dict:
    one = head.context["group"]
    return {
        "@type": "Organization",
        "@id": f"{head.address}#group",
        "name": one.name,
        "description": one.summary,
        "url": head.address,
        "parentOrganization": {"@id": absolute("/#network")},
    }


def person(head) -> dict:
    """Return a person: only what the page shows, which rests on their basis."""
    one, now = head.context["person"], head.context["functions"][0][1]
    portrait = head.context["portrait"]
    return {
        "@type": "Person",
        "@id": f"{head.address}#person",
        "name": one.name,
        "honorificPrefix": one.title,
        "url": head.address,
        "image": absolute(portrait.file.url) if portrait else None,
        "jobTitle": [line.what for line in now],
        "affiliation": [
            {"@type": "Organization", "name": line.where, "url": absolute(line.url)} for line in now
        ],
    }


def article(head) -> dict:
    """Return a post, position or overview. The printed date, and a correction that is marked."""
    one = head.shows
    return {
        "@type": "NewsArticle",
        "@id": f"{head.address}#article",
        "headline": one.title,
        "description": head.description,
        "articleSection": str(one.get_kind_display()),
        "inLanguage": one.language,
        "datePublished": one.printed.isoformat() if one.printed else None,
        "dateModified": one.corrected_on or (one.printed.isoformat() if one.printed else None),
        "image": head.image.address,
        "author": authors(head),
        "publisher": {"@id": absolute("/#network")},
        "mainEntityOfPage": head.address,
    }


def authors(head) -> list[dict]:
    """Return who stands as the author: those in the byline, else the group, else the network.

    The byline has no name of a person who may not be shown.
    """
    people = [
        {
            "@type": "Person",
            "name": row["name"],
            "jobTitle": row["role"],
            "affiliation": [
                {"@type": "Organization", "name": line["organisation"]}
                for line in row["affiliations"]
            ],
        }
        for row in head.context.get("byline", [])
        if row["name"]
    ]
    if people:
        return [stated(person) for person in people]
    if head.view == "working_groups:overview":
        of = head.shows.group
        name, url = of.name, absolute(of.get_absolute_url())
        return [{"@type": "Organization", "name": name, "url": url}]
    return [{"@id": absolute("/#network")}]


def event(head) -> dict:
    """Return an activity. Its link only while the page shows it."""
    one = head.shows
    online = one.online_link if not (one.called_off or head.context["is_over"]) else ""
    state = "EventCancelled" if one.called_off else "EventScheduled"
    return {
        "@type": "Event",
        "@id": f"{head.address}#event",
        "name": one.title,
        "description": head.description,
        "url": head.address,
        "image": head.image.address,
        "startDate": one.starts_at or one.day.isoformat(),
        "endDate": one.ends_at or one.ends_on,
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": _attendance(one),
        "location": [
            *([{"@type": "Place", "name": one.place, "address": one.place}] if one.place else []),
            *([{"@type": "VirtualLocation", "url": online}] if online else []),
        ],
        "organizer": {
            "@type": "Organization",
            "name": one.group.name,
            "url": absolute(one.group.get_absolute_url()),
        }
        if one.group
        else {"@id": absolute("/#network")},
    }


def _attendance(activity) -> str | None:
    here, online = bool(activity.place or activity.in_person), bool(activity.online_link)
    if not here and not online:
        return None
    mode = "Mixed" if here and online else "Online" if online else "Offline"
    return f"https://schema.org/{mode}EventAttendanceMode"


# View → what its page is about. All other pages say whose they are and where they stand.
ABOUT = {
    "home": website,
    "members:detail": organisation,
    "organisations:detail": organisation,
    "people:detail": person,
    "working_groups:detail": group,
    "working_groups:overview": article,
    "news:detail": article,
    "policy:detail": article,
    "activities:detail": event,
}
