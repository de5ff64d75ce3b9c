"""What a profile lacks, as sentences: for those who keep it, and for who coordinates its network."""

from django.utils.translation import gettext as _

from members.models import Organisation
from record.days import add_months, in_words, today


def missing(organisation: Organisation) -> list[str]:
    """Return what is missing in a profile, the weightiest first. Needs `with_missing()`."""
    parts = [
        (organisation.summary, _("No summary")),
        (organisation.logo_id, _("No logo")),
        (organisation.description, _("No description")),
        (organisation.website, _("No website")),
        (organisation.city, _("No city")),
        (organisation.founded_on, _("Not said when it was founded")),
        (organisation.has_number, _("Not said how many members it represents")),
    ]
    return [sentence for present, sentence in parts if not present]


def confirmed_in_words(organisation: Organisation) -> str:
    """Return 'Last confirmed on 3 March 2026', or that it never was."""
    if organisation.confirmed_on is None:
        return _("Not confirmed yet")
    return _("Last confirmed on %(day)s") % {"day": in_words(organisation.confirmed_on)}


def is_to_be_confirmed(organisation: Organisation) -> bool:
    """Whether nobody has confirmed the profile in the year before today."""
    confirmed = organisation.confirmed_on
    return confirmed is None or confirmed <= add_months(today(), -12)
