"""Every page that there is, in the demonstration: what accessibility tests and screenshots visit.

The names come from the URL configuration, so that a new address without an example here is an
error. What is no page of ours (feeds, files, answers for machines) is named as such.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

MACHINES = {
    "activities:calendar",
    "activities:file",
    "working_groups:calendar",
    "private_calendar",
    "members:changes_feed",
    "members:csv",
    "members:json",
    "members:suggest",
    "data_file",
    "news:feed",
    "opportunities:calendar",
    "policy:feed",
    "news:json",
    "policy:json",
    "sitemap",
    "sitemap_section",
    "healthz",
    "readyz",
    "robots",
    "media",
    "badge",
    "card",
    "overview_pdf",
    "favicon",
    "icon",
    "touch_icon",
}
# Behind the sign-in, or behind a mailed link.
BEHIND_THE_SIGN_IN = {
    "desk",
    "desk_deadlines",
    "read_date",
    "group_mails",
    "my_calendar",
    "confirm_profile",
    "draft",
    "styleguide",
    "styleguide_mail",
    "styleguide_mail_text",
}
# One ordinary page and those that differ: sponsored, announced, former, an 80-character name, …
EXAMPLES = {
    "members:detail": [
        {"slug": slug} for slug in ("cluj-it-cluster", "atic", "harom-hid", "luzzu-software-circle")
    ],
    "members:network": [{"slug": "eastern-partnership"}, {"slug": "lighthouse-ring"}],
    "members:sponsor": [{"slug": "polaris-fund"}],
    "organisations:detail": [{"slug": "sunrise-valley-dih"}],
    "people:detail": [{"slug": "andrei-kelemen"}],
    "working_groups:detail": [{"slug": "digitalisation"}, {"slug": "data-and-interfaces"}],
    "working_groups:join": [{"slug": "green-code"}],
    "working_groups:overview": [{"slug": "digitalisation", "year": 2021}],
    "working_groups:year": [{"year": 2021}, {"year": 2025}],
    "activities:detail": [{"slug": "general-assembly-coming"}, {"slug": "matchmaking-in-trieste"}],
    "news:detail": [
        {"slug": slug}
        for slug in (
            "cluj-it-becomes-a-full-member",
            "eastern-partnership-associations-join",
            "green-code-old-machines-report",
            "wrong-date-of-assembly",
        )
    ],
    "opportunities:detail": [
        {"slug": slug} for slug in ("export-vouchers", "consultation-small-lots")
    ],
    "policy:detail": [{"slug": "response-digital-decade-targets"}, {"slug": "two-pages-a-rule"}],
}
STATES = [
    "/opportunities/?state=past",
    "/opportunities/?q=zzzzzz",
    "/working-groups/green-code/?on=2024-05-01",
    "/working-groups/green-code/join/?sent=1",
    "/members/?on=2022-04-14",
    "/members/?q=klaster&category=sponsored&country=MT",
    "/members/?on=2022-13-45&page=abc",
    "/members/?state=former&state=announced",
    "/members/?view=cards",
    "/members/?view=table&sort=-since&state=member&state=announced&state=former",
    "/members/?view=map&state=member&state=announced&state=former",
    "/members/?view=map&q=zzzzzz",
    "/members/?view=table&on=March+2022",
    "/members/changes/?from=2018&to=2027",
    "/members/sponsors/polaris-fund/?on=2026-03-31",
    "/members/changes/?from=some+day&to=2006",
    "/news/?topic=none&year=1999",
    "/search/?q=cluj",
    "/search/?q=zzzzzz",
    "/there-is-nothing-here/",
]
# Behind the secret of an application; each has a page of its own in `application_pages`.
SECRET = ("application:status", "application:organisation", "application:people",
          "application:motivation")  # fmt: skip
# Those that do not answer 200.
STATUS = {
    "/membership/apply/no-such-secret/": 404,
    "/there-is-nothing-here/": 404,
    "/news/wrong-date-of-assembly/": 410,
    "/accounts/invitations/": 410,
    "/confirm/a-link-that-was-never-sent/": 410,
}
SIGN_IN = [
    "/accounts/login/",
    "/accounts/inactive/",
    "/accounts/invitations/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/signup/",
    "/accounts/password/reset/key/1-none/",
]
# Nothing can run in these, axe neither: `test_mails` looks at what they show.
SANDBOXED = "/styleguide/mails/"
CHAIR, MANAGER = "chair@example.org", "manager@example.org"
REPRESENTATIVE, COORDINATOR = "representative@example.org", "coordinator@example.org"
HERON, RING = "/desk/organisations/heron-bridge-guild/", "/desk/networks/lighthouse-ring/"
GREEN_CODE = "/desk/groups/green-code/"
SIGNED_IN = {
    CHAIR: [
        "/desk/",
        "/desk/opportunities/?for=export-vouchers",
        GREEN_CODE,
        f"{GREEN_CODE}record/",
        *(
            f"{GREEN_CODE}record/{kind}/add/"
            for kind in (
                "activity",
                "guest",
                "participant",
                "initiative",
                "contribution",
                "document",
            )
        ),
        f"{GREEN_CODE}record/guest/paste/",
        f"{GREEN_CODE}record/participant/paste/",
        f"{GREEN_CODE}requests/",
        f"{GREEN_CODE}hand-over/",
        f"{GREEN_CODE}papers/",
        "/desk/mails/",
        "/desk/calendar/",
        f"{GREEN_CODE}overviews/2026/",
        f"{GREEN_CODE}overviews/2026/preview/",
        f"{GREEN_CODE}overviews/2026/versions/",
        f"{GREEN_CODE}overviews/2026/links/",
        f"{GREEN_CODE}overviews/2026/publish/",
        "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/",
    ],
    REPRESENTATIVE: [
        "/desk/",
        HERON,
        f"{HERON}profile/",
        f"{HERON}invite/",
        "/confirm/a-link-that-was-never-sent/",
    ],
    COORDINATOR: ["/desk/", RING, f"{RING}members/gintaro-svyturys/"],
    MANAGER: [
        "/admin/",
        "/admin/members/",
        "/admin/members/organisation/",
        "/admin/members/organisation/?q=zzzzzz&on=soon&state=member",
        "/admin/members/application/",
        "/admin/members/application/?state=undecided",
        "/admin/working_groups/activity/add/",
        "/admin/news/post/add/",
        "/admin/members/membership/",
        "/admin/members/organisation/cohorts/?all",
        "/admin/members/organisation/duplicates/",
        "/admin/members/organisation/import/",
        "/styleguide/",
        "/styleguide/mails/invitation-group/",
        "/styleguide/mails/contact-message/",
    ],
}


def public_names(patterns=None, namespace: str = "") -> Iterator[str]:
    """Yield the name of every public address: all but those behind a sign-in."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif isinstance(pattern, URLResolver) and not str(pattern.pattern).startswith(
            ("desk/", "accounts/", "admin/")
        ):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from public_names(pattern.url_patterns, inner)


def public_pages() -> list[str]:
    """Return the addresses of all public pages, those with parameters by their examples.

    Raises NoReverseMatch for a page that takes parameters and has no example.
    """
    ours = set(public_names()) - MACHINES - BEHIND_THE_SIGN_IN - set(SECRET)
    return sorted(reverse(name, kwargs=each) for name in ours for each in EXAMPLES.get(name, [{}]))


def application_pages() -> list[str]:
    """Return the pages of the demonstration's applications, each under a secret made for it."""
    from members.models import Application, ApplicationKey  # needs the apps

    found = ["/membership/apply/no-such-secret/"]
    for application in Application.objects.order_by("pk"):
        token = ApplicationKey.new(application)
        names = SECRET[1:] if application.is_begun() else SECRET[:1]
        found += [reverse(name, args=[token]) for name in names]
    return found


def signed_in_pages() -> dict[str, list[str]]:
    """Return account → addresses, in the admin those of the demonstration's records too."""
    # These need the apps.
    from members.models import (
        Application,
        Organisation,
        Person,
        ProfileChange,
        Representation,
    )
    from news.models import Post
    from publishing.models import State
    from working_groups.models import Role, WorkingGroup

    cluster = Organisation.objects.get(slug="cluj-it-cluster")
    membership, post = cluster.memberships.first(), Post.objects.public().first()
    draft = Post.objects.filter(state=State.DRAFT).first()
    sent, declined = (Application.objects.filter(state=one).first() for one in ("sent", "declined"))
    merge, atic = reverse("admin:members_organisation_merge"), Organisation.objects.get(slug="atic")
    admin = [
        *(
            _admin(sent, step)
            for step in ("change", "ask", "accept", "decline", "delete", "history")
        ),
        _admin(declined, "change"),
        _admin(declined, "back"),
        _admin(cluster, "change"),
        _admin(cluster, "history"),
        _admin(cluster, "simple_history", cluster.history.first().pk),
        _admin(cluster, "delete"),
        _admin(membership, "change") + "?_popup=1",
        _admin(membership, "change"),
        _admin(membership, "delete"),
        *(_admin(one, "change") for one in ProfileChange.objects.order_by("pk")),
        _admin(Person.objects.order_by("pk").first(), "change"),
        _admin(WorkingGroup.objects.get(slug="digitalisation"), "change"),
        _admin(Role.objects.order_by("pk").first(), "change"),
        _admin(post, "change"),
        _admin(post, "publishing"),
        _admin(draft, "publishing"),
        f"{merge}?o={cluster.pk}",
        f"{merge}?o={cluster.pk}&o={atic.pk}",
        f"{reverse('admin:news_post_announce')}?m={membership.pk}",
        _admin(Post.objects.filter(memberships__isnull=False).first(), "change"),
        *(
            f"{reverse('admin:members_organisation_step', args=[step])}?o={cluster.pk}"
            for step in ("admit", "convert", "correct")
        ),
    ]
    group = WorkingGroup.objects.get(slug="green-code")
    held = group.activities.exclude(minutes="").first()
    chair = [
        *SIGNED_IN[CHAIR],
        *(f"{GREEN_CODE}requests/{one.pk}/" for one in group.join_requests.order_by("pk")),
        f"{GREEN_CODE}record/activity/{held.pk}/",
        f"{GREEN_CODE}papers/{held.pk}/",
        f"{GREEN_CODE}record/participant/{group.participations.order_by('pk').first().pk}/",
    ]
    admin.append(_admin(group, "handover"))
    joins = ["/desk/groups/green-code/join/", "/desk/groups/skills/join/"]
    mine = ProfileChange.objects.get(organisation__slug="heron-bridge-guild")
    end = Representation.objects.get(person__user__email=REPRESENTATIVE)
    heron = [f"{HERON}changes/{mine.pk}/", f"{HERON}representatives/{end.pk}/end/"]
    ring = ProfileChange.objects.get(for_network__slug="lighthouse-ring")
    return SIGNED_IN | {
        CHAIR: chair,
        MANAGER: [*SIGNED_IN[MANAGER], *admin],
        REPRESENTATIVE: [*SIGNED_IN[REPRESENTATIVE], *heron, *joins],
        COORDINATOR: [*SIGNED_IN[COORDINATOR], f"{RING}changes/{ring.pk}/"],
    }


def _admin(record, page: str, *more) -> str:
    """Return the address of a page of the admin about a record."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}"
    return reverse(name, args=[record.pk, *more])


def admin_pages() -> list[str]:
    """Return every list of the admin with its empty form, and the pages of its first record."""
    from django.contrib import admin  # needs the apps

    found = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        if first := model._default_manager.order_by("pk").first():
            found += [
                reverse(f"{name}_{page}", args=[first.pk])
                for page in ("change", "history", "delete")
            ]
    return found
