"""Packages that were raised: what changed in those of their types that clients meet in this API.

A type of another package that both versions name is the same name, and is compared at its own: by the same
rules, in the positions in which clients meet it here. What is not met makes no difference, and packages whose
types are not met, or that are the same in both builds, are not read. What is met and cannot be read is not
known to stay as it is: a broken declaration is neither removed nor unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping  # noqa: TC003 (a field's type)
from functools import cached_property
from typing import TYPE_CHECKING, cast

import msgspec
from msgspec.structs import replace

from semverdiff.api import Surface, connect
from semverdiff.changes import DependencyVersions  # noqa: TC001 (the type of a field)
from semverdiff.compare.constructors import Constructors, types_of_other_constructors
from semverdiff.compare.context import Context
from semverdiff.compare.declarations import declaration_differences, declaration_place
from semverdiff.compare.difference import Difference  # noqa: TC001 (as above)
from semverdiff.compare.facts import Fact
from semverdiff.compare.matching import follow_meanings
from semverdiff.compare.mentions import Match
from semverdiff.compare.used_values import UsedValues
from semverdiff.syntax.words import mentions_any, words_and_names

if TYPE_CHECKING:
    from semverdiff.api import Met, Origin, World
    from semverdiff.changes import Excerpt

    _Types = Mapping[Origin, Met]

__all__ = ["Raises", "raised_types", "raises"]

_Names = tuple[str, str]
# Searching each text for so many costs about as much as the words of all.
_FEW_NAMES = 16
# Looking for so many names in the words of so many types costs about as much as an index of these.
_FEW_LOOKUPS = 100_000


class Raises(msgspec.Struct, frozen=True):
    """What raised packages change in an API, and of which of them that is not known, and why.

    Each of the `doubts` is what an undecided finding about that package says. `constructors` are the types
    that may take other constructors than before.
    """

    differences: tuple[Difference, ...] = ()
    doubts: Mapping[DependencyVersions, str] = {}
    constructors: Mapping[Origin, bool] = {}


class _Raised(msgspec.Struct, frozen=True):
    """A raised package: the types of it that clients meet, and what differs in those that changed.

    `compared` are the names of those, `broken` the names that cannot be compared.
    """

    names: _Names
    met: _Types
    inner: Context
    constructors: Constructors
    compared: frozenset[Origin]
    broken: frozenset[Origin]
    differences: tuple[Difference, ...]


def raises(context: Context, types: Mapping[_Names, _Types]) -> Raises:
    """Return what changed in `raised_types`: those that clients of the old version meet in both versions.

    A type that one version alone names makes a difference where it is named.
    """
    packages = [_package(context, names, met) for names, met in types.items()]
    compared = [one for one in packages if one is not None]
    # What a constructor makes in one package may follow from the types of another one.
    constructors: dict[Origin, bool] = {}
    for one in compared:
        constructors |= types_of_other_constructors(one.differences, one.names[0])
    for one in compared if constructors else ():
        constructors |= _holders(one, constructors)
    found: list[Difference] = []
    doubts: dict[DependencyVersions, str] = {}
    for one in compared:
        ambiguous = _ambiguous(one, constructors) if constructors else ()
        found += [
            _as_met(context, one.names, one.met[difference.module, difference.trail[0].name], difference)
            for difference in (*one.differences, *ambiguous)
        ]
        unread = sorted(key for module, key in one.broken if (module, key) in one.met)
        if unread:
            doubts[context.dependency(one.names)] = (
                f"what it changes in the API was not read: {unread[0]} does not parse in it"
            )
    return Raises(tuple(found), _unread(context) | doubts, constructors)


def _package(context: Context, names: _Names, met: _Types) -> _Raised | None:
    """Return what differs in the types of a package that clients meet; `None` if it cannot be had."""
    old, new = context.package_of(context.old, names), context.package_of(context.new, names)
    if old is None or new is None:
        return None
    before, after = Surface(old.package, old.outlines), Surface(new.package, new.outlines)
    # Whatever a world shows is connected to it.
    find_old, find_new = (cast("World[Surface]", one.world).find for one in (old, new))
    connect(before, after, find_old, find_new)
    positions = {name: one.position for name, one in met.items()}
    inner = Context(before, after, met=positions, total=context.total)
    mentions = _Mentions(inner, met)
    changed = [match for match in _changed(inner, met, mentions) if met[match.name].named]
    # Only now, when every file that matters is outlined, is it known what is broken.
    broken = _broken(inner, met)
    differences: list[Difference] = []
    for match in changed:
        place = None if match.name in broken else declaration_place(inner, match)
        if place is not None:
            differences += (one for one in declaration_differences(place) if not _is_new(one))
    compared = frozenset(match.name for match in changed)
    constructors = Constructors(inner, mentions.of_each)
    return _Raised(names, met, inner, constructors, compared, broken, tuple(differences))


def _ambiguous(raised: _Raised, changed: Mapping[Origin, bool]) -> Iterator[Difference]:
    """Yield what became ambiguous in types of a package that did not change."""
    included = {name for name, one in raised.met.items() if not one.named}
    left_out = raised.compared | raised.broken | included
    yield from raised.constructors.ambiguous(_as_named_in(raised, changed), left_out)


def _holders(raised: _Raised, changed: Mapping[Origin, bool]) -> dict[Origin, bool]:
    """Return the types of a package that may take other constructors because these do."""
    found = raised.constructors.holders(_as_named_in(raised, changed))
    return {
        (f"{raised.names[0]}/{module}" if module in raised.inner.old.modules else module, name): takes_others
        for (module, name), takes_others in found.items()
    }


def _as_named_in(raised: _Raised, names: Mapping[Origin, bool]) -> dict[Origin, bool]:
    """Return names with the modules of a package as that names them: without the organization."""
    own = {f"{raised.names[0]}/{module}": module for module in raised.inner.old.modules}
    return {(own.get(module, module), name): one for (module, name), one in names.items()}


def _broken(inner: Context, met: _Types) -> frozenset[Origin]:
    """Return the names that broken text of either version may declare, files apart that did not change.

    Where it may declare any, they are those that clients meet.
    """
    found: set[Origin] = set()
    for side, other in ((inner.old, inner.new), (inner.new, inner.old)):
        for module, file, damage in side.damages():
            if not damage.in_body and not _has_file(other, module, _content(side, module, file)):
                if damage.names is None:
                    found |= {name for name in met if name[0] == module}
                else:
                    found |= {(module, name) for name in (*damage.names, damage.key) if name is not None}
    return frozenset(found)


def _content(side: Surface, module: str, path: str) -> bytes:
    return next(file.content for file in side.modules[module].files if file.path == path)


def _has_file(side: Surface, module: str, content: bytes) -> bool:
    return module in side.modules and any(file.content == content for file in side.modules[module].files)


def _unread(context: Context) -> dict[DependencyVersions, str]:
    """Return why it is not known what raised packages change where the API leads to them."""
    if not context.has_raises:
        return {}
    worlds = [side.world for side in (context.old, context.new) if side.world is not None]
    packages = {names: context.dependency(names) for world in worlds for names in world.unread}
    return {one: context.unread_raise(names) for names, one in packages.items() if one.is_raised}


def _is_new(difference: Difference) -> bool:
    """Return whether clients can only now name a type: whoever met it before could do without."""
    return difference.fact is Fact.ADDED and len(difference.trail) == 1


def raised_types(context: Context) -> dict[_Names, _Types]:
    """Return the types that clients meet of packages that have other versions in both builds.

    They are keyed by the names of the package, then by module and name in it. To find any, the whole old
    version is read, and with it the positions of its own types.
    """
    found: dict[_Names, dict[Origin, Met]] = {}
    if context.has_raises and _imports_others(context):
        for one in context.positions.met_elsewhere(context.is_raised).values():
            package = one.surface.package
            types = found.setdefault((package.organization, package.name), {})
            types[one.module, one.key] = one
    return {names: types for names, types in found.items() if _is_raised(context, names)}


def _is_raised(context: Context, names: _Names) -> bool:
    return context.package_of(context.old, names) is not context.package_of(context.new, names)


def _imports_others(context: Context) -> bool:
    """Return whether a source imports another package: one that was raised, or that may lead to one."""
    return any(
        context.may_be_raised(path)
        for module in context.old.modules.values()
        for file in module.files
        for path in context.imported(file.content)
    )


def _changed(inner: Context, met: _Types, mentions: _Mentions) -> list[Match]:
    """Return the declarations among these that may differ: their texts do, or what these lead to."""
    changed: dict[Origin, Match] = {}
    for name in met:
        old, new = inner.old.locate(*name), inner.new.locate(*name)
        if old is None and new is None:
            continue  # broken text hides it in the old version
        if old is None or new is None or old.item.content != new.item.content:
            changed[name] = Match(*name, old, new)
    values = UsedValues(inner, lambda path: path is None or inner.old.names_raised(path))
    for name in met.keys() - changed.keys():
        declaration = inner.old.declaration(*name)
        old, new = inner.old.locate(*name), inner.new.locate(*name)
        if declaration is not None and values.differ(name[0], declaration):
            changed[name] = Match(*name, old, new)
    if changed:
        follow_meanings(inner, mentions.of, changed)
    return [changed[name] for name in sorted(changed) if name in met]


class _Mentions:
    """Which of the types that clients meet mention a name: in others it makes no difference.

    Few names are searched for, more are looked for in the words of each type; an index answers for many.
    """

    def __init__(self, inner: Context, met: _Types) -> None:
        self._inner = inner
        self._met = met
        self._searched = 0

    def of(self, names: Iterable[str]) -> Iterator[Match]:
        """Yield the types that mention one of these names, each once."""
        wanted = {name.encode() for name in names}
        self._searched += len(wanted)
        if self._searched <= _FEW_NAMES:
            for match in self._matches.values():
                if any(mentions_any(content, wanted) for content in _contents(match)):
                    yield match
        elif self._searched * len(self._met) <= _FEW_LOOKUPS:
            yield from (
                self._matches[name] for name, row in self._words.items() if not row.isdisjoint(wanted)
            )
        else:
            found = {match.name for word in wanted for match in self._index.get(word, ())}
            yield from (self._matches[name] for name in sorted(found))

    def of_each(self, names: Iterable[str]) -> Mapping[str, Iterable[Match]]:
        """Return the types that mention each of these names."""
        return {name: [*self.of([name])] for name in names}

    @cached_property
    def _matches(self) -> Mapping[Origin, Match]:
        locate = self._inner.old.locate, self._inner.new.locate
        return {name: Match(*name, *(one(*name) for one in locate)) for name in sorted(self._met)}

    @cached_property
    def _words(self) -> Mapping[Origin, set[bytes]]:
        return {
            name: set().union(*map(words_and_names, _contents(match)))
            for name, match in self._matches.items()
        }

    @cached_property
    def _index(self) -> Mapping[bytes, list[Match]]:
        found: dict[bytes, list[Match]] = {}
        for name, row in self._words.items():
            for word in row:
                found.setdefault(word, []).append(self._matches[name])
        return found


def _contents(match: Match) -> set[bytes]:
    return {located.item.content for located in (match.old, match.new) if located is not None}


def _as_met(context: Context, names: _Names, met: Met, difference: Difference) -> Difference:
    """Return a difference inside of another package as clients of this API meet it.

    They write its symbol with a prefix, and the place is that of the first declaration which leads there.
    """
    module, key = met.through
    prefix = met.module.rpartition(".")[2]
    package = replace(context.dependency(names), met_in=key.removeprefix("@"))
    guessed = f"no lock says with which version of {package.package} both were built"
    return replace(
        difference,
        symbol=f"{prefix}:{difference.symbol}",
        module=module,
        old=_here(context.old, met, difference.old),
        new=_here(context.new, met, difference.new),
        dependency=package,
        undecided=difference.undecided or (guessed if context.is_guessed(package) else None),
    )


def _here(side: Surface, met: Met, excerpt: Excerpt | None) -> Excerpt | None:
    """Return an excerpt at the place of the declaration that leads there."""
    located = side.locate(*met.through)
    if excerpt is None or located is None:
        return excerpt
    return replace(excerpt, file=located.file, line=located.item.line, column=located.item.column + 1)
