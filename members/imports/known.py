"""The organisations that the rows of a file may mean: read together once, found by any of their names."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from members.imports.columns import names_of
from members.models import Alias, Membership, Merger, Organisation
from record.names import normalise

NAMED = ("name", "sponsor", "on_behalf_of")
SLUGS = ("slug", "sponsor", "on_behalf_of")


class Known:
    """What the record knows of the organisations that a file names; kept up as rows are taken over."""

    def __init__(self, rows: Iterable[dict]):
        rows = list(rows)
        keys = {int(text) for text in _texts(rows, "id") if text.isascii() and text.isdecimal()
                and len(text) < 19}  # fmt: skip
        names = {normalise(text) for column in NAMED for text in _texts(rows, column)}
        names |= {normalise(name) for text in _texts(rows, "helped_by") for name in names_of(text)}
        mergers = Merger.objects.filter(gone_key__in=keys)
        self.merged = dict(mergers.values_list("gone_key", "kept"))
        aliases = Alias.objects.filter(normalised__in=names)
        found = Organisation.objects.filter(
            Q(pk__in=keys | set(self.merged.values()))
            | Q(slug__in={text.lower() for column in SLUGS for text in _texts(rows, column)})
            | Q(sort_name__in=names)
            | Q(pk__in=aliases.values("organisation"))
        )
        self.by_key: dict[int, Organisation] = {}
        self.by_name: dict[str, set[int]] = {}
        self.by_slug: dict[str, int] = {}
        for one in self._loaded(found):
            self.add(one)

    @staticmethod
    def _loaded(rows):
        memberships = Membership.objects.with_parties().prefetch_related("helped_by").oldest_first()
        return rows.defer("description", "search").prefetch_related(
            "aliases", Prefetch("memberships", memberships)
        )

    def add(self, one: Organisation):
        """Know an organisation, with its names and memberships as they stand on it."""
        self.by_key[one.pk] = one
        self.by_slug[one.slug] = one.pk
        one.known_aliases = list(one.aliases.all())
        one.known_memberships = list(one.memberships.all())
        for row in one.known_memberships:
            row.organisation = one
        for name in (one.sort_name, *(alias.normalised for alias in one.known_aliases)):
            self.by_name.setdefault(name, set()).add(one.pk)

    def read_again(self, key: int | None):
        """Forget what a refused row did to an organisation that is in memory."""
        one = self.by_key.pop(key, None)
        for keys in self.by_name.values():
            keys.discard(key)
        if one is not None:
            self.by_slug.pop(one.slug, None)
            self.read_more(key)

    def read_more(self, key: int):
        """Read an organisation that no name of the file found, but that staff chose."""
        for one in self._loaded(Organisation.objects.filter(pk=key)):
            self.add(one)

    def was_merged(self, text: str) -> bool:
        return text.isascii() and text.isdecimal() and int(text) in self.merged

    def numbered(self, text: str) -> Organisation:
        """Return the organisation with this number; ValueError, with a sentence, where there is none."""
        key = int(text) if text.isascii() and text.isdecimal() else 0
        key = self.merged.get(key, key)
        if key not in self.by_key:
            raise ValueError(
                _("No organisation has the number '%(text)s'. Leave it empty for a new one.")
                % {"text": text[:20]}
            )
        return self.by_key[key]

    def called(self, text: str) -> Organisation | None:
        """Return the one with this name or other name, None where there is none. ValueError, with a
        sentence, where several have it.
        """
        keys = self.by_name.get(normalise(text), set())
        if len(keys) > 1:
            slugs = ", ".join(sorted(self.by_key[key].slug for key in keys))
            raise ValueError(
                _("Several are called '%(name)s': %(slugs)s. Give the number or the address.")
                % {"name": text[:80], "slugs": slugs}
            )
        return self.by_key[next(iter(keys))] if keys else None

    def party(self, text: str) -> Organisation:
        """Return who is named as a sponsor or helper; ValueError, with a sentence, if not on record."""
        if key := self.by_slug.get(text.lower()):
            return self.by_key[key]
        if (one := self.called(text)) is None:
            raise ValueError(
                _("'%(name)s' is not on record. Add it, or name it in a row above.")
                % {"name": text[:80]}
            )
        return one


def _texts(rows: list[dict], column: str) -> set[str]:
    return {row[column].text for row in rows if column in row and row[column].text}
