"""Declarations that have another name, module or attach point now, where no other reading is possible."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from semverdiff.api import TYPE_KINDS, Type
from semverdiff.compare import declarations
from semverdiff.compare.likeness import alike_together
from semverdiff.compare.matching import only_rename, same_but_convention
from semverdiff.compare.mentions import Match
from semverdiff.syntax.nodes import Service
from semverdiff.syntax.words import replaced_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from semverdiff.api import Located
    from semverdiff.compare.context import Context

__all__ = ["Renames", "declaration_renames"]

_Name = tuple[str, str]
_Told = TypeVar("_Told")
_ByScope = dict[tuple[str, str], list[_Told]]

_DOCUMENTATION = rb"(?m)^[ \t]*#[^\n]*$"
_CONFIGURABLE = rb"[^=;]*\bconfigurable\b"


class Renames(msgspec.Struct, frozen=True):
    """Declarations that are there under another name, in another module, or at another attach point.

    Each goes from module and key of the old version to those of the new one. `declarations` are all that are
    the same thing under another name, with types that clients cannot name, of which nothing is stated.
    """

    renamed: Mapping[_Name, _Name]
    moved: Mapping[_Name, _Name]
    services: Mapping[_Name, _Name]
    declarations: Mapping[_Name, _Name]

    def new_names(self) -> set[_Name]:
        """Return the names that are no additions."""
        return {*self.renamed.values(), *self.moved.values(), *self.services.values()}

    def new_name(self, name: _Name) -> _Name | None:
        """Return the new name of what clients knew by an old one; `None` if it has no other name."""
        return self.services.get(name) or self.renamed.get(name) or self.moved.get(name)


def declaration_renames(context: Context, matches: Iterable[Match]) -> Renames:
    """Return what was renamed or moved among the declarations that one version only has."""
    single = [match for match in matches if match.old is None or match.new is None]
    named_outside = [match for match in single if _is_named_outside(match.located)]
    single += _arrivals(context)
    # Clients know both modules.
    public = [one for one in single if one.located.item.public and _is_exported(context, one)]
    private = [one for one in single if not one.located.item.public and one.located.item.kind in TYPE_KINDS]
    renamed = _alike(named_outside, lambda match: match.module)
    candidates = _other_conventions(named_outside) | _other_modules(public) | _other_modules(private)
    candidates |= _alike(private, lambda match: match.module) | _alike(private, lambda match: match.key)
    candidates |= _alike(public, lambda match: match.key) | renamed
    agreed = _certain(alike_together(context.old, context.new, candidates) | renamed)
    visible = {match.name for match in (*named_outside, *public)}
    return Renames(
        renamed={old: new for old, new in agreed.items() if old in visible and old[0] == new[0]},
        moved={old: new for old, new in agreed.items() if old in visible and old[0] != new[0]},
        services=_moved_services(context, single),
        declarations=agreed,
    )


def _arrivals(context: Context) -> Iterator[Match]:
    """Yield the declarations of modules that are new: something may have moved there."""
    for module in context.new.modules:
        if module not in context.old.modules:
            for key, located in context.new.all(module).items():
                yield Match(module, key, None, located)


def _is_exported(context: Context, match: Match) -> bool:
    return (context.new if match.old is None else context.old).exported(match.module)


def _other_conventions(matches: Iterable[Match]) -> dict[_Name, _Name]:
    """Pair declarations of a module and kind whose names differ in their convention only."""
    removed, added = _on_one_side(matches, lambda match: match.module, lambda match: match.key)
    return {
        (scope[0], old): (scope[0], new)
        for scope, names in removed.items()
        for old, new in same_but_convention(names, added.get(scope, ())).items()
    }


def _other_modules(matches: Iterable[Match]) -> dict[_Name, _Name]:
    """Pair declarations of one name and kind that one module lost and another one gained."""
    removed, added = _on_one_side(matches, lambda match: match.key, lambda match: match.name)
    return {
        names[0]: added[key][0]
        for key, names in removed.items()
        if len(names) == len(added.get(key, ())) == 1
    }


def _on_one_side(
    matches: Iterable[Match], scope: Callable[[Match], str], told: Callable[[Match], _Told]
) -> tuple[_ByScope[_Told], _ByScope[_Told]]:
    """Return what is told of the declarations of the old and of the new version, by their scope and kind."""
    removed: _ByScope[_Told] = {}
    added: _ByScope[_Told] = {}
    for match in matches:
        names = removed if match.new is None else added
        names.setdefault((scope(match), match.located.item.kind), []).append(told(match))
    return removed, added


def _certain(pairs: Mapping[_Name, _Name]) -> dict[_Name, _Name]:
    """Return the pairs whose new name no other pair has."""
    counts = Counter(pairs.values())
    return {old: new for old, new in pairs.items() if counts[new] == 1}


def _alike(matches: Iterable[Match], scope: Callable[[Match], str]) -> dict[_Name, _Name]:
    """Pair declarations of one scope and kind that differ in nothing but name and layout."""
    removed, added = _on_one_side(matches, scope, lambda match: match)
    found: dict[_Name, _Name] = {}
    for where, olds in removed.items():
        news = added.get(where)
        if news is not None:
            old_names, new_names = _by_shape(olds), _by_shape(news)
            found |= {
                names[0]: new_names[shape][0]
                for shape, names in old_names.items()
                if len(names) == len(new_names.get(shape, ())) == 1
            }
    return found


def _by_shape(matches: Iterable[Match]) -> dict[bytes, list[_Name]]:
    names: dict[bytes, list[_Name]] = {}
    for match in matches:
        names.setdefault(_shape(match.located), []).append(match.name)
    return names


def _moved_services(context: Context, matches: Iterable[Match]) -> dict[_Name, _Name]:
    """Pair services of one module that have the same methods at another attach point."""
    removed: dict[str, dict[str, Service]] = {}
    added: dict[str, dict[str, Service]] = {}
    for match in matches:
        surface, services = (context.old, removed) if match.new is None else (context.new, added)
        is_service = match.located.item.kind == "service_declaration"
        declaration = surface.declaration(match.module, match.key) if is_service else None
        if isinstance(declaration, Service):
            services.setdefault(match.module, {})[match.key] = declaration
    found: dict[_Name, _Name] = {}
    for module, candidates in removed.items():
        same_methods = partial(_has_same_methods, context, module)
        for old, new in only_rename(candidates, added.get(module, {}), same_methods).items():
            found[module, old] = (module, new)
    return found


def _has_same_methods(context: Context, module: str, old: Service, new: Service) -> bool:
    """Return whether two services of different names may be one: they have methods, and the same ones."""
    before = declarations.service_methods(Type(old.type, module, context.old))
    after = declarations.service_methods(Type(new.type, module, context.new))
    return bool(before) and before.keys() == after.keys()


def _is_named_outside(located: Located) -> bool:
    """Return whether clients write the name of a declaration, or deployers do in Config.toml."""
    return located.item.public or re.match(_CONFIGURABLE, located.item.content) is not None


def _shape(located: Located) -> bytes:
    """Return a declaration's text without its name, layout and documentation, which may name it as before."""
    name, text = located.item.key.removeprefix("@").encode(), located.item.content
    if b"#" in text:
        text = re.sub(_DOCUMENTATION, b"", text)
    return b" ".join(replaced_word(text, name, b"_").split())
