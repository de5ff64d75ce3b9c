"""What the columns of a spreadsheet mean, under the headings that people give them, and their values."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django_countries import countries

from members.models import Alias, Category, Organisation
from record.days import PartialDate
from record.names import normalise
from record.periods import Basis, EndBasis

YES = frozenset(["yes", "y", "true", "1", "x", "ja", "oui", "si"])
NO = frozenset(["no", "n", "false", "0", "nein", "non"])
ALIAS_KINDS = tuple(Alias.Kind.values)


@dataclass(frozen=True)
class Column:
    """A column: its heading in the portal's own files, other headings, what it holds, an example."""

    key: str
    title: str
    others: tuple[str, ...] = ()
    about: str = ""
    example: str = ""


ORGANISATION = [
    Column("id", gettext_lazy("Organisation ID"), ("id", "organization id", "record id"),
           gettext_lazy("The portal's own number. Leave it empty for new ones.")),
    Column("name", gettext_lazy("Organisation"),
           ("organization", "name", "member", "association", "company", "organisation name",
            "organization name", "name of organisation", "member name"),
           gettext_lazy("As the network calls it; any name on record finds it."), "Cluj IT Cluster"),
    Column("slug", gettext_lazy("Address"), ("slug",),
           gettext_lazy("The last part of its page's address. Made from the name where empty.")),
    Column("kind", gettext_lazy("Kind"), ("type", "kind of organisation", "organisation type"),
           gettext_lazy("National association, regional association, cluster, chamber, innovation "
                        "hub, company, public body, other."), "Cluster"),
    Column("country_code", gettext_lazy("Country code"), ("iso code", "country iso", "iso")),
    Column("country", gettext_lazy("Country"), ("land", "nation"),
           gettext_lazy("Its name, also in its own language, or its code."), "Romania"),
    Column("city", gettext_lazy("City"), ("town", "seat", "place", "location"), "", "Cluj-Napoca"),
    Column("region", gettext_lazy("Region"), ("province",),
           gettext_lazy("Needed for a regional member.")),
    Column("founded", gettext_lazy("Founded"), ("established", "year founded", "founded in"),
           gettext_lazy("A year, a month or a day."), "October 2012"),
    Column("website", gettext_lazy("Website"), ("web", "url", "site", "homepage", "web site"), "",
           "https://clujit.example"),
    Column("summary", gettext_lazy("Summary"), ("short description",),
           gettext_lazy("One sentence.")),
    Column("native", gettext_lazy("Native names"), ("native name", "original name", "local name"),
           gettext_lazy("Several in one cell: ; between them, or a line for each.")),
    Column("acronym", gettext_lazy("Acronyms"), ("acronym", "abbreviation", "short name"), "",
           "CLUJ IT"),
    Column("former", gettext_lazy("Former names"), ("former name", "previous name", "old name")),
    Column("printed", gettext_lazy("Names as printed elsewhere"), ("printed name",)),
    Column("misspelt", gettext_lazy("Misspelt names"), ("misspelt name",)),
    Column("other_names", gettext_lazy("Other names"), ("alias", "aliases", "also known as", "aka"),
           gettext_lazy("Of no kind that is known.")),
]  # fmt: skip
MEMBERSHIP = [
    Column("membership_id", gettext_lazy("Membership ID"), (),
           gettext_lazy("The portal's own number. Leave it empty for new ones.")),
    Column("category", gettext_lazy("Category"),
           ("membership", "membership category", "member category", "membership type",
            "member type"),
           gettext_lazy("Full, sponsored, regional, or not on record."), "Full Member"),
    Column("starts", gettext_lazy("First day"),
           ("start", "start date", "since", "member since", "from", "joined", "date of joining",
            "entry date", "membership start"),
           gettext_lazy("A day, a month or a year, as precise as it is known."), "01.03.2022"),
    Column("start_basis", gettext_lazy("First day is"), (),
           gettext_lazy("Stated, derived or not on record. Stated where empty.")),
    Column("start_qualifier", gettext_lazy("Words before the first day"), (), "", "early"),
    Column("ends", gettext_lazy("Last day"),
           ("end", "end date", "until", "to", "member until", "left", "expiry", "expires",
            "valid until", "membership end"),
           gettext_lazy("Included. Empty: no end. A sponsored membership needs one.")),
    Column("end_basis", gettext_lazy("Last day is"), (),
           gettext_lazy("Open, stated, derived or not on record.")),
    Column("sponsor", gettext_lazy("Sponsor"), ("sponsored by", "paid by"),
           gettext_lazy("Any of its names; it must be on record, or in a row above.")),
    Column("on_behalf_of", gettext_lazy("On behalf of"), ("principal",)),
    Column("helped_by", gettext_lazy("Who helped"), ("helped by", "with help of"),
           gettext_lazy("Names, with ; between them.")),
    Column("not_continued", gettext_lazy("Not continued"), ("lapsed",), gettext_lazy("Yes or no.")),
    Column("end_reason", gettext_lazy("Why it ended"), ("reason", "reason for leaving")),
    Column("source", gettext_lazy("Source"), (),
           gettext_lazy("The text or page that states the membership.")),
]  # fmt: skip
COLUMNS = [*ORGANISATION, *MEMBERSHIP]


def recognise(heading: str) -> str | None:
    """Return the key of the column that a heading names, or None."""
    return _headings().get(normalise(heading))


def _headings() -> dict[str, str]:
    names = {}
    for column in COLUMNS:
        for name in (str(column.title), column.key, *column.others):
            names[normalise(name)] = column.key
    return names


def title_of(key: str) -> str:
    return next(str(column.title) for column in COLUMNS if column.key == key)


# -- values: text in, the value out; ValueError with a sentence where it is not understood --------


def date_of(text: str) -> PartialDate:
    return PartialDate.parse(text)


def category_of(text: str) -> str:
    """Read 'Full Member', 'sponsored membership', 'full' …"""
    words = normalise(text).removesuffix(" membership").removesuffix(" member")
    known = _by_label(Category) | {"unknown": Category.NOT_ON_RECORD, "": Category.NOT_ON_RECORD,
                                   "member category not on record": Category.NOT_ON_RECORD}  # fmt: skip
    if words not in known:
        raise ValueError(
            _("'%(text)s' is no category. Write full, sponsored, regional or not on record.")
            % {"text": text[:40]}
        )
    return known[words]


def choice_of(choices, text: str) -> str:
    """Read the label of a choice, or its value."""
    known = _by_label(choices)
    if normalise(text) not in known:
        labels = ", ".join(str(label) for label in choices.labels)
        raise ValueError(
            _("'%(text)s' is not known here. Write one of: %(labels)s.")
            % {"text": text[:40], "labels": labels}
        )
    return known[normalise(text)]


def kind_of(text: str) -> str:
    return choice_of(Organisation.Kind, text)


def start_basis_of(text: str) -> str:
    return choice_of(Basis, text)


def end_basis_of(text: str) -> str:
    if normalise(text) == "open":
        return EndBasis.OPEN
    return choice_of(EndBasis, text)


def yes_or_no(text: str) -> bool:
    words = normalise(text)
    if words in YES:
        return True
    if words in NO:
        return False
    raise ValueError(_("'%(text)s' is neither yes nor no.") % {"text": text[:40]})


def names_of(text: str) -> list[str]:
    """Read several names: a line for each, else with ; between them."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    return list(dict.fromkeys(name.strip() for name in parts if name.strip()))


def names_in_a_cell(names: list[str]) -> str:
    """Write several names so that names_of reads the same."""
    if any(";" in name for name in names):
        return "\n".join(names if len(names) > 1 else names * 2)
    return "; ".join(names)


def country_of(text: str) -> str:
    """Read a country's code, of two letters or three, or its name in English or its own language."""
    code = countries.alpha2(text.strip().upper()) if len(text.strip()) <= 3 else ""
    code = code or _country_names(get_language()).get(normalise(text), "")
    if not code:
        raise ValueError(
            _("'%(text)s' is no country. Write its name or its code, for example Romania or RO.")
            % {"text": text[:40]}
        )
    return code


def _by_label(choices) -> Mapping[str, str]:
    return {
        normalise(str(name)): value
        for value, label in choices.choices
        for name in (value, value.replace("_", " "), label)
    }


# What countries call themselves, were called, or are called for short.
OTHER_COUNTRY_NAMES = {
    "AL": ("Shqipëria",), "AM": ("Hayastan", "Հայաստան"), "AT": ("Österreich",),
    "AZ": ("Azərbaycan",), "BA": ("Bosna i Hercegovina", "Bosnia", "Bosnia-Herzegovina", "BiH"),
    "BE": ("België", "Belgique", "Belgien"), "BG": ("България", "Bulgariya"),
    "BY": ("Беларусь", "Byelorussia"), "CH": ("Schweiz", "Suisse", "Svizzera"),
    "CY": ("Κύπρος", "Kıbrıs"), "CZ": ("Česko", "Czech Republic", "Česká republika"),
    "DE": ("Deutschland", "Allemagne", "Federal Republic of Germany"), "DK": ("Danmark",),
    "EE": ("Eesti",), "ES": ("España", "Espagne"), "FI": ("Suomi",), "FR": ("République française",),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales"),
    "GE": ("Sakartvelo", "საქართველო"), "GR": ("Ελλάδα", "Hellas", "Ellada", "Hellenic Republic"),
    "HR": ("Hrvatska",), "HU": ("Magyarország",), "IE": ("Éire", "Republic of Ireland"),
    "IS": ("Ísland",), "IT": ("Italia",), "LT": ("Lietuva",), "LU": ("Lëtzebuerg", "Luxemburg"),
    "LV": ("Latvija",), "MD": ("Moldova", "Republic of Moldova", "Republica Moldova", "Moldavia"),
    "ME": ("Crna Gora",),
    "MK": ("Macedonia", "FYROM", "Former Yugoslav Republic of Macedonia", "Македонија",
           "Severna Makedonija", "Republic of North Macedonia"),
    "NL": ("Nederland", "Holland", "The Netherlands"), "NO": ("Norge", "Noreg"), "PL": ("Polska",),
    "PT": ("República Portuguesa",), "RO": ("România", "Roumania", "Rumania"),
    "RS": ("Srbija", "Србија"), "RU": ("Россия", "Russia"), "SE": ("Sverige",),
    "SI": ("Slovenija",), "SK": ("Slovensko", "Slovak Republic"),
    "TR": ("Turkey", "Türkiye", "Turkiye"), "UA": ("Україна", "Ukraina", "The Ukraine"),
    "US": ("USA", "United States"),
}  # fmt: skip


@cache
def _country_names(_language: str | None) -> dict[str, str]:
    """Return codes by normalised name, in the reader's language, in English and their own."""
    with override("en"):
        english = {normalise(str(name)): code for code, name in countries}
    names = english | {normalise(str(name)): code for code, name in countries}
    for code, others in OTHER_COUNTRY_NAMES.items():
        if code in countries.countries:
            names |= {normalise(name): code for name in others}
    return names
