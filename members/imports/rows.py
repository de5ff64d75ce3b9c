"""What becomes of one row of a spreadsheet: an organisation made or changed, a membership added or
changed, nothing, or a sentence why not. An empty cell leaves what is on record; nothing is deleted.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.duplicates import Match, site_of
from members.imports import columns
from members.imports.known import Known
from members.models import Alias, Membership, Organisation
from members.plans import changed, in_full, in_short, values_of
from record.days import PartialDate
from record.names import normalise, slug_from
from record.periods import Basis, EndBasis

MADE, CHANGED, SAME, REFUSED, ASKED, LEFT_OUT = (
    "made", "changed", "same", "refused", "asked", "left_out",
)  # fmt: skip
READERS = {
    "kind": columns.kind_of,
    "country": columns.country_of,
    "country_code": columns.country_of,
    "founded": columns.date_of,
    "category": columns.category_of,
    "starts": columns.date_of,
    "ends": columns.date_of,
    "start_basis": columns.start_basis_of,
    "end_basis": columns.end_basis_of,
    "not_continued": columns.yes_or_no,
}
PLAIN = ("slug", "kind", "country", "city", "region", "website", "summary")
OF_MEMBERSHIP = tuple(column.key for column in columns.MEMBERSHIP)
TEXTS_OF_MEMBERSHIP = ("start_qualifier", "end_reason", "source")
NOT_CHECKED = ["sort_name", "search_names", "search", "logo", "description"]


@dataclass
class Outcome:
    """What a row comes to, in words."""

    number: int
    name: str
    state: str = SAME
    sentences: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)  # (place in the sheet, sentence)
    likely: list[Match] = field(default_factory=list)
    key: int | None = None  # of the organisation

    def values(self) -> tuple:
        return (self.number, self.state, tuple(self.sentences), tuple(self.problems))


class RowRefused(Exception):  # noqa: N818  it is an answer, not an error
    """A row cannot be taken over: what is wrong, by column."""

    def __init__(self, problems: list[tuple[str, str]]):
        super().__init__(problems)
        self.problems = problems


class Row:
    """One row: its cells are read first, so that all that is wrong is told at once."""

    def __init__(self, number: int, cells: dict, known: Known):
        self.number, self.cells, self.known = number, cells, known
        self.facts: dict = {}
        problems = []
        for key, cell in cells.items():
            if cell.is_formula:
                sentence = _("The cell holds a formula. Put its value there: paste as values.")
                problems.append((key, sentence))
            elif cell.text:
                try:
                    self.facts[key] = READERS.get(key, str)(cell.text)
                except ValueError as error:
                    problems.append((key, str(error)))
        if "country_code" in self.facts:
            self.facts["country"] = self.facts.pop("country_code")
        self.problems = problems
        self.key: int | None = None  # of the organisation, as soon as it has one
        self.name = self.facts.get("name", "")

    @property
    def has_membership(self) -> bool:
        return any(key in self.facts for key in OF_MEMBERSHIP)

    def place(self, key: str) -> str:
        """Return where a column's cell is: 'D7 (Category)'; the row where it has none."""
        cell = self.cells.get(key) or self.cells.get("country_code" if key == "country" else key)
        if cell is None:
            return _("Row %(number)s") % {"number": self.number}
        return f"{cell.place} ({columns.title_of(key)})"

    def placed(self, problems) -> list[tuple[str, str]]:
        return [(self.place(key), sentence) for key, sentence in problems]

    def find(self) -> Organisation | None:
        """Return the organisation that the row means: by number, address, name or other name."""
        try:
            if number := self.facts.get("id"):
                if self.known.was_merged(number):
                    # Its old address leads to the one that stayed, which keeps its own.
                    self.facts.pop("slug", None)
                return self.known.numbered(number)
            if key := self.known.by_slug.get(self.facts.get("slug", "").lower()):
                return self.known.by_key[key]
            found = self.known.called(self.name) if self.name else None
        except ValueError as error:
            raise RowRefused([("id" if "id" in self.facts else "name", str(error))]) from None
        if found is None and not self.name:
            raise RowRefused([("name", _("The row names no organisation."))])
        return found

    # -- the organisation -------------------------------------------------------------------------

    def make(self, recorder) -> tuple[Organisation, list[str]]:
        """Add the organisation to the record; returns it with what was made, in words."""
        one = Organisation(name=self.name)
        for key in PLAIN:
            if key in self.facts:
                setattr(one, key, self.facts[key])
        one.website = _with_scheme(one.website)
        if "founded" in self.facts:
            one.founded = self.facts["founded"]
        one.slug = one.slug or _free_slug(self.name)
        self._check(one)
        recorder.save(one)
        self.key = one.pk
        self.known.add(one)
        about = ", ".join(part for part in (one.name, one.place) if part)
        said = [_("New organisation: %(about)s.") % {"about": about}]
        return one, said + self._aliases(one, recorder)

    def change(self, one: Organisation, recorder) -> list[str]:
        """Give an organisation of the record what the row says otherwise; returns that in words."""
        said = []
        for key in PLAIN:
            if key in self.facts and self._differs(one, key):
                before, after = getattr(one, key), self.facts[key]
                setattr(one, key, _with_scheme(after) if key == "website" else after)
                said.append(_arrow(one, key, before))
        if self._is_renamed(one):
            said.append(f"{_('Organisation')}: {one.name} → {self.name}")
            one.name = self.name
        founded = self.facts.get("founded")
        if founded and _says_more(founded, one.founded):
            said.append(f"{_('Founded')}: {one.founded or _('not on record')} → {founded}")
            one.founded = founded
        if said:
            self._check(one)
            recorder.save(one)
        return said + self._aliases(one, recorder)

    def _differs(self, one, key) -> bool:
        old, new = str(getattr(one, key) or ""), str(self.facts[key])
        if key == "website" and "://" not in new:
            return site_of(old) != site_of(new)
        return old != new

    def _is_renamed(self, one) -> bool:
        """Whether a row that gives number or address gives a name that is none of its names."""
        if not self.name or self.name == one.name or not {"id", "slug"} & self.facts.keys():
            return False
        return normalise(self.name) not in {alias.normalised for alias in one.known_aliases}

    def _check(self, one):
        try:
            one.full_clean(exclude=NOT_CHECKED)
        except ValidationError as error:
            raise RowRefused(_by_column(error)) from None

    def _aliases(self, one, recorder) -> list[str]:
        """Add the other names that are not on record yet; none is ever taken away."""
        said = []
        known = {alias.normalised for alias in one.known_aliases} | {one.sort_name}
        for kind in (*columns.ALIAS_KINDS, "other_names"):
            for name in columns.names_of(self.facts.get(kind, "")):
                if normalise(name) in known:
                    continue
                alias = Alias(organisation=one, name=name)
                alias.kind = kind if kind in columns.ALIAS_KINDS else Alias.Kind.PRINTED
                try:
                    alias.full_clean(exclude=["normalised"])
                except ValidationError as error:
                    raise RowRefused([(kind, " ".join(error.messages))]) from None
                recorder.save(alias)
                known.add(alias.normalised)
                one.known_aliases.append(alias)
                self.known.by_name.setdefault(alias.normalised, set()).add(one.pk)
                words = {"name": name, "kind": alias.get_kind_display()}
                said.append(_("Other name: %(name)s (%(kind)s).") % words)
        return said

    # -- the membership ---------------------------------------------------------------------------

    def membership(self, one: Organisation, recorder) -> list[str]:
        """Add or change the membership that the row tells of; returns what was done in words."""
        standing = self._standing(one)
        row = changed(standing) if standing else Membership(organisation=one)
        row.organisation = one
        self._parties(row, standing)
        self._days(row, standing)
        for key in ("category", "not_continued", *TEXTS_OF_MEMBERSHIP):
            if key in self.facts:
                setattr(row, key, self.facts[key])
        row.category = row.category or "not_on_record"
        helpers = self._helpers()
        before = set(standing.helped_by.all()) if standing else set()
        more = [helper for helper in helpers if helper not in before]
        if standing and values_of(standing) == values_of(row) and not more:
            return []
        self._check_membership(row, one)
        recorder.save(row)
        if more:
            recorder.relist(row, "helped_by", add=more)
        one.known_memberships = [*(each for each in one.known_memberships if each != row), row]
        words = " ".join(in_full(row))
        if more:
            words += " " + _("With help of %(names)s.") % {"names": ", ".join(map(str, more))}
        if standing:
            old = " ".join(in_full(standing))
            said = _("Membership: %(before)s → %(after)s") % {"before": old, "after": words}
            # What the sentences do not tell, a source for instance, is a change all the same.
            return [said if old != words else _("Membership, its details: %(after)s")
                    % {"after": words}]  # fmt: skip
        return [_("New membership: %(membership)s") % {"membership": words}]

    def _standing(self, one) -> Membership | None:
        """Return the membership of the record that the row means: by number, or by its first day."""
        if number := self.facts.get("membership_id"):
            found = [row for row in one.known_memberships if str(row.pk) == number]
            if not found:
                sentence = _("This organisation has no membership with the number '%(number)s'.")
                raise RowRefused([("membership_id", sentence % {"number": number[:20]})])
            return found[0]
        starts = self.facts.get("starts")
        if starts is None:
            sentence = _("A membership needs its first day, as precise as it is known.")
            raise RowRefused([("starts", sentence)])
        same = [
            row
            for row in one.known_memberships
            if row.starts_on == starts.first_day
            or starts.first_day <= row.starts_on < starts.after_last_day
        ]
        return same[0] if len(same) == 1 else None

    def _parties(self, row, standing):
        problems = []
        for key in ("sponsor", "on_behalf_of"):
            if key not in self.facts:
                continue
            try:
                party = self.known.party(self.facts[key])
            except ValueError as error:
                problems.append((key, str(error)))
            else:
                if not standing or getattr(row, f"{key}_id") != party.pk:
                    setattr(row, key, party)
        if problems:
            raise RowRefused(problems)

    def _helpers(self) -> list[Organisation]:
        try:
            names = columns.names_of(self.facts.get("helped_by", ""))
            return [self.known.party(name) for name in names]
        except ValueError as error:
            raise RowRefused([("helped_by", str(error))]) from None

    def _days(self, row, standing):
        starts, ends = self.facts.get("starts"), self.facts.get("ends")
        start_basis, end_basis = self.facts.get("start_basis"), self.facts.get("end_basis")
        stays = standing and not (starts and _says_more(starts, standing.starts))
        new_start = standing.starts if stays else starts
        new_end, known = ends, Basis.STATED
        if standing and self._end_stays(ends, standing):
            new_end, known = standing.ends, standing.end_basis
        if end_basis == EndBasis.OPEN and ends is not None:
            raise RowRefused([("end_basis", _("It says 'open', and a last day is given."))])
        try:
            row.set_days(
                new_start,
                new_end,
                start_basis=start_basis or (standing.start_basis if stays else Basis.STATED),
                end_basis=end_basis or known,
            )
        except ValidationError as error:
            raise RowRefused([("ends", " ".join(error.messages))]) from None

    def _end_stays(self, ends, standing) -> bool:
        if ends is None:
            return self.facts.get("end_basis") != EndBasis.OPEN
        return not _says_more(ends, standing.ends)

    def _check_membership(self, row, one):
        overlaps = _(
            "It overlaps with one on record: %(membership)s. To change that one, give its "
            "membership ID or its first day."
        )
        problems = [
            ("starts", overlaps % {"membership": in_short(other)})
            for other in one.known_memberships
            if other != row and _overlap(row, other)
        ]
        try:
            row.full_clean(exclude=["during"], validate_unique=False, validate_constraints=False)
            for constraint in Membership._meta.constraints:
                if constraint.name.startswith(("members_sponsor", "members_not_own")):
                    constraint.validate(Membership, row)
        except ValidationError as error:
            problems += _by_column(error, "category")
        if problems:
            raise RowRefused(problems)


def _says_more(new: PartialDate, old: PartialDate | None) -> bool:
    """Whether a date says something else than the one on record, or says it more precisely. '2022'
    tells nothing new of 1 March 2022.
    """
    if old is None:
        return True
    return not (new.first_day <= old.first_day and old.last_day <= new.last_day)


def _overlap(one, other) -> bool:
    first, second = sorted((one.during, other.during), key=lambda days: days.lower)
    return first.upper is None or first.upper > second.lower


def _by_column(error: ValidationError, otherwise: str = "name") -> list[tuple[str, str]]:
    if not hasattr(error, "error_dict"):
        return [(otherwise, " ".join(error.messages))]
    keys = {column.key for column in columns.COLUMNS}
    return [
        (key if key in keys else otherwise, str(sentence))
        for key, sentences in error.message_dict.items()
        for sentence in sentences
    ]


def _with_scheme(site: str) -> str:
    return site if not site or "://" in site else f"https://{site}"


def _free_slug(name: str) -> str:
    base = slug_from(name)
    taken = set(
        Organisation.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True)
    )
    return slug_from(name, taken)


def _arrow(one, key: str, before) -> str:
    if key == "country":
        before, after = (before.name if before else ""), one.country.name
    elif key == "kind":
        before, after = Organisation.Kind(before).label, Organisation.Kind(one.kind).label
    else:
        after = getattr(one, key)
    return f"{capfirst(columns.title_of(key))}: {before or _('not on record')} → {after}"
