"""Two organisations of the record that are one: what a merge leaves, before it is done, and doing it.

Everything that points to the one that goes is found in the models, those of the apps to the right
too. merge_rules.RULES says what becomes of each; a relation without a rule refuses every merge, and a test says
so first. The plan is tried on the database and rolled back for the preview, so that what the record
would refuse is known before; `merge` then works it out anew, under locks, and writes exactly that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from members.actions import RecordChanged, digest
from members.merge_rows import LONG, Pointing, covers, identity_of, overlapping, union_of
from members.merge_rules import JOINS, LISTED, MUST_AGREE, ONCE, OWN, RULES, relations_to
from members.models import Alias, AreTwo, Membership, Merger, Organisation
from members.plans import CannotBeDone, values_of
from publishing.models import OldAddress
from record.admin.refusals import explain
from record.history import recording
from record.names import normalise

# The page of an organisation under each address that it may have had.
ADDRESSES = ("members:detail", "organisations:detail")
SPONSOR = "members:sponsor"
NO_CHOICE = {"id", "slug", "is_alliance", "has_membership", "sort_name", "search_names", "search",
             "founded_precision"}  # fmt: skip
SHOWN = 30  # records of one kind that a preview names


@dataclass(frozen=True)
class Conflict:
    """A fact that both have: what each says, and whether staff must choose."""

    name: str
    label: str
    kept: str
    gone: str
    chosen: str  # 'kept' or 'gone'


@dataclass
class Part:
    """What becomes of the records of one kind: a sentence for each, and how many there are."""

    title: str
    lines: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[str]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.lines) - SHOWN, 0)


def preview(kept: int, gone: int, choices: Mapping[str, str] | None = None) -> "Plan":
    """Return what a merge of two organisations, by their keys, would leave; nothing is written.

    `choices` says by field whose value stays, 'kept' or 'gone', and by 'alias_kind' what kind of name
    that of the other becomes.
    """
    with transaction.atomic():
        plan = Plan(kept, gone, choices or {})
        plan.gather()
        if not plan.refusals:
            plan.try_it()
        transaction.set_rollback(True)
    return plan


def merge(
    kept: int, gone: int, choices: Mapping[str, str], *, by, why: str = "", agreed: str = ""
) -> Merger:
    """Let one organisation be the other, with all that points to it, or nothing at all.

    Raises CannotBeDone where it does not fit, and RecordChanged where either is no longer there
    or the record is not the one on which the preview with the mark `agreed` stood.
    """
    with recording(by=by, why=why) as recorder:
        locked = Organisation.objects.select_for_update().filter(pk__in=[kept, gone])
        if len(locked.order_by("pk").values_list("pk")) != len({kept, gone}):
            raise RecordChanged(_what_became_of(kept, gone))
        plan = Plan(kept, gone, choices, lock=True)
        plan.gather()
        if agreed and agreed != plan.mark:
            raise RecordChanged(
                _("The record of the two changed since you looked. Nothing of yours was done.")
            )
        if plan.refusals:
            raise CannotBeDone(" ".join(plan.refusals))
        try:
            return plan.write(recorder)
        except IntegrityError as error:
            raise CannotBeDone(explain(error)) from None


def _what_became_of(*keys: int) -> str:
    merger = Merger.objects.filter(gone_key__in=keys).select_related("kept", "by").first()
    if merger is None:
        return _("One of the two is no longer in the record. Nothing was done.")
    return _("Somebody was quicker: %(who)s merged %(gone)s into %(kept)s. Nothing was done.") % {
        "who": merger.by or _("the portal itself"),
        "gone": merger.gone_name,
        "kept": merger.kept,
    }


class Plan:
    """What a merge does with two organisations of the record, worked out before it is done."""

    def __init__(self, kept: int, gone: int, choices: Mapping[str, str], *, lock: bool = False):
        found = Organisation.objects.select_related("logo").in_bulk([kept, gone])
        self.kept, self.gone = found[kept], found[gone]
        self.choices, self.lock = choices, lock
        self.conflicts: list[Conflict] = []
        self.filled: list[Conflict] = []
        self.parts: list[Part] = []
        self.refusals: list[str] = []
        self.warnings: list[str] = []
        self._rows: dict[tuple[str, int], Pointing] = {}
        self._listed: list[tuple[models.Model, str, models.Model, list]] = []
        self._seen: list[str] = []
        self._depth = 0
        self._part = Part("")

    def gather(self):
        """Read everything that points to either; fixed queries for each relation."""
        self._facts()
        self._names()
        self._relations(self.kept, [self.gone])
        self._what_cannot_be()

    # -- facts and names --------------------------------------------------------------------------

    def _facts(self):
        for column in Organisation._meta.concrete_fields:
            if column.name in NO_CHOICE or column.generated:
                continue
            mine, other = (_bare(one, column) for one in (self.kept, self.gone))
            if not other or mine == other:
                continue
            asked = self.choices.get(column.name)
            chosen = asked if asked in ("kept", "gone") else "kept" if mine else "gone"
            conflict = Conflict(
                column.name, capfirst(column.verbose_name), _shown(self.kept, column),
                _shown(self.gone, column), chosen,
            )  # fmt: skip
            (self.conflicts if mine else self.filled).append(conflict)

    def _names(self):
        """Say which other names the one that stays will have; a name is never lost."""
        one_chosen = next((one.chosen for one in self.conflicts if one.name == "name"), "kept")
        self.name = (self.gone if one_chosen == "gone" else self.kept).name
        self.aliases = list(Alias.objects.filter(organisation=self.gone).order_by("pk"))
        known = {alias.normalised for alias in self.aliases} | {normalise(self.name)}
        known |= set(self.kept.aliases.values_list("normalised", flat=True))
        part = Part(_("Names"))
        self.new_alias = ""
        lost = self.kept.name if one_chosen == "gone" else self.gone.name
        taken = Alias.objects.filter(normalised=normalise(lost)).select_related("organisation")
        elsewhere = taken.exclude(organisation__in=[self.kept, self.gone]).first()
        if elsewhere:
            part.lines.append(
                _("'%(name)s' is another name of %(other)s already, so it is not added.")
                % {"name": lost, "other": elsewhere.organisation}
            )
        elif normalise(lost) not in known:
            self.new_alias = lost
            part.lines.append(_("'%(name)s' becomes another name.") % {"name": lost})
        part.lines += [
            _("'%(name)s' (%(kind)s) stays another name.")
            % {"name": alias.name, "kind": alias.get_kind_display()}
            for alias in self.aliases
        ]
        if part.lines:
            self.parts.append(part)

    # -- what points to it ------------------------------------------------------------------------

    def _relations(self, stays: models.Model, goes: list[models.Model]):
        """Plan what becomes of what points to records that become one with another."""
        for label, column in relations_to(type(stays)):
            rule = RULES.get(label)
            if rule is None:
                self.refusals.append(
                    _("The portal does not know yet what becomes of: %(what)s.") % {"what": label}
                )
            elif rule == LISTED:
                self._list(column, stays, goes)
            elif rule != OWN:
                self._foreign_key(column, rule, stays, goes)

    def _foreign_key(self, column, rule, stays, goes):
        mine = self._load(column, [stays]) if rule in (JOINS, ONCE) else []
        others = self._load(column, goes)
        if not others:
            return
        part = self._part = Part(capfirst(column.model._meta.verbose_name_plural))
        if rule == JOINS:
            self._join(column, stays, mine, others)
        elif rule == ONCE:
            self._once(column, stays, mine, others)
        else:
            for row in others:
                self._move(row, column, stays)
        if part.lines:
            self.parts.append(part)

    def _load(self, column, targets) -> list["Pointing"]:
        keys = [one.name for one in column.model._meta.fields if one.many_to_one]
        rows = column.model._base_manager.filter(**{f"{column.name}__in": targets}).order_by("pk")
        rows = rows.select_related(*keys)
        if self.lock:
            rows = rows.select_for_update(of=("self",))
        loaded = []
        for row in rows:
            key = (row._meta.label_lower, row.pk)
            loaded.append(self._rows.setdefault(key, Pointing(row, self._depth)))
            self._seen.append(f"{key} {values_of(row)}")
        return loaded

    def _list(self, column, stays, goes):
        rows = column.model._base_manager.filter(**{f"{column.name}__in": goes}).order_by("pk")
        rows = list(rows.distinct())
        part = Part(capfirst(column.model._meta.verbose_name_plural))
        for row in rows:
            self._listed.append((row, column.name, stays, goes))
            self._seen.append(f"{row._meta.label_lower}.{column.name} {row.pk}")
            words = {"list": column.verbose_name, "what": Truncator(str(row)).chars(LONG)}
            part.lines.append(_("%(what)s: %(list)s.") % words)
        if part.lines:
            self.parts.append(part)

    def _move(self, one, column, stays):
        one.facts[column.name] = stays
        self._part.lines.append(f"{one.in_words(column)}.")

    def _once(self, column, stays, mine, others):
        names = next(
            [name for name in one.fields if name != column.name]
            for one in column.model._meta.constraints
            if isinstance(one, models.UniqueConstraint) and column.name in one.fields
        )
        there = {tuple(getattr(one.row, name) for name in names): one for one in mine}
        for one in others:
            same = there.setdefault(tuple(getattr(one.row, name) for name in names), one)
            if same is one:
                self._move(one, column, stays)
            else:
                one.into = same

    def _join(self, column, stays, mine, others):
        """Move dated records; where some share a day with the other's, one of them remains."""
        groups: dict[tuple, list[Pointing]] = {}
        for one in [*mine, *others]:
            same = tuple(getattr(one.row, name.attname) for name in identity_of(column))
            groups.setdefault(same, []).append(one)
        for rows in groups.values():
            for together in overlapping(rows):
                own = [one for one in together if one in mine]
                theirs = [one for one in together if one not in mine]
                if theirs and (problem := self._join_together(column, stays, own, theirs)):
                    self.refusals.append(problem)

    def _join_together(self, column, stays, own, theirs) -> str:
        """Plan one record out of those that share a day; returns why that cannot be, or nothing."""
        base, *rest = [*own, *theirs]
        if not own:
            self._move(base, column, stays)
        if not rest:
            return ""
        if not self._agree(column, [base, *rest]):
            return _(
                "Both have a record for the same time that says different things: %(one)s; "
                "%(other)s. Correct or end one of them first."
            ) % {"one": base.with_owner(column), "other": theirs[-1].with_owner(column)}
        covered = bool(own) and covers(own, theirs)
        if len(own) > 1 and not covered:
            return _(
                "%(what)s cannot be joined with several that follow each other: correct it first."
            ) % {"what": theirs[0].in_words(column)}
        if not covered:
            base.facts |= union_of([one.row for one in (base, *rest)])
        dropped = theirs if own else rest
        for one in dropped:
            one.into = base
            self._say_joined(column, one, base, covered)
            base.fill(one)
        self._relations_of_dropped(base.row, [one.row for one in dropped])
        return ""

    def _agree(self, column, rows) -> bool:
        names = MUST_AGREE.get(column.model._meta.label_lower, ())
        # A sponsor may be on record under each of the two names.
        same = {self.gone.pk: self.kept.pk}
        facts = {
            tuple(same.get(value, value) for value in (getattr(one.row, name) for name in names))
            for one in rows
        }
        return len(facts) <= 1

    def _say_joined(self, column, one, base, covered):
        sentence = _("%(one)s and %(other)s become one, from the first day to the last.")
        if covered:
            sentence = _("%(one)s is in the other's record already: %(other)s.")
        words = {"one": one.in_words(column), "other": base.in_words(column)}
        self._part.lines.append(sentence % words)
        if lost := one.lost_to(base):
            self._part.lines.append(
                _("Of that one this is not kept: %(what)s.") % {"what": "; ".join(lost)}
            )

    def _relations_of_dropped(self, base, dropped):
        """Plan what hangs on records that are dropped: it hangs on the one that remains."""
        part = self._part
        self._depth += 1
        self._relations(base, dropped)
        self._depth -= 1
        self._part = part
        for column in base._meta.many_to_many:
            for row in dropped:
                for one in getattr(row, column.name).all():
                    self._listed.append((base, column.name, self._now(one), []))

    def _now(self, one):
        return self.kept if one == self.gone else one

    # -- what cannot be ---------------------------------------------------------------------------

    def _what_cannot_be(self):
        if self.kept == self.gone:
            self.refusals.append(_("Choose two different organisations."))
        if self.gone.is_alliance:
            self.refusals.append(_("The alliance itself cannot be merged into another one."))
        pair = {self.kept.pk, self.gone.pk}
        rows = Membership.objects.filter(organisation__in=pair)
        if self.kept.is_alliance and rows.filter(organisation=self.gone).exists():
            self.refusals.append(
                _("The alliance is not a member of itself, and the other one has memberships.")
            )
        for row in rows.filter(sponsor__in=pair).with_parties():
            self.refusals.append(
                _("%(sponsor)s sponsored %(member)s: an organisation does not sponsor itself.")
                % {"sponsor": row.sponsor, "member": row.organisation}
            )
        regional = rows.of_category("regional").exists()
        if regional and not self._final("region"):
            self.refusals.append(
                _("A regional member needs its region: keep the region that is on record.")
            )
        said = AreTwo.objects.about(self.gone.pk).filter(models.Q(one=self.kept)
                                                         | models.Q(other=self.kept))  # fmt: skip
        for one in said.select_related("by"):
            self.warnings.append(
                _("%(who)s said that these are two.") % {"who": one.by or _("Somebody")}
            )

    def _final(self, name: str):
        chosen = {one.name: one.chosen for one in [*self.conflicts, *self.filled]}
        return getattr(self.gone if chosen.get(name) == "gone" else self.kept, name)

    @property
    def mark(self) -> str:
        """Return what two plans have in common that stand on the same record."""
        aliases = [values_of(alias) for alias in self.aliases]
        stands = [values_of(self.kept), values_of(self.gone), aliases, sorted(self._seen)]
        return digest(stands)

    # -- doing it ---------------------------------------------------------------------------------

    def try_it(self):
        """Ask the database whether it takes the plan; what it refuses is a refusal of the plan."""
        trial = Plan(self.kept.pk, self.gone.pk, self.choices)
        trial.gather()
        try:
            with recording() as recorder:
                trial.write(recorder)
        except IntegrityError as error:
            self.refusals.append(explain(error))

    def write(self, recorder) -> Merger:
        """Write the plan, under the recorder's user; the caller holds the transaction."""
        why, gone = recorder.why, self.gone
        key, name, slug = gone.pk, gone.name, gone.slug
        old_paths = [reverse(address, args=[slug]) for address in ADDRESSES]
        recorder.why = _about(_("Merged with %(name)s"), name, why)
        with connection.cursor() as cursor:
            # A coordination lies within the places of its organisation: asked when all have moved.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            self._write_rows(recorder)
            self._keep_two()
            self._take_facts()
            for alias in self.aliases:
                alias.organisation = self.kept
                recorder.save(alias)
            recorder.save(self.kept)
            self._add_alias(recorder)
            recorder.why = _about(_("Merged into %(name)s"), self.name, why)
            recorder.delete(gone)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.kept.refresh_from_db()
        for path in old_paths:
            OldAddress.objects.moved(path, self.kept.get_absolute_url())
        if self.kept.sponsored_memberships.exists():
            old, new = (reverse(SPONSOR, args=[one]) for one in (slug, self.kept.slug))
            OldAddress.objects.moved(old, new)
        return Merger.objects.create(
            kept=self.kept, gone_key=key, gone_name=name, gone_slug=slug, by=recorder.by,
            why=why, at=recorder.moment, rows=self._joined_keys(),
        )  # fmt: skip

    def _write_rows(self, recorder):
        """What hangs on a record first; of each depth, take away before anything becomes longer."""
        for row, name, add, remove in self._listed:
            recorder.relist(row, name, add=[add], remove=remove)
        rows = sorted(self._rows.values(), key=lambda one: (-one.depth, one.into is None))
        for one in rows:
            if one.into:
                recorder.delete(one.row)
            elif one.facts:
                for name, value in one.facts.items():
                    setattr(one.row, name, value)
                recorder.save(one.row)

    def _keep_two(self):
        for one in AreTwo.objects.about(self.gone.pk):
            third = one.other_id if one.one_id == self.gone.pk else one.one_id
            if third != self.kept.pk:
                AreTwo.objects.say(self.kept.pk, third, by=one.by)

    def _take_facts(self):
        for one in [*self.conflicts, *self.filled]:
            if one.chosen == "gone":
                setattr(self.kept, one.name, getattr(self.gone, one.name))
                if one.name == "founded_on":
                    self.kept.founded_precision = self.gone.founded_precision

    def _add_alias(self, recorder):
        if self.new_alias:
            kind = self.choices.get("alias_kind", "")
            if kind not in Alias.Kind.values:
                kind = Alias.Kind.PRINTED
            recorder.save(Alias(organisation=self.kept, name=self.new_alias, kind=kind))

    def _joined_keys(self) -> dict[str, dict[str, int]]:
        keys: dict[str, dict[str, int]] = {}
        for (label, old), one in self._rows.items():
            if one.into:
                keys.setdefault(label, {})[str(old)] = one.into.key
        return keys


# -- words ----------------------------------------------------------------------------------------


def _bare(organisation, column) -> str:
    """Return a fact to compare; nothing where it says nothing."""
    value = column.value_from_object(organisation)
    if column.name == "kind" and value == Organisation.Kind.OTHER:
        return ""
    return "" if value is None else str(value)


def _shown(organisation, column) -> str:
    """Return a fact as staff read it."""
    if column.name == "founded_on":
        return str(organisation.founded or "")
    if column.name == "country":
        return str(organisation.country.name or "")
    if column.choices:
        return capfirst(str(getattr(organisation, f"get_{column.name}_display")()))
    return Truncator(strip_tags(str(getattr(organisation, column.name) or ""))).chars(LONG)


def _about(sentence: str, name: str, why: str) -> str:
    words = sentence % {"name": name}
    return f"{words}: {why}" if why else f"{words}."
